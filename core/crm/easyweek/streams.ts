import * as v from 'valibot';
import { mapOutcome, type Outcome, ok, refused, type Service, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable } from '../../booking';
import { dateOf, minuteOf } from '../../calendar';
import { type Call, inputs, path, type Query } from '../http';
import { pageCursor, pageIn } from '../reading';
import { readServing } from './bookings';
import * as calls from './calls';
import { type Context, uuidOf } from './context';
import { minuteAt, serviceIdOf } from './mapping';
import { mapAll } from './pages';
import { VENDOR } from './transport';
import { ANY_RECORD, LINE, MOMENT, PLAIN_ROW, singleOf } from './wire';

type Row = v.InferOutput<typeof ANY_RECORD>;

const MOST_PAGES = 5000;

/** A list the sync reads page by page. */
interface Source {
	pages(context: Context, window: StreamWindow): calls.Pages<Row>;
	/** What the vendor gives beyond the row. */
	enrich?(context: Context, rows: readonly Row[], window: StreamWindow): Promise<Outcome<readonly Row[]>>;
	/** The vendor does not tell what its rows hold: nothing proves that they are all. */
	readonly isPartial: boolean;
	/** Asks for one record. */
	one?(uuid: string): Call<Row>;
}

/** Streams of the vendor. It has no schedules of people: free times are all it tells. */
export const STREAMS = ['company', 'services', 'staff', 'clients', 'visits', 'goods'] as const satisfies readonly StreamName[];
type Streamed = (typeof STREAMS)[number];

const whole = (name: string, where: (l: string) => string): Source => ({ pages: ({ locationId }) => calls.list(name, where(locationId), ANY_RECORD), isPartial: false });

const SOURCES: Readonly<Record<Streamed, Source>> = {
	company: { pages: () => calls.list('locations', 'locations', ANY_RECORD), enrich: async ({ locationId }, rows) => ok(rows.filter(({ uuid }) => uuid === locationId)), isPartial: false },
	services: whole('services', (l) => path`locations/${l}/services`),
	staff: whole('staffers', (l) => path`locations/${l}/staffers`),
	clients: { ...whole('customers', () => 'customers'), one: (uuid) => ({ ...calls.customer(uuid), schema: singleOf(ANY_RECORD) }) },
	// a window is one of starts: the vendor tells no changes
	visits: { pages: ({ locationId }, window) => calls.list('bookings', 'bookings', PLAIN_ROW, { location_uuid: locationId, ...startsIn(window) }), enrich: withDetails, one: (uuid) => ({ ...calls.booking(uuid), schema: singleOf(ANY_RECORD) }), isPartial: false },
	goods: { pages: ({ locationId }) => calls.list('orders', 'orders', ANY_RECORD, { location_uuid: locationId }), isPartial: true },
};

