import { mapOutcome, type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow, unavailable } from '../../booking';
import { inputs, type Transport } from '../http';
import type { BaseMapping } from './base-mapping';
import type { Context } from './context';
import { allOf, anyOf, datetime, guid, isGuid } from './odata';
import { pagesOf, readWhere, type Source } from './pages';
import { catalog } from './salon';
import { readShifts, scheduleSource } from './schedule';
import { VENDOR } from './transport';
import { keyIn, type ObjectWire, type Row, valueIn } from './wire';
import { wallOf } from './wall-time';

/** Eight hundred thousand rows: what is handed on page by page may be longer than a list that is held whole. */
const MOST_PAGES = 4000;

interface Bounds {
	readonly from?: string;
	readonly to?: string;
}

/** Streams a base with this mapping has. */
export function streamsOf({ visit, schedule }: BaseMapping): readonly StreamName[] {
	return ['company', 'services', 'staff', 'clients', ...(visit === null ? [] : ['visits' as const]), ...(schedule === null ? [] : ['schedules' as const])];
}

/**
 * Pages of a stream as the base gives them, every field kept, each record once. There is no time of change in 1C: catalogs
 * come whole, and visits by the time they begin; what changed is told by comparing `DataVersion`. Stops after the first
 * page that is not `ok`.
 */
export async function* stream(context: Context, name: StreamName, window: StreamWindow): AsyncGenerator<Outcome<StreamPage>> {
	const parsed = inputs.parseInput(inputs.STREAM_WINDOW, window);
	if (parsed.kind !== 'ok') return yield parsed;
	const first = parsed.value.cursor === undefined ? 0 : skipIn(parsed.value.cursor);
	if (first === null) return yield refused('invalid_request', 'The cursor is not one this CRM gave; start without a cursor.');
	const { from, to, ids, lane } = parsed.value;
	const transport = context.transport.inLane(lane ?? (from === undefined ? 'full' : 'incremental'));
	const own = { ...context, transport };
	const source = sourceOf(context, name, { from, to });
	if (source === null) return yield refused('unsupported', `The mapping of the base names nothing for the stream ${name}.`);
	if (ids !== undefined) return yield await readByIds(transport, name, source, ids);
	const seen = new Set<string>();
	let isExact = first === 0;
	for await (const page of pagesOf(transport, source, { from: first, mostPages: MOST_PAGES })) {
		if (page.kind !== 'ok') return yield page;
		isExact &&= page.value.steady;
		const records = page.value.rows.filter((row) => valueIn(row, 'IsFolder') !== true).map((row): StreamRecord => ({ id: source.idOf(row), data: row }));
		const fresh = records.filter(({ id }) => !seen.has(id));
		for (const { id } of fresh) seen.add(id);
		const whole = await withMore(own, name, fresh);
		if (whole.kind !== 'ok') return yield whole;
		yield ok({ records: whole.value, cursor: page.value.next === null ? null : `skip ${page.value.next}`, exact: isExact });
	}
}

/** Objects by their references, deleted ones with their mark; what the base has no more is left out. */
async function readByIds(transport: Transport, name: StreamName, source: Source<Row>, ids: readonly string[]): Promise<Outcome<StreamPage>> {
	if (name !== 'clients' && name !== 'visits') return refused('unsupported', 'Only clients and visits are read by their ids; read the stream by its window.');
	const wanted = ids.filter(isGuid).map((id) => id.toLowerCase());
	const found = await readWhere(transport, source, wanted.map(guid), (group) => anyOf('Ref_Key', group));
	if (found.kind !== 'ok') return found;
	const records = found.value.filter((row) => valueIn(row, 'IsFolder') !== true).map((row): StreamRecord => ({ id: source.idOf(row), data: row }));
	if (records.some(({ id }) => !wanted.includes(id))) return unavailable(`${VENDOR} gave other objects than it was asked for.`);
	return ok({ records, cursor: null, exact: true });
}

/** What stands elsewhere in the base: prices of services, in minor units, and the hours of shifts. */
async function withMore(context: Context, name: StreamName, records: readonly StreamRecord[]): Promise<Outcome<readonly StreamRecord[]>> {
	const { schedule } = context.mapping;
	if (records.length === 0) return ok(records);
	if (name === 'services') {
		return mapOutcome(await context.facts.salon(context), ({ services }) => records.map(({ id, data }) => ({ id, data: { ...data, currentPrice: services.find((service) => service.id === id)?.price ?? null } })));
	}
	if (name !== 'schedules' || schedule === null || schedule.shift === null) return ok(records);
	const { shift } = schedule;
	return mapOutcome(await readShifts(context, schedule, records.map(({ data }) => data)), (shifts) => records.map(({ id, data }) => ({ id, data: { ...data, shift: shifts.get(keyIn(data, shift) ?? '') ?? null } })));
}

function sourceOf({ mapping, plan }: Context, name: StreamName, bounds: Bounds): Source<Row> | null {
	const { allowedOnly } = mapping;
	const objects = (entity: string, filter: string): Source<Row> => {
		const { idOf, ...source } = catalog(name, { entity, filter }, allowedOnly);
		return { ...source, idOf: (row) => idOf(row as ObjectWire) };
	};
	if (name === 'company') return objects(mapping.company.entity, 'DeletionMark eq false');
	if (name === 'services') return objects(mapping.service.entity, mapping.service.filter);
	if (name === 'staff') return objects(mapping.staff.entity, mapping.staff.filter);
	if (name === 'clients') return objects(mapping.client.entity, '');
	const zone = plan.company.zone ?? 'UTC';
	if (name === 'visits' && mapping.visit !== null) return objects(mapping.visit.entity, within(mapping.visit.start, bounds, zone));
	return name === 'schedules' && mapping.schedule !== null ? scheduleSource(mapping.schedule, within(mapping.schedule.date, bounds, zone), allowedOnly) : null;
}

function within(field: string, { from, to }: Bounds, zone: string): string {
	return allOf(from === undefined ? null : `${field} ge ${datetime(wallOf(from, zone))}`, to === undefined ? null : `${field} lt ${datetime(wallOf(to, zone))}`);
}

function skipIn(cursor: string): number | null {
	const match = /^skip ([1-9]\d{0,8})$/.exec(cursor);
	return match === null ? null : Number(match[1]);
}
