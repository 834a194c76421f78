import { type Outcome, ok, refused, unavailable } from '../../booking';
import type { Call, Transport } from '../http';
import type { Page } from './wire';

/** The portal's own page size; it cannot be changed. */
export const PAGE_SIZE = 50;
const MOST_PAGES = 400;

/** All rows of a list that is ordered by id: each page asks for what comes after the last one. */
export async function readAll<T extends { readonly id: string }>(transport: Transport, pageAfter: (after: string) => Call<Page<T>>): Promise<Outcome<readonly T[]>> {
	const rows: T[] = [];
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const last = rows.at(-1)?.id ?? '0';
		const answer = await transport.read(pageAfter(last));
		if (answer.kind !== 'ok') return answer;
		const { items } = answer.value;
		if (!isAscending(last, items)) return OUT_OF_ORDER;
		rows.push(...items);
		if (items.length < PAGE_SIZE) return ok(rows);
	}
	return refused('invalid_request', 'The list has too many pages; ask for less of it.');
}

export const OUT_OF_ORDER = unavailable('Bitrix24 gave a list out of its order.');

/** Whether rows go on from an id: only then nothing was lost or repeated between two pages. */
export function isAscending(after: string, rows: readonly { readonly id: string }[]): boolean {
	return rows.every(({ id }, index) => Number(id) > Number(index === 0 ? after : (rows[index - 1]?.id ?? after)));
}
