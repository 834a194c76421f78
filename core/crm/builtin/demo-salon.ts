import type { Instant } from '../../booking';
import { minuteOf, zoneClock } from '../../calendar';
import type { Database, Store } from '../../store';
import { storedInstant } from './appointments';
import type { Db } from './context';
import { createRandom } from './demo/random';
import { catalogueRows, clientRows, goodsRows, type Rows, visitRows } from './demo/rows';
import { demoVisits } from './demo/visits';

/** What the demo salon is made from: the same values give the same rows. */
export interface DemoSeed {
	readonly seed: number;
	/** The moment the past ends and the next two weeks begin. */
	readonly now: Instant;
	readonly locale: 'ru';
}

const CLIENTS = 300;
const SETUP_DAYS = 420;
/** Rows of a statement: well below the engines' limits of parameters. */
const CHUNK = 500;

/**
 * Fills an empty tenant with the salon «Лаванда» in Moscow: 17 services, 6 people, 300 clients, half a year of visits,
 * two weeks ahead partly booked, goods sales. One transaction. A tenant that is set up already is left as it is, and
 * the answer is `created: false`. Throws `StoreError` when the store fails, `RangeError` for a `now` that is no instant.
 */
export async function seedDemoSalon(store: Store, tenant: string, options: DemoSeed): Promise<{ created: boolean }> {
	const now = minuteOf(options.now);
	return store.write(async (trx) => {
		const known = await trx.selectFrom('crm_company').select('tenant').where('tenant', '=', tenant).executeTakeFirst();
		if (known !== undefined) return { created: false };
		const random = createRandom(options.seed);
		const visits = demoVisits(random, zoneClock('Europe/Moscow'), now, CLIENTS - 1);
		await insertAll(trx, catalogueRows(tenant, storedInstant(now - SETUP_DAYS * 1440)));
		await insertAll(trx, clientRows(tenant, random, CLIENTS, now, visits));
		await insertAll(trx, visitRows(tenant, visits, now));
		await insertAll(trx, goodsRows(tenant, random, visits));
		return { created: true };
	});
}

async function insertAll(trx: Db, rows: Rows): Promise<void> {
	for (const [table, list] of Object.entries(rows)) {
		for (let index = 0; index < list.length; index += CHUNK) {
			await trx
				.insertInto(table as keyof Database)
				.values(list.slice(index, index + CHUNK))
				.execute();
		}
	}
}
