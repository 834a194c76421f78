import * as v from 'valibot';
import { type Instant, type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable, type Zone } from '../../booking';
import { dateOf, minuteOf, zoneClock } from '../../calendar';
import { type Call, inputs, path, type Query, type Transport } from '../http';
import { pageCursor, pageIn } from '../reading';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { readWhole } from './facts';
import { naiveOf } from './mapping';
import { ANY_RECORD, dataOf, type Page, pageOf, SCHEDULE_DAY } from './wire';

/** Asks for a page, counted from one. */
type Pages = (page: number) => Call<Page<StreamRecord>>;

interface Bounds {
	readonly from?: Instant;
	readonly to?: Instant;
}

interface Source {
	/** The list comes whole with its first page. */
	readonly isWhole: boolean;
	pages(context: Context, zone: Zone, bounds: Bounds): Pages;
}

const PAGE_SIZE = 200;
/** Above a hundred the storage silently gives fewer. */
const STORAGE_PAGE_SIZE = 100;
const MOST_PAGES = 5000;
/** At half a second a page, what keeps a single stream at the vendor's limit. */
const PAGES_AHEAD = 5;
/** The vendor does not say by which clock it compares changes. */
const LOOKBACK_MINUTES = 10;
const SCHEDULE_DAYS = 30;
const LONG_AGO = '2000-01-01T00:00:00';

const ROWS = pageOf(v.pipe(ANY_RECORD, v.transform((row): StreamRecord => ({ id: row.id, data: row }))));
const ONE_ROW = v.pipe(dataOf(ANY_RECORD), v.transform((row): Page<StreamRecord> => ({ items: [{ id: row.id, data: row }], total: 1 })));
const DAYS = pageOf(v.pipe(SCHEDULE_DAY, v.transform((row): StreamRecord => ({ id: `${row.staff_id}:${row.date}`, data: row }))));

const list = (name: string, where: string, query: Query = {}, schema: Call<Page<StreamRecord>>['schema'] = ROWS): Call<Page<StreamRecord>> => ({ name, method: 'GET', path: where, query, schema });

const SOURCES: Readonly<Record<Exclude<StreamName, 'schedules'>, Source>> = {
	company: { isWhole: true, pages: ({ companyId: c }) => () => list('company', path`company/${c}/`, {}, ONE_ROW) },
	services: { isWhole: true, pages: ({ companyId: c }) => () => list('services', path`company/${c}/services`) },
	staff: { isWhole: true, pages: ({ companyId: c }) => () => list('staff', path`company/${c}/staff`) },
	clients: {
		isWhole: false,
		pages: ({ companyId: c }, zone, bounds) => (number) =>
			bounds.from === undefined && bounds.to === undefined
				? { ...calls.searchClients(c, number, PAGE_SIZE, []), schema: ROWS }
				: list('clients', path`clients/${c}`, { ...changedIn(zone, bounds), page: number, count: PAGE_SIZE }),
	},
	visits: {
		isWhole: false,
		pages: ({ companyId: c }, zone, bounds) => (number) => list('records', path`records/${c}`, { changed_after: LONG_AGO, ...changedIn(zone, bounds), with_deleted: 1, page: number, count: PAGE_SIZE }),
	},
	goods: {
		isWhole: false,
		pages: ({ companyId: c }, zone, bounds) => (number) => list('goods', path`storages/transactions/${c}`, { ...changedIn(zone, bounds), page: number, count: STORAGE_PAGE_SIZE }),
	},
};

