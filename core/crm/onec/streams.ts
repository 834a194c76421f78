import { type Outcome, ok, refused, type StreamName, type StreamPage, type StreamRecord, type StreamWindow } from '../../booking';
import { inputs } from '../http';
import type { BaseMapping } from './base-mapping';
import type { Context } from './context';
import { allOf, datetime } from './odata';
import { pagesOf, type Source } from './pages';
import { catalog } from './salon';
import { scheduleSource } from './schedule';
import { type ObjectWire, type Row, valueIn } from './wire';
import { wallOf } from './wall-time';

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
	const { from, to } = parsed.value;
	const source = sourceOf(context, name, { from, to });
	if (source === null) return yield refused('unsupported', `The mapping of the base names nothing for the stream ${name}.`);
	const transport = context.transport.inLane(from === undefined ? 'full' : 'incremental');
	const seen = new Set<string>();
	let isExact = first === 0;
	for await (const page of pagesOf(transport, source, first)) {
		if (page.kind !== 'ok') return yield page;
		isExact &&= page.value.steady;
		const records = page.value.rows.filter((row) => valueIn(row, 'IsFolder') !== true).map((row): StreamRecord => ({ id: source.idOf(row), data: row }));
		const fresh = records.filter(({ id }) => !seen.has(id));
		for (const { id } of fresh) seen.add(id);
		yield ok({ records: fresh, cursor: page.value.next === null ? null : `skip ${page.value.next}`, exact: isExact });
	}
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
