import { type Appointment, type AppointmentQuery, type Outcome, ok, refused, unavailable } from '../../booking';
import { dateOf, minuteOf, zoneClock } from '../../calendar';
import { inputs, type Query } from '../http';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { appointmentOf, startOf } from './mapping';
import type { RecordWire } from './wire';

const PAGE_SIZE = 200;
const MOST_PAGES = 50;
/** How far back a visit that can no longer be read is looked for among the deleted ones. */
const DELETED_DAYS = 30;

/** Visits that begin in the window, by start; blocked time is nobody's visit. */
export async function appointments(context: Context, query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
	const parsed = inputs.parseInput(inputs.APPOINTMENT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { clientId, staffId, from, to, includeCancelled } = parsed.value;
	if ((clientId !== undefined && !isWireId(clientId)) || (staffId !== undefined && !isWireId(staffId))) return ok([]);
	const branch = await context.facts.branch(context);
	if (branch.kind !== 'ok') return branch;
	const { locale } = branch.value;
	const clock = zoneClock(locale.zone);
	const [first, last] = [minuteOf(from, 'up'), minuteOf(to, 'up')];
	const records = await readRecords(context, {
		start_date: dateOf(clock.wall(first).day),
		end_date: dateOf(clock.wall(last).day),
		staff_id: staffId,
		client_id: clientId,
		with_deleted: includeCancelled ? 1 : 0,
	});
	if (records.kind !== 'ok') return records;
	const visits = records.value
		.filter((wire) => {
			const start = startOf(wire, locale.zone);
			// a filter the vendor did not understand must not turn a stranger's visit into the client's
			const isAsked = (staffId === undefined || wire.staff_id === staffId) && (clientId === undefined || wire.client?.id === clientId);
			return isAsked && start >= first && start < last && (includeCancelled || !wire.deleted);
		})
		.map((wire) => appointmentOf(wire, locale, context.count))
		.filter((visit): visit is Appointment => visit !== null);
	return ok(visits.sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.id < b.id ? -1 : 1)));
}

/** All records of a query, each once. Fewer than the vendor's own count is no answer. */
export async function readRecords({ transport, companyId }: Pick<Context, 'transport' | 'companyId'>, query: Query): Promise<Outcome<readonly RecordWire[]>> {
	const found = new Map<string, RecordWire>();
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const answer = await transport.read(calls.records(companyId, { ...query, page, count: PAGE_SIZE }));
		if (answer.kind !== 'ok') return answer;
		const { items, total } = answer.value;
		const before = found.size;
		for (const item of items) found.set(item.id, item);
		// the vendor may give fewer a page than asked for; a page of nothing new is the end
		const isEnd = items.length === 0 || found.size === before || (total !== null && found.size >= total && items.length < PAGE_SIZE);
		if (!isEnd) continue;
		const isWhole = total === null || found.size >= total;
		return isWhole ? ok([...found.values()]) : unavailable('The CRM gave fewer records than it counted.');
	}
	return refused('invalid_request', 'The window holds too many records; ask for a shorter one.');
}

/** One record as the vendor holds it. Blocked time of nobody is `not_found` like a record that is not. */
export async function readRecord(context: Context, id: string): Promise<Outcome<RecordWire>> {
	if (!isWireId(id)) return NO_VISIT;
	const answer = await context.transport.read(calls.record(context.companyId, id));
	if (answer.kind !== 'ok') return answer;
	if (answer.value.id !== id) return unavailable(`${context.brand.vendor} answered about another record.`);
	return answer.value.client === null ? NO_VISIT : answer;
}

/** One visit by its id; a cancelled one where the vendor still shows it. */
export async function appointment(context: Context, id: string): Promise<Outcome<Appointment>> {
	const branch = await context.facts.branch(context);
	if (branch.kind !== 'ok') return branch;
	const record = await readRecord(context, id);
	if (record.kind !== 'ok') return record;
	const visit = appointmentOf(record.value, branch.value.locale, context.count);
	return visit === null ? NO_VISIT : ok(visit);
}

/** A record for a change: one that is deleted is refused as cancelled, also where the vendor no longer shows it. */
export async function readLive(context: Context, id: string): Promise<Outcome<RecordWire>> {
	const record = await readRecord(context, id);
	if (record.kind === 'ok') return record.value.deleted ? CANCELLED : record;
	if (record.kind !== 'refused' || record.reason !== 'not_found' || !isWireId(id)) return record;
	const branch = await context.facts.branch(context);
	if (branch.kind !== 'ok') return branch;
	const since = minuteOf(context.clock()) - DELETED_DAYS * 1440;
	const date = dateOf(zoneClock(branch.value.locale.zone).wall(since).day);
	const changed = await readRecords(context, { changed_after: `${date}T00:00:00`, with_deleted: 1 });
	if (changed.kind !== 'ok') return changed;
	return changed.value.some((wire) => wire.id === id && wire.deleted) ? CANCELLED : NO_VISIT;
}

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');
const CANCELLED = refused('already_cancelled', 'The visit is cancelled already; book a new one.');
