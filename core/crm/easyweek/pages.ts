import { type Outcome, ok, refused, unavailable } from '../../booking';
import type { Pages } from './calls';
import type { Context } from './context';
import { VENDOR } from './transport';

const MOST_PAGES = 200;

/** A whole list, or its first `limit` records, each once. Fewer than the vendor's own count is no answer. */
export async function readAll<T extends { readonly uuid: string }>({ transport }: Pick<Context, 'transport'>, pages: Pages<T>, limit = Number.POSITIVE_INFINITY): Promise<Outcome<readonly T[]>> {
	const found = new Map<string, T>();
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const answer = await transport.read(pages(page));
		if (answer.kind !== 'ok') return answer;
		const { items, lastPage, total } = answer.value;
		if (answer.value.page !== page) return unavailable(`${VENDOR} answered with another page of a list.`);
		for (const item of items) found.set(item.uuid, item);
		if (found.size >= limit) return ok([...found.values()].slice(0, limit));
		if (page < lastPage) continue;
		return found.size >= total ? ok([...found.values()]) : unavailable(`${VENDOR} gave fewer records than it counted.`);
	}
	return refused('invalid_request', 'There are too many records; ask for a shorter window.');
}

const AT_ONCE = 8;

/** All answers in order, a few at a time, or the first that is none: a part of the truth is not the truth. */
export async function mapAll<T, U>(items: readonly T[], ask: (item: T) => Promise<Outcome<U>>): Promise<Outcome<readonly U[]>> {
	const values: U[] = [];
	for (let first = 0; first < items.length; first += AT_ONCE) {
		for (const outcome of await Promise.all(items.slice(first, first + AT_ONCE).map(ask))) {
			if (outcome.kind !== 'ok') return outcome;
			values.push(outcome.value);
		}
	}
	return ok(values);
}