/**
 * Pages of a stream as the vendor gives them, every field kept, each record once. The vendor pages by number without a
 * fixed order: a page is exact while the count stands still and no record comes twice, and the last one only when as many
 * came as were counted. Stops after the first page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const first = parsed.value.cursor === undefined ? 1 : pageIn(parsed.value.cursor);
	if (first === null) return yield refused('invalid_request', 'The cursor is not one this CRM gave; start without a cursor.');
	const branch = await context.facts.branch(context);
	if (branch.kind !== 'ok') return yield branch;
	const { from, to, ids, lane } = parsed.value;
	const transport = context.transport.inLane(lane ?? (from === undefined ? 'full' : 'incremental'));
	if (ids !== undefined) return yield* readByIds(transport, context.companyId, name, ids);
	if (name === 'schedules') return yield* readSchedules({ ...context, transport }, branch.value.locale.zone, { from, to });
	yield* readPages(transport, SOURCES[name].pages(context, branch.value.locale.zone, { from, to }), first, SOURCES[name].isWhole);
}

async function* readPages(transport: Transport, pages: Pages, first: number, isWhole: boolean): AsyncGenerator<Outcome<StreamPage>> {
	const seen = new Set<string>();
	let counted: number | null = null;
	let isExact = first === 1;
	let isOpen = true;
	const asked = new Map<number, Promise<Outcome<Page<StreamRecord>>>>();
	const ask = (number: number): Promise<Outcome<Page<StreamRecord>>> => {
		const answer = asked.get(number) ?? transport.read({ ...pages(number), isWanted: () => isOpen });
		asked.set(number, answer);
		// one that nobody waits for any more fails unheard
		answer.catch(() => undefined);
		return answer;
	};
	try {
		for (let number = first; number <= MOST_PAGES; number += 1) {
			const answer = await ask(number);
			asked.delete(number);
			if (answer.kind !== 'ok') return yield answer;
			const { items, total } = answer.value;
			const fresh = items.filter((item) => !seen.has(item.id));
			for (const item of fresh) seen.add(item.id);
			isExact &&= fresh.length === items.length && (counted === null || counted === total);
			counted = total ?? counted;
			// a short page proves nothing: only an empty one, one of nothing new, or the full count is the end
			const isLast = isWhole || fresh.length === 0 || (counted !== null && first === 1 && seen.size >= counted && items.length < STORAGE_PAGE_SIZE);
			if (isLast && counted !== null && seen.size < counted && (isWhole || (first === 1 && seen.size === 0))) return yield unavailable('The CRM counted records that it did not give.');
			const isComplete = counted === null ? isWhole : seen.size === counted;
			// the pages that must follow by the count are under way together
			for (let next = number + 1; !isLast && next <= number + PAGES_AHEAD && (next - 1) * items.length < (counted ?? 0); next += 1) void ask(next);
			yield ok({ records: fresh, cursor: isLast ? null : pageCursor(number + 1), exact: isExact && (!isLast || isComplete), total: counted });
			if (isLast) return;
		}
		yield refused('invalid_request', 'The stream has too many pages; ask for a shorter window.');
	} finally {
		// a run that stopped between two pages leaves none to be sent after it
		isOpen = false;
	}
}

/** Cards of clients by their ids, one page of them; an id that is nobody's is left out. */
async function* readByIds(transport: Transport, companyId: string, name: StreamName, ids: readonly string[]): AsyncGenerator<Outcome<StreamPage>> {
	if (name !== 'clients') return yield refused('unsupported', 'Only clients are read by their ids; read the stream by its window.');
	const wanted = new Set(ids.filter(isWireId));
	if (wanted.size === 0) return yield ok({ records: [], cursor: null, exact: true, total: 0 });
	const answer = await transport.read({ ...calls.searchClients(companyId, 1, PAGE_SIZE, [{ type: 'id', state: { value: [...wanted].map(Number) } }]), schema: ROWS });
	if (answer.kind !== 'ok') return yield answer;
	// a filter the vendor did not understand answers with everybody
	const records = answer.value.items.filter(({ id }) => wanted.has(id));
	yield ok({ records, cursor: null, exact: records.length === answer.value.total, total: answer.value.total });
}

function changedIn(zone: Zone, { from, to }: Bounds): Readonly<Record<string, string>> {
	const local = (minute: number): string => naiveOf(minute, zone).replace(' ', 'T');
	return {
		...(from === undefined ? {} : { changed_after: local(minuteOf(from) - LOOKBACK_MINUTES) }),
		...(to === undefined ? {} : { changed_before: local(minuteOf(to, 'up') + LOOKBACK_MINUTES) }),
	};
}

/** Days of work of the window, or of the next month without one; person by person where the account has the older route only. */
async function* readSchedules(context: Context, zone: Zone, { from, to }: Bounds): AsyncGenerator<Outcome<StreamPage>> {
	const { companyId: c, clock } = context;
	const day = (instant: Instant): number => zoneClock(zone).wall(minuteOf(instant)).day;
	const first = day(from ?? clock());
	const [start, end] = [dateOf(first), dateOf(Math.max(first, to === undefined ? first + SCHEDULE_DAYS : day(to)))];
	const whole = await readWhole(context, list('schedule', path`company/${c}/staff/schedule`, { start_date: start, end_date: end, 'include[]': ['busy_intervals', 'off_day_type'] }, DAYS));
	if (whole.kind === 'ok') return yield ok({ records: whole.value, cursor: null, exact: true });
	if (whole.kind !== 'refused' || whole.reason !== 'not_found') return yield whole;
	const staff = await readWhole(context, calls.staff(c));
	if (staff.kind !== 'ok') return yield staff;
	const records: StreamRecord[] = [];
	for (const { id } of staff.value) {
		const days = await readWhole(context, calls.oldSchedule(c, id, start, end));
		if (days.kind !== 'ok') return yield days;
		records.push(...days.value.map((row) => ({ id: `${id}:${row.date}`, data: { staff_id: id, ...row } })));
	}
	yield ok({ records, cursor: null, exact: true });
}
