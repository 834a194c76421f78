import * as v from 'valibot';
import { type Outcome, ok, refused } from '../../../booking';
import { call, prices } from '../calls';
import { findCatalogueOf } from '../catalogue';
import { isAscending, OUT_OF_ORDER, PAGE_SIZE, readAll } from '../pages';
import { pageOf, WIRE_ID } from '../wire';
import type { Office, Row } from './office';

const ROW = v.looseObject({ id: WIRE_ID });
const NO_CATALOGUE = refused('unsupported', 'The portal has no product catalogue.');

/** Services or all products of the catalogue with their prices under `prices`, at most `limit`. */
export async function products({ transport }: Office, kind: 'service' | 'all', catalogueId: string | undefined, limit: number): Promise<Outcome<readonly Row[]>> {
	const iblockId = catalogueId === undefined ? await findCatalogueOf(transport) : ok(catalogueId);
	if (iblockId.kind !== 'ok') return iblockId;
	if (iblockId.value === null) return NO_CATALOGUE;
	const rows: (Row & { readonly id: string })[] = [];
	const [method, key] = kind === 'service' ? (['catalog.product.service.list', 'services'] as const) : (['catalog.product.list', 'products'] as const);
	for (;;) {
		const after = rows.at(-1)?.id ?? '0';
		const answer = await transport.read(call(method, pageOf(ROW, key), { select: ['*', 'id', 'iblockId'], filter: { iblockId: Number(iblockId.value), '>id': Number(after) }, order: { id: 'ASC' }, start: -1 }));
		if (answer.kind !== 'ok') return answer;
		if (!isAscending(after, answer.value.items)) return OUT_OF_ORDER;
		rows.push(...answer.value.items);
		if (answer.value.items.length < PAGE_SIZE || rows.length >= limit) break;
	}
	const asked = rows.slice(0, limit);
	const found = asked.length === 0 ? ok([]) : await readAll(transport, (after) => prices(asked.map(({ id }) => id), after));
	if (found.kind !== 'ok') return found;
	return ok(asked.map((row) => ({ ...row, prices: found.value.filter(({ productId }) => productId === row.id) })));
}
