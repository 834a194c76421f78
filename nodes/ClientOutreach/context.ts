import type { IExecuteFunctions } from 'n8n-workflow';
import { createOutreach, type Outreach } from '../../core/outreach';
import type { OperationContext } from '../shared/operation';
import { now, readSalon } from '../shared/salon';
import { openNodeStore, type OpenedStore } from '../shared/store';

/** What an operation of Client Outreach works with. */
export interface OutreachContext extends OperationContext {
	readonly tenant: string;
	readonly store: OpenedStore['store'];
	readonly outreach: Outreach;
	/** The item itself. */
	readonly item: Readonly<Record<string, unknown>>;
}

/** Opens the salon of an item. */
export async function openOutreach(functions: IExecuteFunctions, i: number): Promise<OutreachContext> {
	const tenant = readSalon(functions, i);
	const { store } = await openNodeStore(functions, i);
	return { parameters: functions, tenant, store, outreach: createOutreach({ store, tenant, now }), item: functions.getInputData()[i]?.json ?? {} };
}
