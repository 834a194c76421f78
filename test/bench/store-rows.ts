import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreConfig } from '../../core/store';
import type { Figure } from './machine';

const ROWS = 100_000;
const BATCH = 1000;
/** SQLite binds at most 32,766 values a statement; 11 columns leave room for 500 rows. */
const ROWS_A_STATEMENT = 250;

/** Client rows through the store's own write path: one transaction a thousand rows, then every row changed by upsert. */
export async function benchStoreRows(): Promise<readonly Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	const sqlite = await measure({ engine: 'sqlite', path: join(folder, 'bench.sqlite') });
	rmSync(folder, { recursive: true, force: true });
	const method = `${ROWS.toLocaleString('en')} rows of crm_client, transactions of ${BATCH}, ${ROWS_A_STATEMENT} rows a statement`;
	return [
		{ name: 'store, rows inserted on SQLite', value: `${perSecond(sqlite.insert)} rows/s`, goal: '>= 30,000 rows/s', met: sqlite.insert >= 30_000, method },
		{ name: 'store, rows changed on SQLite', value: `${perSecond(sqlite.upsert)} rows/s`, goal: '>= 30,000 rows/s', met: sqlite.upsert >= 30_000, method },
	];
}

function perSecond(rate: number): string {
	return Math.round(rate).toLocaleString('en');
}

async function measure(config: StoreConfig): Promise<{ insert: number; upsert: number }> {
	const store = await openStore(config, { keys: ['bench'] });
	const pass = async (note: string): Promise<number> => {
		const began = performance.now();
		for (let from = 0; from < ROWS; from += BATCH) {
			await store.write(async (trx) => {
				for (let at = from; at < from + BATCH; at += ROWS_A_STATEMENT) {
					await trx
						.insertInto('crm_client')
						.values(Array.from({ length: ROWS_A_STATEMENT }, (_unused, index) => row(at + index, note)))
						.onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet((eb) => ({ notes: eb.ref('excluded.notes') })))
						.execute();
				}
			});
		}
		return ROWS / ((performance.now() - began) / 1000);
	};
	const insert = await pass('first');
	const upsert = await pass('second');
	await store.close();
	return { insert, upsert };
}

function row(index: number, notes: string): {
	tenant: string;
	id: string;
	name: string;
	phone: string;
	name_key: string;
	search: string;
	blocked: number;
	notes: string;
	created_at: string;
	updated_at: string;
} {
	const at = '2026-11-21T07:00:00.000Z';
	const phone = `+7916${String(index).padStart(7, '0')}`;
	return { tenant: 'bench', id: `c${index}`, name: 'Анна', phone, name_key: 'анна', search: `анна ${phone}`, blocked: 0, notes, created_at: at, updated_at: at };
}
