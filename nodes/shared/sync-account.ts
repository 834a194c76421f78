import type { IExecuteFunctions } from 'n8n-workflow';
import type { BookingCrm, StreamReader } from '../../core/booking';
import { createBuiltinReader } from '../../core/crm/builtin';
import { BUILTIN, connectBuiltin, CRM_CHOICES, openVendor } from './crm-registry';
import { ParameterError } from './errors';
import type { OpenedStore } from './store';

/** The account a salon is copied from. */
export interface SyncAccount {
	/** Value of the CRM parameter. */
	readonly vendor: string;
	/** As an operator knows it. */
	readonly name: string;
	readonly crm: BookingCrm;
	readonly reader: StreamReader;
	/** Requests sent so far. */
	requests(): number;
}

export interface SyncAccountContext {
	readonly functions: IExecuteFunctions;
	readonly itemIndex: number;
	readonly tenant: string;
	readonly opened: OpenedStore;
}

/** Opens the account of an item. Throws {@link ParameterError} for a CRM that is not known or cannot be copied. */
export async function openSyncAccount(value: string, context: SyncAccountContext): Promise<SyncAccount> {
	const choice = CRM_CHOICES.find((one) => one.value === value);
	if (choice === undefined) throw new ParameterError('The CRM is not known', 'Choose one of the CRMs in the list.');
	let requests = 0;
	const { crm, reader } = await connect(value, context, () => (requests += 1));
	if (reader === undefined) throw new ParameterError(`${choice.name} cannot be copied yet`, 'Choose another CRM, or read this one with its own node: every list there has Get Many.');
	return { vendor: value, name: choice.name, crm, reader, requests: () => requests };
}

async function connect(value: string, { functions, itemIndex, tenant, opened }: SyncAccountContext, onRequest: () => void): Promise<{ readonly crm: BookingCrm; readonly reader?: StreamReader }> {
	if (value === BUILTIN) return { crm: connectBuiltin(tenant, opened).crm, reader: createBuiltinReader() };
	const found = await openVendor(value, functions, { lane: 'incremental', itemIndex, opened, onRequest });
	if (found === undefined) throw new ParameterError('The CRM is not known', 'Choose one of the CRMs in the list.');
	return found.account;
}
