import type { IExecuteFunctions } from 'n8n-workflow';
import { ParameterError } from '../shared/errors';
import type { OpenContext } from '../shared/router';
import { vendorOpener, type VendorContext } from '../shared/vendor/context';
import { DIKIDI_BOOKING, type DikidiAccount } from './vendor';

/** What an operation of this node works with: an import needs the file of its item too. */
export interface DikidiContext extends VendorContext<DikidiAccount> {
	file(name: string, i: number): Promise<Uint8Array>;
}

export const openDikidi: OpenContext<DikidiContext> = async (functions, i) => ({
	...(await vendorOpener(DIKIDI_BOOKING)(functions, i)),
	file: (name, index) => fileOf(functions, name, index),
});

async function fileOf(functions: IExecuteFunctions, name: string, i: number): Promise<Uint8Array> {
	if (functions.getInputData()[i]?.binary?.[name] === undefined) {
		throw new ParameterError(`There is no file in "${name}"`, 'Put this node after the one that reads the export and name the field it fills, or put the text of the file into Text.');
	}
	return functions.helpers.getBinaryDataBuffer(i, name);
}