/**
 * Pages of a stream as the vendor gives them, every field kept, each record once. A page is exact while the count stands
 * still and no record comes twice, and the last one only when as many came as were counted. A visit costs a question of
 * its own: the list names neither client nor services. Stops after the first page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const source = isStreamed(name) ? SOURCES[name] : null;
	if (source === null) return yield refused('unsupported', `${VENDOR} has no ${name} to read; ask for free slots instead.`);
	const first = parsed.value.cursor === undefined ? 1 : pageIn(parsed.value.cursor);
	if (first === null) return yield refused('invalid_request', 'The cursor is not one this CRM gave; start without a cursor.');
	const lane = context.transport.inLane(parsed.value.lane ?? (parsed.value.from === undefined ? 'full' : 'incremental'));
	if (parsed.value.ids !== undefined) return yield await readByIds({ ...context, transport: lane }, source, parsed.value.ids);
	yield* readPages({ ...context, transport: lane }, source, parsed.value, first);
}

function isStreamed(name: StreamName): name is Streamed {
	return (STREAMS as readonly StreamName[]).includes(name);
}

async function* readPages(context: Context, source: Source, window: StreamWindow, first: number): AsyncGenerator<Outcome<StreamPage>> {
	const seen = new Set<string>();
	let counted: number | null = null;
	// what is left out here, the vendor has counted
	const isFiltered = source.enrich !== undefined;
	let isExact = first === 1 && !source.isPartial;
	for (let number = first; number <= MOST_PAGES; number += 1) {
		const answer = await context.transport.read(source.pages(context, window)(number));
		if (answer.kind !== 'ok') return yield answer;
		const { items, page, lastPage, total } = answer.value;
		if (page !== number) return yield unavailable(`${VENDOR} answered with another page of a list.`);
		const fresh = items.filter(({ uuid }) => !seen.has(uuid));
		for (const { uuid } of fresh) seen.add(uuid);
		isExact &&= fresh.length === items.length && (counted === null || counted === total);
		counted = total;
		const rows = source.enrich === undefined ? ok(fresh) : await source.enrich(context, fresh, window);
		if (rows.kind !== 'ok') return yield rows;
		const isLast = number >= lastPage;
		const records = rows.value.map((data): StreamRecord => ({ id: data.uuid, data }));
		yield ok({ records, cursor: isLast ? null : pageCursor(number + 1), exact: isExact && (!isLast || seen.size === total), total: isFiltered ? null : total });
		if (isLast) return;
	}
	yield refused('invalid_request', 'The stream has too many pages; ask for a shorter window.');
}

/** Some records by their ids, each by itself; what the vendor has no more is left out. */
async function readByIds(context: Context, { one, enrich }: Source, ids: readonly string[]): Promise<Outcome<StreamPage>> {
	if (one === undefined) return refused('unsupported', 'Only clients and visits are read by their ids; read the stream by its window.');
	const found = await mapAll(ids.flatMap((id) => uuidOf(id) ?? []), async (uuid): Promise<Outcome<Row | null>> => {
		const answer = await context.transport.read(one(uuid));
		if (answer.kind === 'refused' && answer.reason === 'not_found') return ok(null);
		return answer.kind === 'ok' && answer.value.uuid !== uuid ? unavailable(`${VENDOR} answered about another record.`) : answer;
	});
	if (found.kind !== 'ok') return found;
	const rows = found.value.filter((row) => row !== null);
	const whole = enrich === undefined ? ok(rows) : await withServing(context, rows.filter(({ location_uuid: location }) => location == null || location === context.locationId));
	return mapOutcome(whole, (all) => ({ records: all.map((data): StreamRecord => ({ id: data.uuid, data })), cursor: null, exact: true }));
}

/** Whole bookings of the window. */
async function withDetails(context: Context, rows: readonly Row[], { from, to }: StreamWindow): Promise<Outcome<readonly Row[]>> {
	const [first, last] = [from === undefined ? -Infinity : minuteOf(from), to === undefined ? Infinity : minuteOf(to, 'up')];
	const wanted = rows.filter(({ start_time: start }) => minuteAt(v.parse(MOMENT, start)) >= first && minuteAt(v.parse(MOMENT, start)) < last);
	const bookings = await mapAll(wanted, ({ uuid }) => context.transport.read({ ...calls.booking(uuid), schema: singleOf(ANY_RECORD) }));
	if (bookings.kind !== 'ok') return bookings;
	if (bookings.value.some(({ uuid }, index) => uuid !== wanted[index]?.uuid)) return unavailable(`${VENDOR} answered about another booking.`);
	return withServing(context, bookings.value);
}

/** Bookings with the person who serves and the services of their lines, under names the vendor does not use. */
async function withServing(context: Context, bookings: readonly Row[]): Promise<Outcome<readonly Row[]>> {
	const catalogue = await context.facts.catalogue(context);
	if (catalogue.kind !== 'ok') return catalogue;
	const starts = bookings.flatMap(({ uuid, start_time: start }) => (v.is(MOMENT, start) ? [{ uuid, start_time: v.parse(MOMENT, start) }] : []));
	const serving = await readServing(context, catalogue.value, starts);
	return mapOutcome(serving, (people) => bookings.map((booking) => ({ ...booking, staffer_uuid: people.get(booking.uuid) ?? null, service_uuids: servicesIn(booking, catalogue.value.services) })));
}

/** The service of each line, null for one of no service. */
function servicesIn({ ordered_services: lines }: Row, services: readonly Service[]): readonly (string | null)[] {
	return Array.isArray(lines) ? lines.map((line) => (v.is(LINE, line) ? serviceIdOf(v.parse(LINE, line), services, () => undefined) : null)) : [];
}

/** Whole days, and one more on each side: by which clock the vendor counts days is not told. */
function startsIn({ from, to }: StreamWindow): Query {
	return {
		reserved_on_from: from === undefined ? undefined : dateOf(Math.floor(minuteOf(from) / 1440) - 1),
		reserved_on_to: to === undefined ? undefined : dateOf(Math.floor(minuteOf(to, 'up') / 1440) + 1),
	};
}
