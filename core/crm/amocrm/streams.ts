import * as v from 'valibot';
import { type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable } from '../../booking';
import { type Call, inputs, path, type Query } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { valuesOf } from './mapping';
import { isWireId } from './settings';
import { ANY_ROW, LEAD, type Page, pageOf, recordOf } from './wire';

/** Streams an account has. */
export const STREAMS = ['company', 'services', 'staff', 'clients', 'visits'] as const satisfies readonly StreamName[];

const LIMIT = 250;
const MOST_PAGES = 4000;
/** A change and its mark may be some seconds apart. */
const LOOKBACK_S = 300;

const ROW = v.pipe(ANY_ROW, v.transform((row): StreamRecord => ({ id: row.id, data: row })));

/** Bounds of change in unix seconds; an absent one is open. */
interface Bounds {
	readonly from: number | null;
	readonly to: number | null;
}

interface Source {
	readonly pages: (page: number) => Call<Page<StreamRecord>>;
	/** Keeps a row. The filter of the vendor may be passed over. */
	readonly keeps: (record: StreamRecord) => boolean;
	/** After such a page nothing is left to read. */
	readonly ends?: (records: readonly StreamRecord[]) => boolean;
}

const list = (name: string, where: string, key: string, query: Query): Call<Page<StreamRecord>> => ({ name, method: 'GET', path: where, query: { limit: LIMIT, ...query }, schema: pageOf(key, ROW) });

/**
 * Pages of a stream as the vendor gives them, every field kept, each record once, by id. A window reads what was changed
 * in it, and of visits also the leads thrown away. The vendor gives no count and pages by number: only a whole list that
 * came in one answer is exact. Stops after the first page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const start = parsed.value.cursor === undefined ? { bin: false, page: 1 } : cursorOf(parsed.value.cursor);
	if (start === null) return yield refused('invalid_request', 'The cursor is not one this CRM gave; start without a cursor.');
	const bounds: Bounds = { from: secondsOf(parsed.value.from, -LOOKBACK_S), to: secondsOf(parsed.value.to, LOOKBACK_S) };
	const laned = { ...context, transport: context.transport.inLane(parsed.value.lane ?? (bounds.from === null ? 'full' : 'incremental')) };
	if (parsed.value.ids !== undefined) return yield* readByIds(laned, name, parsed.value.ids);
	if (name === 'company') return yield* readCompany(laned);
	if (name === 'staff') return yield* readStaff(laned);
	const source = await sourceOf(laned, name, bounds, false);
	if (source.kind !== 'ok') return yield source;
	const bin = name === 'visits' && bounds.from !== null ? await sourceOf(laned, name, bounds, true) : null;
	if (bin !== null && bin.kind !== 'ok') return yield bin;
	const isWhole = parsed.value.from === undefined && parsed.value.to === undefined;
	if (!start.bin && !(yield* readRows(laned, source.value, { first: start.page, word: 'page', next: bin === null ? null : 'bin 1', isWhole }))) return;
	if (bin !== null) yield* readRows(laned, bin.value, { first: start.bin ? start.page : 1, word: 'bin', next: null, isWhole: false });
}

/** Cards or leads by their ids, each by itself: lists may pass over a filter. What the account has no more is left out. */
async function* readByIds(context: Context, name: StreamName, ids: readonly string[]): AsyncGenerator<Outcome<StreamPage>> {
	if (name !== 'clients' && name !== 'visits') return yield refused('unsupported', 'Only clients and visits are read by their ids; read the stream by its window.');
	const [kind, parts] = name === 'clients' ? (['contacts', 'leads'] as const) : (['leads', 'contacts,catalog_elements,loss_reason'] as const);
	const records: StreamRecord[] = [];
	for (const id of ids.filter(isWireId)) {
		const answer = await context.transport.read({ name: kind, method: 'GET', path: path`${kind}/${id}`, query: { with: parts }, schema: recordOf(ROW) });
		if (answer.kind === 'refused' && answer.reason === 'not_found') continue;
		if (answer.kind !== 'ok') return yield answer;
		if (answer.value === null) continue;
		if (answer.value.id !== id) return yield unavailable(`${context.brand.vendor} answered about another record.`);
		records.push(answer.value);
	}
	const { pipelineId, fields } = context.settings;
	yield ok({ records: name === 'clients' ? records : records.filter((record) => isVisit(record, pipelineId, fields.start)), cursor: null, exact: true });
}

