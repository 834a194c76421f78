import { mapOutcome, type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable } from '../../booking';
import { inputs, type Transport } from '../http';
import { readEach } from './batch';
import { readBookings } from './booking-list';
import * as calls from './calls';
import { findCatalogue, readPrices } from './catalogue';
import { type Context, isWireId } from './context';
import { readDeals, shapeOf } from './held-bookings';
import { findDeal, memoryIn } from './linked-deals';
import { isAscending, OUT_OF_ORDER, PAGE_SIZE } from './pages';
import { readResourceList } from './people';
import * as rows from './stream-rows';
import type { PagesAfter } from './stream-rows';
import type { BookingWire } from './wire';

/** Bookings tell no change: without a window these days around now are read. */
const DAYS_BACK = 30;
const DAYS_AHEAD = 90;
const DAY_MS = 86_400_000;

type Pages = AsyncGenerator<Outcome<StreamPage>>;
type Bounds = Pick<StreamWindow, 'from' | 'to'>;

const IN_PLAN = refused('unsupported', 'The portal has no such list: it stands in the salon plan, read it from there.');

/**
 * Pages of a stream as the portal gives them, every field kept, each record once, by id. A window is one of changes, and
 * for bookings one of their own time. Stops after the first page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): Pages {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const { from, to, cursor, ids, lane } = parsed.value;
	const after = cursor === undefined ? '0' : idIn(cursor);
	if (after === null) return yield refused('invalid_request', 'The cursor is not one this CRM gave; start without a cursor.');
	const own = { ...context, transport: context.transport.inLane(lane ?? (from === undefined ? 'full' : 'incremental')) };
	if (ids !== undefined) return yield* readByIds(own, name, ids);
	yield* SOURCES[name](own, { from, to }, after);
}

const SOURCES: Readonly<Record<StreamName, (context: Context, bounds: Bounds, after: string) => Pages>> = {
	company: ({ transport }, _bounds, after) => readPages(transport, rows.companies, after),
	services: (context, _bounds, after) => readServices(context, after),
	staff: (context, _bounds, after) => readStaff(context, after),
	clients: ({ transport }, bounds, after) => readPages(transport, rows.contacts(bounds), after),
	visits: (context, bounds, after) => readVisits(context, bounds, after),
	schedules: (context) => readSchedules(context),
	goods: () => only(refused('unsupported', 'Bitrix24 keeps no sales of goods that this package reads; read the product rows of deals.')),
};

async function* readPages(transport: Transport, pages: PagesAfter, first: string): Pages {
	for (let after = first; ; ) {
		const answer = await transport.read(pages(after));
		if (answer.kind !== 'ok') return yield answer;
		const { items } = answer.value;
		if (!isAscending(after, items)) return yield OUT_OF_ORDER;
		const last = items.at(-1)?.id ?? after;
		const isLast = items.length < PAGE_SIZE;
		yield ok({ records: items, cursor: isLast ? null : `after ${last}`, exact: true });
		if (isLast) return;
		after = last;
	}
}

async function* readServices(context: Context, after: string): Pages {
	const iblockId = await findCatalogue(context);
	if (iblockId.kind !== 'ok') return yield iblockId;
	if (iblockId.value === null) return yield IN_PLAN;
	yield* withPrices(context, readPages(context.transport, rows.products(iblockId.value), after), readPages(context.transport, rows.goodsToo(iblockId.value), after));
}

/** Products with their prices, which stand in a list of their own. `otherwise` is read where the first list is kept for administrators. */
async function* withPrices(context: Context, pages: Pages, otherwise: Pages | null): Pages {
	for await (const page of pages) {
		if (page.kind === 'refused' && page.reason === 'not_allowed' && otherwise !== null) return yield* withPrices(context, otherwise, null);
		if (page.kind !== 'ok') return yield page;
		const prices = await readPrices(context, page.value.records.map(({ id }) => id));
		if (prices.kind !== 'ok') return yield prices;
		yield ok({ ...page.value, records: page.value.records.map(({ id, data }) => ({ id, data: { ...data, prices: prices.value.filter(({ productId }) => productId === id) } })) });
	}
}

async function* readStaff(context: Context, after: string): Pages {
	if (context.settings.mode === 'crm') {
		if (context.settings.visits.people === 'plan') return yield IN_PLAN;
		return yield* readPages(context.transport, rows.users, after);
	}
	const resources = await readResourceList(context);
	if (resources.kind !== 'ok') return yield resources;
	yield whole(resources.value.map((resource) => ({ id: resource.id, data: resource })));
}

/** Hours of every resource, a record each. */
async function* readSchedules(context: Context): Pages {
	if (context.settings.mode === 'crm') return yield IN_PLAN;
	const resources = await readResourceList(context);
	if (resources.kind !== 'ok') return yield resources;
	const slots = await readEach(context.transport, resources.value.map(({ id }) => rows.slots(id)));
	if (slots.kind !== 'ok') return yield slots;
	yield whole(resources.value.map(({ id }, index) => ({ id, data: { resourceId: id, slots: slots.value[index] ?? [] } })));
}

