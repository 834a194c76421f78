import { type Outcome, ok, unavailable } from '../../booking';
import type { Call } from '../http';
import type { Context } from './context';
import type { Page } from './wire';

const MOST_PAGES = 60;

/** Every row of a list, each once. `enough` ends the reading early, with the page that met it. A list without an end is no answer. */
export async function readPages<T extends { readonly id: string }>(
	{ transport, brand }: Pick<Context, 'transport' | 'brand'>,
	call: (page: number) => Call<Page<T>>,
	enough: (items: readonly T[]) => boolean = () => false,
): Promise<Outcome<readonly T[]>> {
	const found = new Map<string, T>();
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const answer = await transport.read(call(page));
		if (answer.kind !== 'ok') return answer;
		const { items, hasNext } = answer.value;
		for (const item of items) found.set(item.id, item);
		if (!hasNext || items.length === 0 || enough(items)) return ok([...found.values()]);
	}
	return unavailable(`${brand.vendor} holds too many rows to read at once (${call(1).name}).`);
}
