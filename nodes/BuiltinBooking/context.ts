import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { BookingCrm } from '../../core/booking';
import { createBuiltinSalon, type BuiltinSalon } from '../../core/crm/builtin';
import type { Store } from '../../core/store';
import { connectCrm } from '../shared/crm-registry';
import { ParameterError, valueOf } from '../shared/errors';
import type { OperationContext } from '../shared/operation';
import { now, readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';

/** What an operation of Built-in Booking works with. */
export interface BuiltinContext extends OperationContext {
	readonly store: Store;
	readonly tenant: string;
	readonly crm: BookingCrm;
	readonly salon: BuiltinSalon;
	/** The salon's IANA zone; times without an offset are read in it. */
	zone(): Promise<string>;
	/** Tells the assistants of this process that services, staff or settings are new. */
	catalogueChanged(): void;
	/** A key that is the same when this very call is repeated, and differs for every other. */
	operationKey(kind: string, payload: unknown, itemIndex: number): string;
}

/** Opens the salon an item names. */
export async function openBuiltin(functions: IExecuteFunctions, i: number): Promise<BuiltinContext> {
	const opened = await openNodeStore(functions, i);
	const tenant = readSalon(functions, i);
	const connection = connectCrm('builtin', tenant, opened);
	if (connection === undefined) throw new ParameterError('The built-in CRM is missing', 'Install the package again.');
	const salon = createBuiltinSalon(opened.store, tenant, now);
	return {
		parameters: functions,
		store: opened.store,
		tenant,
		crm: connection.crm,
		salon,
		zone: async () => valueOf(await connection.crm.company()).zone,
		catalogueChanged: () => connection.catalogueCache.clear(),
		operationKey(kind, payload, itemIndex) {
			const run: unknown = functions.getWorkflowDataProxy(itemIndex).$runIndex;
			const call = [functions.getExecutionId(), functions.getNode().id, run, itemIndex, kind, payload];
			return `n8n:${createHash('sha256').update(JSON.stringify(call)).digest('hex')}`;
		},
	};
}
