import { type Appointment, type OperationKey, type Outcome, ok, refused } from '../../booking';
import type { CrmOperationTable } from '../../store/schema/builtin-crm';
import { readAppointment } from './appointments';
import { readSettings, type Settings } from './catalogue';
import { answering, type Context, type Db, isKeyTaken, nowText, writeAgainWhenTaken } from './context';
import { KEY, parseInput } from './inputs';
import { lockKey } from './locks';
import { NOT_SET_UP } from './selection';

/** What one write works with, inside its transaction. */
export interface Write {
	readonly trx: Db;
	readonly settings: Settings;
	/** UTC with milliseconds. */
	readonly now: string;
}

/**
 * Runs a write under an operation key: a key that has had its effect returns that visit as it is now and does nothing
 * more. The effect and its key are one transaction. `work` returns the id of the visit, or a refusal before any change.
 */
export function underKey(context: Context, kind: CrmOperationTable['kind'], key: OperationKey, work: (write: Write) => Promise<Outcome<string>>): Promise<Outcome<Appointment>> {
	return answering(async () => {
		const parsed = parseInput(KEY, key);
		if (parsed.kind === 'refused') return parsed;
		const { tenant } = context;
		try {
			return await writeAgainWhenTaken(context.store, async (trx): Promise<Outcome<Appointment>> => {
				const settings = await readSettings(trx, tenant);
				if (settings === null) return NOT_SET_UP;
				await lockKey(context, trx, key);
				const earlier = await operationOf(trx, tenant, key);
				if (earlier !== null && earlier.kind !== kind) return refused('invalid_request', 'This operation key has been used for another kind of write; use a new key.');
				if (earlier !== null) return found(await readAppointment(trx, tenant, settings, earlier.appointment_id));
				const now = nowText(context);
				const done = await work({ trx, settings, now });
				if (done.kind !== 'ok') return done;
				await trx.insertInto('crm_operation').values({ tenant, key, kind, appointment_id: done.value, created_at: now }).execute();
				return found(await readAppointment(trx, tenant, settings, done.value));
			});
		} catch (error) {
			if (isKeyTaken(error)) return refused('slot_taken', 'The time is taken; ask for free slots again.');
			throw error;
		}
	}, key);
}

/** The visit a key produced, or null. */
export function findByOperation(context: Context, key: OperationKey): Promise<Outcome<Appointment | null>> {
	return answering(async () => {
		const parsed = parseInput(KEY, key);
		if (parsed.kind === 'refused') return parsed;
		const { tenant, store } = context;
		const settings = await readSettings(store.db, tenant);
		if (settings === null) return NOT_SET_UP;
		const operation = await operationOf(store.db, tenant, key);
		return ok(operation === null ? null : await readAppointment(store.db, tenant, settings, operation.appointment_id));
	});
}

async function operationOf(db: Db, tenant: string, key: OperationKey): Promise<CrmOperationTable | null> {
	const row = await db.selectFrom('crm_operation').selectAll().where('tenant', '=', tenant).where('key', '=', key).executeTakeFirst();
	return row ?? null;
}

function found(appointment: Appointment | null): Outcome<Appointment> {
	return appointment === null ? refused('not_found', 'There is no visit with this id; read the visits again.') : ok(appointment);
}
