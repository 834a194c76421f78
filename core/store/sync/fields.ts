import type { Kysely } from 'kysely';
import type { StreamName } from '../../booking';
import type { Database } from '../schema';

/** What a whole reading showed of the vendor's fields beside what was known. Names, no values. */
export interface FieldNews {
	readonly appeared: readonly string[];
	readonly vanished: readonly string[];
}

/** Notes the fields of the records of a whole reading; of the first one none is new. `at` is the moment, UTC. */
export async function noteFields(trx: Kysely<Database>, tenant: string, stream: StreamName, names: readonly string[], at: string): Promise<FieldNews> {
	const known = await trx.selectFrom('sync_field').select(['name', 'missing_since']).where('tenant', '=', tenant).where('stream', '=', stream).execute();
	const isFirst = known.length === 0;
	const [had, has] = [new Set(known.map(({ name }) => name)), new Set(names)];
	const fresh = names.filter((name) => !had.has(name));
	const vanished = known.filter(({ name, missing_since: since }) => since === null && !has.has(name)).map(({ name }) => name);
	const back = known.filter(({ name, missing_since: since }) => since !== null && has.has(name)).map(({ name }) => name);
	if (fresh.length > 0) await trx.insertInto('sync_field').values(fresh.map((name) => ({ tenant, stream, name, first_at: at, of_first: Number(isFirst) }))).execute();
	const mark = (list: readonly string[], since: string | null): Promise<unknown> => trx.updateTable('sync_field').set({ missing_since: since }).where('tenant', '=', tenant).where('stream', '=', stream).where('name', 'in', list).execute();
	if (vanished.length > 0) await mark(vanished, at);
	if (back.length > 0) await mark(back, null);
	return { appeared: isFirst ? [] : fresh, vanished };
}
