import { type Ask, asker } from './ask';
import { type FamilyOptions, type FamilySimulator, startAmocrm } from './index';

const started: { close(): Promise<void> }[] = [];

/** An account without limits and a client for it; {@link closeAll} ends it. */
export async function account(options: FamilyOptions = {}): Promise<{ readonly sim: FamilySimulator; readonly ask: Ask }> {
	const sim = closing(await startAmocrm({ limits: false, ...options }));
	return { sim, ask: asker(sim) };
}

/** Closes this too. */
export function closing<T extends { close(): Promise<void> }>(one: T): T {
	started.push(one);
	return one;
}

/** Ends everything that was started. */
export async function closeAll(): Promise<void> {
	await Promise.all(started.splice(0).map((one) => one.close()));
}

/** A booking as an adapter writes it: tomorrow at this time, with Anna. */
export function booking({ ids, clock }: FamilySimulator, contact: number, more: object = {}): Record<string, unknown> {
	const start = Math.floor(clock.now() / 1000) + 86_400;
	return {
		name: 'Стрижка', price: 2500, pipeline_id: ids.pipeline, status_id: ids.statusNew, request_id: 'req-7f3a',
		custom_fields_values: [
			{ field_id: ids.fields.start, values: [{ value: start }] },
			{ field_id: ids.fields.duration, values: [{ value: '60' }] },
			{ field_id: ids.fields.specialist, values: [{ enum_id: ids.staff.get('Anna') }] },
		],
		_embedded: { contacts: [{ id: contact }] },
		...more,
	};
}

/** A phone as an adapter writes it. */
export const phone = (value: string): unknown => ({ field_code: 'PHONE', values: [{ value, enum_code: 'MOB' }] });
