import { type Answer, type Route } from '../../kit';
import { userRoute, type UserCall } from '../access';
import { clientById, clientByPhone } from '../clients';
import { success } from '../envelope';
import { bodyOf, demand, listOf, numberOf, textOf } from '../inputs';
import { journalOf } from '../journal';
import type { BookingRecord, Client, Company, GoodsTransaction } from '../model';
import type { Sim } from '../sim';
import { dateOf, naive, readDate } from '../time';

const PAGE = 25;
const KEYS = ['client_id', 'client_phone', 'from', 'to', 'payment_statuses', 'attendance'];

interface Entry {
	readonly date: string;
	readonly at: number;
	readonly record?: BookingRecord;
	readonly goods?: GoodsTransaction;
}

/** One client's visits and goods, newest first, by a cursor of dates. */
export function clientVisitRoutes(sim: Sim): readonly Route[] {
	return [userRoute(sim, 'clients', 'POST', '/company/{c}/clients/visits/search', (call) => search(sim, call))];
}

function search(sim: Sim, { company, request }: UserCall): Answer {
	const body = bodyOf(sim, request);
	demand(sim, Object.fromEntries(KEYS.filter((key) => !(key in body)).map((key) => [key, sim.profile.texts.required])));
	const client = body.client_id === null ? clientByPhone(sim, company, body.client_phone) : clientById(sim, company, body.client_id);
	const entries = client === undefined ? [] : entriesOf(sim, company, client, body);
	const [from, to] = [readDate(body.from), readDate(body.to)];
	const inside = entries.filter(({ date }) => (from === null || date >= from) && (to === null || date <= to));
	const page = cut(inside);
	const oldest = page.at(-1)?.date;
	// The cursor of the next page ignores the lower bound: it is the cursor of this one.
	const next = oldest === undefined ? [] : cut(entries.filter(({ date }) => date < oldest));
	return success(
		{
			goods_transactions: page.flatMap(({ goods }) => (goods === undefined ? [] : [goodsView(sim, company, goods)])),
			records: page.flatMap(({ record }) => (record === undefined ? [] : [recordEntry(sim, company, record)])),
		},
		{ dateCursor: { previous: null, current: cursorOf(page), next: cursorOf(next) } },
	);
}

/** 25 entries, and as many more as share the last date. */
function cut(entries: readonly Entry[]): readonly Entry[] {
	const last = entries[PAGE - 1]?.date;
	return last === undefined ? entries : entries.filter(({ date }, index) => index < PAGE || date === last);
}

function cursorOf(page: readonly Entry[]): unknown {
	const [newest, oldest] = [page[0], page.at(-1)];
	return newest === undefined || oldest === undefined ? null : { from: oldest.date, to: newest.date, count: page.length };
}

function entriesOf(sim: Sim, company: Company, client: Client, body: Readonly<Record<string, unknown>>): readonly Entry[] {
	const journal = journalOf(sim);
	const attendance = numberOf(body.attendance);
	const statuses = listOf(body.payment_statuses).map(textOf);
	const paid = (recordId: number): string => ([...sim.state.payments.values()].some((payment) => payment.recordId === recordId && !payment.deleted) ? 'paid_full' : 'not_paid');
	const records = (journal.byClient.get(client.id) ?? []).filter((record) =>
		!record.deleted && (attendance === undefined || record.attendance === attendance) && (statuses.length === 0 || statuses.includes(paid(record.id))));
	const goods = (journal.goodsByClient.get(client.id) ?? []).filter(({ typeId }) => typeId === 1 && attendance === undefined && (statuses.length === 0 || statuses.includes('paid_full')));
	const entries: Entry[] = [
		...records.map((record) => ({ date: dateOf(company, record.start), at: record.start, record })),
		...goods.map((one) => ({ date: dateOf(company, one.createdAt), at: one.createdAt, goods: one })),
	];
	return entries.sort((a, b) => b.at - a.at);
}

function recordEntry({ state }: Sim, company: Company, record: BookingRecord): unknown {
	const status = record.attendance === 1 ? 'paid_full' : 'not_paid';
	return {
		id: record.id, comment: record.comment, date: naive(company, record.start), visit_id: record.visitId, attendance: record.attendance,
		services: record.services.map(({ id, title, firstCost, discount, cost }) => ({
			id, title, first_cost: firstCost, discount_percent: discount, cost_to_pay: cost, paid_sum: status === 'paid_full' ? cost : 0, payment_status: status, consumables: [],
		})),
		staff: { id: record.staffId, name: state.staff.get(record.staffId)?.name ?? '' }, company: { id: company.id, title: company.title }, tips: { has_tips: false, sum: null }, comer: null,
	};
}

/** Quantities and first cost of a sale are negative, what is to pay is positive. */
function goodsView({ state }: Sim, company: Company, { id, comment, createdAt, visitId, recordId, good, amount, costPerUnit, cost, staffId }: GoodsTransaction): unknown {
	const staff = state.staff.get(staffId ?? 0);
	return {
		id, comment, date: naive(company, createdAt), visit_id: visitId, record_id: recordId,
		goods: [{ id: good.id, title: good.title, amount, unit: 'шт.', cost_per_unit: costPerUnit, first_cost: costPerUnit * amount, discount_percent: 0, cost_to_pay: cost, paid_sum: cost, payment_status: 'paid_full' }],
		staff: staff === undefined ? [] : { id: staff.id, name: staff.name, company_id: company.id, specialization: staff.specialization, avatar: '', avatar_big: '', position: staff.position ?? [] },
		company: { id: company.id, title: company.title },
	};
}
