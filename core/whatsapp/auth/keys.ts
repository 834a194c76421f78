import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys';
import type { Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import type { ClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import { holdLease, type Lease } from '../lease';
import type { SealedValues } from './sealed-value';
import type { WriteQueue } from './writes';

/** Rows in one statement: five values each, and the engines take 32,000 at least. */
const ROWS = 500;

interface KeyChange {
	readonly type: string;
	readonly id: string;
	/** Null deletes. */
	readonly value: unknown;
}

interface Parts {
	readonly store: Store;
	readonly lease: Lease;
	readonly client: ClientLibrary;
	readonly values: SealedValues;
	readonly writes: WriteQueue;
}

/** The client's key store on the project's tables: one call is one transaction, by the holder of the lease only. */
export function createKeys(parts: Parts): SignalKeyStore {
	const { store, lease, client, values, writes } = parts;
	const { tenant, session } = lease;
	return {
		async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
			const found: { [id: string]: SignalDataTypeMap[T] } = {};
			const rows = await writes.read(async () => ids.length === 0 ? [] : await store.db
				.selectFrom('wa_key')
				.select(['id', 'value'])
				.where('tenant', '=', tenant)
				.where('session', '=', session)
				.where('type', '=', type)
				.where('id', 'in', ids)
				.execute());
			for (const { id, value } of rows) {
				// the store keeps what the client gave under this type
				found[id] = revive(client, type, open(parts, type, id, value)) as SignalDataTypeMap[T];
			}
			return found;
		},
		async set(data: SignalDataSet) {
			const changes = changesOf(data);
			if (changes.length === 0) return;
			const sealed = changes.map(({ type, id, value }) => ({ tenant, session, type, id, value: value === null ? null : values.seal({ tenant, session, type, id }, value) }));
			await writes.run(async () => {
				await store.write(async (trx) => {
					await holdLease(store, trx, lease);
					for (let start = 0; start < sealed.length; start += ROWS) await writeRows(trx, sealed.slice(start, start + ROWS));
				});
			});
		},
	};
}

/** A later value of the same key within one call does not occur: the call is an object by type and id. */
function changesOf(data: SignalDataSet): readonly KeyChange[] {
	return Object.entries(data).flatMap(([type, values]) => Object.entries(values ?? {}).map(([id, value]) => ({ type, id, value: (value as unknown) ?? null })));
}

type Row = { readonly tenant: string; readonly session: string; readonly type: string; readonly id: string; readonly value: string | null };

async function writeRows(trx: Transaction<Database>, rows: readonly Row[]): Promise<void> {
	const kept = rows.flatMap(({ value, ...place }) => (value === null ? [] : [{ ...place, value }]));
	if (kept.length > 0) {
		await trx
			.insertInto('wa_key')
			.values(kept)
			.onConflict((conflict) => conflict.columns(['tenant', 'session', 'type', 'id']).doUpdateSet({ value: (row) => row.ref('excluded.value') }))
			.execute();
	}
	const gone = rows.filter(({ value }) => value === null);
	for (const type of new Set(gone.map((row) => row.type))) {
		const [first] = gone;
		if (first === undefined) return;
		const ids = gone.filter((row) => row.type === type).map(({ id }) => id);
		await trx.deleteFrom('wa_key').where('tenant', '=', first.tenant).where('session', '=', first.session).where('type', '=', type).where('id', 'in', ids).execute();
	}
}

function open({ lease: { tenant, session }, values, writes }: Parts, type: string, id: string, sealed: string): unknown {
	try {
		return values.open({ tenant, session, type, id }, sealed);
	} catch (error) {
		throw error instanceof WhatsappError ? writes.fail(error) : error;
	}
}

/** One kind of key has to be the client's own class again. */
function revive({ proto }: ClientLibrary, type: string, value: unknown): unknown {
	return type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as { [name: string]: unknown }) : value;
}
