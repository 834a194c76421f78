import type { SyncedRow } from '../../../core/booking';
import { createOutreach, type DueNotice, type OutreachOrder } from '../../../core/outreach';
import { openProfiles } from '../../../core/profile';
import type { Store } from '../../../core/store';
import { createSync } from '../../../core/sync';
import type { TestEngine } from '../../support/engines';
import { client, createCrmDouble, visit } from '../sync/double';

/** Saturday noon in Moscow. */
export const NOON = Date.parse('2026-11-21T09:00:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const at = (ms: number): string => new Date(ms).toISOString();
export const ORDER: OutreachOrder = { kind: 'reminder', hoursBefore: 24, leastMinutesBefore: 60, hoursAfter: 2, needsConsent: true, quiet: { from: 21 * 60, to: 9 * 60 }, limit: 50 };
let tenants = 0;

export const booked = (id: string, clientId: string, startMs: number, extra: Parameters<typeof visit>[2] = {}): SyncedRow =>
	visit(id, clientId, { start: at(startMs), end: at(startMs + HOUR), status: 'booked', createdAt: at(NOON - 10 * DAY), ...extra });

/** One store an engine: every salon of a file is a tenant of its own. */
const STORES = new WeakMap<TestEngine, Promise<Store>>();
function storeOf(engine: TestEngine): Promise<Store> {
	const store = STORES.get(engine) ?? engine.open();
	STORES.set(engine, store);
	return store;
}

/** A salon with a copy of its CRM, at noon. */
export async function branch(engine: TestEngine, rows: { readonly clients?: readonly SyncedRow[]; readonly visits?: readonly SyncedRow[]; readonly services?: readonly SyncedRow[] }) {
	const store = await storeOf(engine);
	const tenant = `outreach-${++tenants}`;
	const double = createCrmDouble();
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	for (const row of rows.clients ?? [client('1'), client('2')]) double.put('clients', row);
	for (const row of rows.visits ?? []) double.put('visits', row);
	for (const row of rows.services ?? []) double.put('services', row);
	const sync = createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => NOON });
	await sync.run({ kind: 'full' });
	const clock = { ms: NOON };
	const outreach = createOutreach({ store, tenant, now: () => at(clock.ms) });
	const due = async (order: Partial<OutreachOrder> = {}): Promise<readonly DueNotice[]> => {
		const answer = await outreach.due({ ...ORDER, ...order });
		if (answer.kind !== 'due') throw new Error(answer.kind);
		return answer.notices;
	};
	const ids = async (order?: Partial<OutreachOrder>): Promise<readonly string[]> => (await due(order)).map(({ id }) => id);
	const clients = async (order?: Partial<OutreachOrder>): Promise<readonly string[]> => (await due(order)).map((one) => one.client.id);
	const agree = async (id: string): Promise<void> => void (await (await openProfiles({ store, tenant, now: at(NOON) }))?.note(id, { consentAt: at(NOON - DAY) }));
	return { store, tenant, double, sync, clock, outreach, due, ids, clients, agree };
}
