import type { IExecuteFunctions } from 'n8n-workflow';
import { createBuiltinSalon, type BuiltinSalon } from '../../core/crm/builtin';
import type { Store } from '../../core/store';
import { operationKeys, type BookingContext } from '../shared/booking/context';
import { connectBuiltin } from '../shared/crm-registry';
import { valueOf } from '../shared/errors';
import { now, readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';

/** What an operation of Built-in Booking works with. */
export interface BuiltinContext extends BookingContext {
	readonly store: Store;
	readonly tenant: string;
	readonly salon: BuiltinSalon;
	/** Tells the assistants of this process that services, staff or settings are new. */
	catalogueChanged(): void;
}

/** Opens the salon an item names. */
export async function openBuiltin(functions: IExecuteFunctions, i: number): Promise<BuiltinContext> {
	const opened = await openNodeStore(functions, i);
	const tenant = readSalon(functions, i);
	const connection = connectBuiltin(tenant, opened);
	const salon = createBuiltinSalon(opened.store, tenant, now);
	return {
		parameters: functions,
		store: opened.store,
		tenant,
		crm: connection.crm,
		salon,
		zone: async () => valueOf(await connection.crm.company()).zone,
		appointment: (id) => salon.getAppointment(id),
		catalogueChanged: () => connection.catalogueCache.clear(),
		operationKey: operationKeys(functions),
	};
}