async function* readVisits(context: Context, bounds: Bounds, after: string): Pages {
	const { settings, transport } = context;
	if (settings.mode === 'crm') return yield* readPages(transport, rows.items(settings.visits.entityTypeId, settings.visits.categoryId, bounds), after);
	const now = Date.parse(context.clock());
	const window = { from: bounds.from ?? new Date(now - DAYS_BACK * DAY_MS).toISOString(), to: bounds.to ?? new Date(now + DAYS_AHEAD * DAY_MS).toISOString() };
	const bookings = await readBookings(transport, window);
	if (bookings.kind !== 'ok') return yield bookings;
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return yield shape;
	const left = bookings.value.filter(({ id }) => Number(id) > Number(after));
	// a window that was cut here and not by the caller leaves bookings out
	const exact = bounds.from !== undefined && bounds.to !== undefined;
	for (let from = 0; from === 0 || from < left.length; from += PAGE_SIZE) {
		const page = left.slice(from, from + PAGE_SIZE);
		const records = await withDetails(context, shape.value.staffIds, page);
		if (records.kind !== 'ok') return yield records;
		const isLast = from + PAGE_SIZE >= left.length;
		yield ok({ records: records.value, cursor: isLast ? null : `after ${page.at(-1)?.id ?? after}`, exact });
	}
}

/** Bookings, a page of them at most, with their clients, their deals and who of the resources is a person. */
async function withDetails(context: Context, staffIds: ReadonlySet<string>, page: readonly BookingWire[]): Promise<Outcome<readonly StreamRecord[]>> {
	const [clients, deals] = await Promise.all([readEach(context.transport, page.map(({ id }) => calls.bookingClients(id))), readDeals(context, page)]);
	if (clients.kind !== 'ok') return clients;
	return mapOutcome(deals, (dealOf) =>
		page.map((booking, index): StreamRecord => ({
			id: booking.id,
			data: { ...booking, bookingClient: clients.value[index] ?? [], deal: dealOf.get(booking.id) ?? null, staffResourceId: booking.resourceIds.find((id) => staffIds.has(id)) ?? null },
		})));
}

/** Some records by their ids; what the portal has no more is left out, but for a booking that its deal remembers. */
async function* readByIds(context: Context, name: StreamName, ids: readonly string[]): Pages {
	const { settings, transport } = context;
	const wanted = ids.filter(isWireId);
	if (name === 'visits' && settings.mode === 'booking') return yield* readBookingsByIds(context, wanted);
	if (name !== 'clients' && name !== 'visits') return yield refused('unsupported', 'Only clients and visits are read by their ids; read the stream by its window.');
	const found: StreamRecord[] = [];
	for (let from = 0; from < wanted.length; from += PAGE_SIZE) {
		const chunk = wanted.slice(from, from + PAGE_SIZE);
		const pages = settings.mode === 'crm' && name === 'visits' ? rows.itemsByIds(settings.visits.entityTypeId, settings.visits.categoryId, chunk) : rows.contactsByIds(chunk);
		const answer = await transport.read(pages('0'));
		if (answer.kind !== 'ok') return yield answer;
		// a filter the portal did not understand answers with everybody
		if (answer.value.items.some(({ id }) => !chunk.includes(id))) return yield unavailable('Bitrix24 gave other records than it was asked for.');
		found.push(...answer.value.items);
	}
	yield whole(found);
}

async function* readBookingsByIds(context: Context, ids: readonly string[]): Pages {
	const shape = await shapeOf(context);
	if (shape.kind !== 'ok') return yield shape;
	const records: StreamRecord[] = [];
	for (const id of ids) {
		const booking = await context.transport.read(calls.booking(id));
		const isGone = booking.kind === 'refused' && booking.reason === 'not_found';
		if (booking.kind !== 'ok' && !isGone) return yield booking;
		if (booking.kind === 'ok' && booking.value.id !== id) return yield unavailable('Bitrix24 answered about another booking.');
		const found = booking.kind === 'ok' ? await withDetails(context, shape.value.staffIds, [booking.value]) : await remembered(context, id);
		if (found.kind !== 'ok') return yield found;
		records.push(...found.value);
	}
	yield whole(records);
}

/** A booking that was cancelled leaves nothing behind but its deal. */
async function remembered(context: Context, id: string): Promise<Outcome<readonly StreamRecord[]>> {
	const { settings } = context;
	if (settings.mode !== 'booking' || settings.deals === undefined) return ok([]);
	const { cancelled } = settings.deals.stages;
	return mapOutcome(await findDeal(context, id), (deal) => (deal === null || deal.stageId !== cancelled || memoryIn(deal) === null ? [] : [{ id, data: { id, isDeleted: true, deal } }]));
}

function whole(records: readonly StreamRecord[]): Outcome<StreamPage> {
	return ok({ records, cursor: null, exact: true });
}

async function* only(outcome: Outcome<StreamPage>): Pages {
	yield outcome;
}

function idIn(cursor: string): string | null {
	return /^after (0|[1-9]\d{0,14})$/.exec(cursor)?.[1] ?? null;
}
