import { type Answer, empty, momentOf, type Route } from '../../kit';
import { userRoute, type UserCall } from '../access';
import { Refusal, success } from '../envelope';
import { bodyOf, flagOf, numberOf, pageOf } from '../inputs';
import type { BookingRecord, Company } from '../model';
import { readJournal } from '../records';
import type { Sim } from '../sim';
import { dateOf, readDate } from '../time';
import { recordView } from '../views/record';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 300;

/** The journal of a branch. */
export function recordRoutes(sim: Sim): readonly Route[] {
	return [
		userRoute(sim, 'journal', 'GET', '/records/{c}', (call) => list(sim, call)),
		userRoute(sim, 'journal-create', 'POST', '/records/{c}', (call) => create(sim, call)),
		userRoute(sim, 'journal', 'GET', '/record/{c}/{record}', ({ company, request, user }) => {
			const record = recordOf(sim, company, request.params.record);
			if (record.deleted && sim.switches.deletedRead === '404') throw new Refusal(404, sim.profile.texts.notFound);
			return success(recordView(sim, company, user, record, extrasOf(request.query)));
		}),
		userRoute(sim, 'journal-edit', 'PUT', '/record/{c}/{record}', (call) => change(sim, call)),
		userRoute(sim, 'journal-delete', 'DELETE', '/record/{c}/{record}', ({ company, request }) => {
			const record = recordOf(sim, company, request.params.record);
			if (record.deleted) {
				if (sim.switches.repeatDelete === '204') return empty(204);
				throw new Refusal(404, sim.profile.texts.notFound);
			}
			deleteRecord(sim, record);
			return empty(204);
		}),
	];
}

/** Deletes a record as the journal does: a cancellation has no other form. */
export function deleteRecord(sim: Sim, record: BookingRecord): void {
	record.deleted = true;
	record.changedAt = sim.clock.now();
	sim.state.changed(record.companyId, 'record', record.id, 'delete');
}

function create(sim: Sim, { company, request, user }: UserCall): Answer {
	const { staff, clientId, services, start, seanceLength, breakSeconds, rest } = readJournal(sim, company, bodyOf(sim, request), null);
	const record = sim.state.addRecord({
		companyId: company.id, staffId: staff.id, clientId, services, start, seanceLength, breakSeconds, confirmed: 1, online: false, createdUserId: user.id, createdAt: sim.clock.now(), ...rest,
	});
	const view = recordView(sim, company, user, record);
	return success(sim.switches.recordsPostShape === 'array' ? [view] : view, [], 201);
}

function change(sim: Sim, { company, request, user }: UserCall): Answer {
	const record = recordOf(sim, company, request.params.record);
	if (record.deleted) throw new Refusal(404, sim.profile.texts.notFound);
	const { staff, clientId, services, start, seanceLength, breakSeconds, rest } = readJournal(sim, company, bodyOf(sim, request), record);
	Object.assign(record, { staffId: staff.id, clientId, services, start, seanceLength, breakSeconds, ...rest, changedAt: sim.clock.now() });
	sim.state.changed(company.id, 'record', record.id, 'update');
	return success(recordView(sim, company, user, record), [], Number(sim.switches.recordPutStatus));
}

function recordOf({ state, profile }: Sim, company: Company, id: string | undefined): BookingRecord {
	const record = state.records.get(Number(id));
	if (record?.companyId !== company.id) throw new Refusal(404, profile.texts.notFound);
	return record;
}

function extrasOf(query: URLSearchParams): { readonly consumables: boolean; readonly payments: boolean } {
	return { consumables: flagOf(query.get('include_consumables')), payments: flagOf(query.get('include_finance_transactions')) };
}

function list(sim: Sim, { company, request: { query }, user }: UserCall): Answer {
	const { switches } = sim;
	const asked = numberOf(query.get('count')) ?? DEFAULT_COUNT;
	const count = asked <= MAX_COUNT ? Math.max(1, asked) : Number(switches.recordsOverCap);
	const isChanged = changedWithin(sim, company, query);
	const found = [...sim.state.records.values()].filter((record) => record.companyId === company.id && isChanged(record.changedAt) && wanted(sim, company, query, record));
	found.sort((a, b) => (switches.recordsOrder === 'id' ? a.id - b.id : b.start - a.start || b.id - a.id));
	const page = Math.max(1, numberOf(query.get('page')) ?? 1);
	const records = pageOf(found, page, count).map((record) => recordView(sim, company, user, record, extrasOf(query)));
	return success(records, { page, total_count: found.length });
}

const DATE_FILTERS = ['start_date', 'end_date', 'c_start_date', 'c_end_date', 'changed_after', 'changed_before'];

function wanted(sim: Sim, company: Company, query: URLSearchParams, record: BookingRecord): boolean {
	const withDeleted = flagOf(query.get('with_deleted')) && sim.switches.withDeleted === 'honoured';
	if (record.deleted && !withDeleted) return false;
	const numbers: readonly [string, number | null][] = [['staff_id', record.staffId], ['client_id', record.clientId], ['created_user_id', record.createdUserId]];
	for (const [name, value] of numbers) {
		const asked = numberOf(query.get(name));
		if (asked !== undefined && asked !== 0 && asked !== value) return false;
	}
	const isToday = (): boolean => dateOf(company, record.start) === dateOf(company, sim.clock.now());
	if (!DATE_FILTERS.some((name) => query.has(name)) && sim.switches.recordsWithoutDates === 'today' && !isToday()) return false;
	return inDates(company, record.start, query.get('start_date'), query.get('end_date')) && inDates(company, record.createdAt, query.get('c_start_date'), query.get('c_end_date'));
}

/** Both ends included; what is no date filters nothing. */
function inDates(company: Company, moment: number, from: string | null, to: string | null): boolean {
	const [first, last] = [readDate(from), readDate(to)];
	if (first === null && last === null) return true;
	const date = dateOf(company, moment);
	return (first === null || date >= first) && (last === null || date <= last);
}

/** Whether a change is within `changed_after` and `changed_before`, in the zone the switch names. */
export function changedWithin({ switches }: Sim, { zone }: Company, query: URLSearchParams): (changedAt: number) => boolean {
	if (switches.changedAfter === 'ignored') return () => true;
	const zones = { branch: zone, utc: 'UTC', moscow: 'Europe/Moscow' };
	const read = (name: string): number | null => momentOf((query.get(name) ?? '').replace(' ', 'T').slice(0, 19), zones[switches.changedAfterZone]);
	const [after, before] = [read('changed_after'), read('changed_before')];
	return (changedAt) => (after === null || changedAt >= after) && (before === null || changedAt <= before);
}
