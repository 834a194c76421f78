import type { IExecuteFunctions } from 'n8n-workflow';
import type { Store } from '../../core/store';
import { copiedClients } from '../../core/store/copied';
import { type CopyQuery, createCopyQuery } from '../../core/store/sync';
import { ParameterError } from '../shared/errors';
import type { OperationContext } from '../shared/operation';
import { readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';

const NO_CURRENCY = 'XXX';

/** What an operation of Store Query works with. */
export interface QueryContext extends OperationContext {
	readonly query: CopyQuery;
	readonly store: Store;
	readonly tenant: string;
	/** Of the salon; UTC until its company was read. */
	zone(): Promise<string>;
	/** Of the salon, ISO 4217; that of no currency, with its two decimals, until its company was read. */
	currency(): Promise<string>;
}

/** Opens the copy of the salon an item names. */
export async function openCopy(functions: IExecuteFunctions, i: number): Promise<QueryContext> {
	const { store } = await openNodeStore(functions, i);
	const tenant = readSalon(functions, i);
	const query = createCopyQuery(store, tenant);
	return {
		parameters: functions,
		query,
		store,
		tenant,
		zone: async () => (await query.zone()) ?? 'utc',
		currency: async () => (await copiedClients(store, tenant).branch())?.currency ?? NO_CURRENCY,
	};
}

/** The record of a Get that found none. */
export function notFound(): ParameterError {
	return new ParameterError('The record is not in the copy', 'Check the ID and the Salon ID; a record of today may come with the next run of CRM Sync.');
}
