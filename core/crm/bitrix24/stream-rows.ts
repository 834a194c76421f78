import * as v from 'valibot';
import type { StreamRecord, StreamWindow } from '../../booking';
import type { MethodCall } from './batch';
import * as calls from './calls';
import { type Page, pageOf, resultOf, WIRE_ID } from './wire';

/** The portal's lists with every field as it came. */

/** Asks for the rows after an id. */
export type PagesAfter = (after: string) => MethodCall<Page<StreamRecord>>;
type Bounds = Pick<StreamWindow, 'from' | 'to'>;

/** Changes are told to the second and by the portal's clock; a little too much is read rather than too little. */
const LOOKBACK_MS = 300_000;

const ROW = v.pipe(v.looseObject({ id: WIRE_ID }), v.transform((row): StreamRecord => ({ id: row.id, data: row })));
const OLD_ROW = v.pipe(v.looseObject({ ID: WIRE_ID }), v.transform((row): StreamRecord => ({ id: row.ID, data: row })));

export const companies: PagesAfter = (after) => ({ ...calls.myCompany(after), schema: pageOf(ROW, 'items') });
export const contacts = (bounds: Bounds): PagesAfter => (after) => ({ ...calls.contacts(changedIn(bounds), after), schema: pageOf(ROW, 'items') });
export const products = (iblockId: string): PagesAfter => (after) => ({ ...calls.services(iblockId, after, ['*']), schema: pageOf(ROW, 'services') });
export const goodsToo = (iblockId: string): PagesAfter => (after) => ({ ...calls.products(iblockId, after, ['*']), schema: pageOf(ROW, 'products') });
/** Records by their ids, a page of them. */
export const contactsByIds = (ids: readonly string[]): PagesAfter => (after) => ({ ...calls.contacts({ '@id': ids.map(Number) }, after), schema: pageOf(ROW, 'items') });
export const itemsByIds = (entityTypeId: number, categoryId: number, ids: readonly string[]): PagesAfter => (after) => ({ ...calls.items(entityTypeId, { categoryId, '@id': ids.map(Number) }, after), schema: pageOf(ROW, 'items') });
export const users: PagesAfter = (after) => ({ ...calls.users(after), schema: pageOf(OLD_ROW) });
export const items = (entityTypeId: number, categoryId: number, bounds: Bounds): PagesAfter => (after) => ({ ...calls.items(entityTypeId, { categoryId, ...changedIn(bounds) }, after), schema: pageOf(ROW, 'items') });
export const slots = (resourceId: string): MethodCall<readonly Readonly<Record<string, unknown>>[]> => ({ ...calls.resourceSlots(resourceId), schema: resultOf(v.pipe(v.object({ slots: v.array(v.looseObject({})) }), v.transform((result): readonly Readonly<Record<string, unknown>>[] => result.slots))) });

function changedIn({ from, to }: Bounds): Readonly<Record<string, string>> {
	return {
		...(from === undefined ? {} : { '>=updatedTime': moved(from, -LOOKBACK_MS) }),
		...(to === undefined ? {} : { '<updatedTime': moved(to, LOOKBACK_MS) }),
	};
}

function moved(instant: string, ms: number): string {
	return new Date(Date.parse(instant) + ms).toISOString();
}