async function sourceOf(context: Context, name: StreamName, bounds: Bounds, isBin: boolean): Promise<Outcome<Source>> {
	const { settings } = context;
	if (name === 'services') {
		const { catalogId } = settings;
		if (catalogId === undefined) return refused('unsupported', 'The services stand in the salon plan, not in the CRM; there is nothing to read.');
		return ok({ pages: (page) => list('catalog_elements', path`catalogs/${catalogId}/elements`, 'elements', { page }), keeps: () => true });
	}
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return account;
	const { filters } = account.value;
	// without filters the latest change comes first, and the reading ends at the first one before the window
	const asked = filters ? { ...changedIn(bounds), 'order[id]': 'asc' } : { 'order[updated_at]': 'desc' };
	const ends = filters ? undefined : (records: readonly StreamRecord[]): boolean => bounds.from !== null && records.some(({ data }) => Number(data.updated_at) < (bounds.from ?? 0));
	if (name === 'clients') return ok({ pages: (page) => list('contacts', 'contacts', 'contacts', { ...asked, with: 'leads', page }), keeps: isChanged(bounds), ends });
	if (name === 'visits') {
		const query = { ...asked, ...(filters ? { 'filter[pipeline_id][]': [settings.pipelineId] } : {}), with: isBin ? 'contacts,catalog_elements,only_deleted' : 'contacts,catalog_elements,loss_reason' };
		return ok({ pages: (page) => list('leads', 'leads', 'leads', { ...query, page }), keeps: (record) => isChanged(bounds)(record) && isVisit(record, settings.pipelineId, settings.fields.start), ends });
	}
	return refused('unsupported', `The CRM has no stream of ${name}.`);
}

interface Walk {
	readonly first: number;
	/** Names the list in cursors. */
	readonly word: 'page' | 'bin';
	/** The cursor after the last page. */
	readonly next: string | null;
	/** Nothing but the whole list is asked for. */
	readonly isWhole: boolean;
}

/** Yields the pages from one; false when the reading ended early. */
async function* readRows({ transport }: Context, { pages, keeps, ends = () => false }: Source, { first, word, next, isWhole }: Walk): AsyncGenerator<Outcome<StreamPage>, boolean> {
	const seen = new Set<string>();
	for (let page = first; page <= MOST_PAGES; page += 1) {
		const answer = await transport.read(pages(page));
		if (answer.kind !== 'ok') {
			yield answer;
			return false;
		}
		const { items, hasNext } = answer.value;
		const fresh = items.filter((item) => !seen.has(item.id));
		for (const item of fresh) seen.add(item.id);
		const isLast = !hasNext || fresh.length === 0 || ends(items);
		yield ok({ records: fresh.filter(keeps), cursor: isLast ? next : `${word} ${page + 1}`, exact: isWhole && page === 1 && !hasNext });
		if (isLast) return true;
	}
	yield refused('invalid_request', 'The stream has too many pages; ask for a shorter window.');
	return false;
}

async function* readCompany({ transport }: Context): AsyncGenerator<Outcome<StreamPage>> {
	const answer = await transport.read(calls.account());
	yield answer.kind === 'ok' ? ok({ records: [{ id: answer.value.id, data: answer.value }], cursor: null, exact: true }) : answer;
}

/** Choices of the specialist field, or the users. */
async function* readStaff(context: Context): AsyncGenerator<Outcome<StreamPage>> {
	const { specialist } = context.settings.fields;
	if (specialist === undefined) {
		yield* readRows(context, { pages: (page) => list('users', 'users', 'users', { page }), keeps: () => true }, { first: 1, word: 'page', next: null, isWhole: true });
		return;
	}
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return yield account;
	const choices = account.value.fields.get(specialist)?.enums ?? [];
	yield ok({ records: choices.map((choice) => ({ id: choice.id, data: choice })), cursor: null, exact: true });
}

function isVisit({ data }: StreamRecord, pipelineId: string, startField: string): boolean {
	const lead = v.safeParse(LEAD, data);
	return lead.success && lead.output.pipeline_id === pipelineId && valuesOf(lead.output.custom_fields_values).first(startField) !== null;
}

function isChanged({ from, to }: Bounds): (record: StreamRecord) => boolean {
	return ({ data }) => {
		const at = Number(data.updated_at);
		return Number.isNaN(at) || ((from === null || at >= from) && (to === null || at < to));
	};
}

function changedIn({ from, to }: Bounds): Query {
	return { ...(from === null ? {} : { 'filter[updated_at][from]': from }), ...(to === null ? {} : { 'filter[updated_at][to]': to }) };
}

function secondsOf(instant: string | undefined, margin: number): number | null {
	return instant === undefined ? null : Math.floor(Date.parse(instant) / 1000) + margin;
}

function cursorOf(cursor: string): { readonly bin: boolean; readonly page: number } | null {
	const match = /^(page|bin) ([1-9]\d{0,5})$/.exec(cursor);
	return match === null ? null : { bin: match[1] === 'bin', page: Number(match[2]) };
}
