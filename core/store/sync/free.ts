import { STREAM_NAMES } from '../../booking';
import { createLock } from '../lock';
import type { Store } from '../store';
import { streamLock } from './reset';

/** `noted`: the salon has noted something of so many clients, which would be lost; `busy`: a run reads a list just now. Nothing is deleted then. */
export type FreeReport = { readonly kind: 'freed'; readonly rows: number } | { readonly kind: 'noted'; readonly clients: number } | { readonly kind: 'busy' };

/** Rows that have an id of the vendor: many, so a part at a time. */
const COPIED = ['sync_visit', 'sync_goods', 'sync_schedule', 'sync_client', 'sync_staff', 'sync_service', 'sync_company', 'sync_seen', 'sync_reject', 'outbox_change'] as const;
/** Only Postgres has the months that this one points at. */
const PLACES = 'sync_visit_place';
/** What is known of the copy itself. The book of runs stays, and so does who was erased: nobody comes back by it. */
const KNOWN = ['sync_touched', 'sync_field', 'sync_stream', 'sync_source'] as const;
const PART = 1000;

/**
 * Deletes the copy of a salon and frees its name for another account. The account is forgotten last, so that a process
 * that dies in between leaves a copy that the same call ends.
 */
export async function freeCopy(store: Store, tenant: string): Promise<FreeReport> {
	const held = await createLock(store, { tenant, waitMs: 0 }).run<FreeReport>(STREAM_NAMES.map(streamLock), async (lease) => {
		const clients = await notedClients(store, tenant);
		if (clients > 0) return { kind: 'ok', value: { kind: 'noted', clients } };
		let rows = 0;
		for (const table of store.dialect === 'postgres' ? ([PLACES, ...COPIED] as const) : COPIED) {
			for (let gone = PART; gone >= PART; rows += gone) {
				if (!(await lease.keep())) return { kind: 'ok', value: { kind: 'busy' } };
				gone = await deletePart(store, tenant, table);
			}
		}
		await store.write(async (trx) => {
			for (const table of KNOWN) await trx.deleteFrom(table).where('tenant', '=', tenant).execute();
		});
		return { kind: 'ok', value: { kind: 'freed', rows } };
	});
	return held.kind === 'ok' ? held.value : { kind: 'busy' };
}

async function deletePart(store: Store, tenant: string, table: (typeof COPIED)[number] | typeof PLACES): Promise<number> {
	const { numDeletedRows } = await store.write((trx) =>
		trx
			.deleteFrom(table)
			.where('tenant', '=', tenant)
			.where('id', 'in', (eb) => eb.selectFrom(table).select('id').where('tenant', '=', tenant).limit(PART))
			.executeTakeFirst(),
	);
	return Number(numDeletedRows);
}

/** Clients of whom the copy holds what no CRM can give back. */
async function notedClients({ db }: Store, tenant: string): Promise<number> {
	const { count } = await db
		.selectFrom('sync_client')
		.select(({ fn }) => fn.countAll().as('count'))
		.where('tenant', '=', tenant)
		.where((eb) => eb.or([eb('note', 'is not', null), eb('name_forms', 'is not', null), eb('consent_at', 'is not', null), eb('opted_out_at', 'is not', null)]))
		.executeTakeFirstOrThrow();
	return Number(count);
}
