import { fieldsOf } from '../kit';
import { totalsOf } from './clients';
import { Refusal } from './envelope';
import { listOf, numberOf, textOf } from './inputs';
import { journalOf } from './journal';
import type { BookingRecord, Client, Company } from './model';
import type { Sim } from './sim';
import { dateOf, readDate } from './time';
import { recordCost } from './views/record';

type State = Readonly<Record<string, unknown>>;
type Filter = (sim: Sim, company: Company, state: State) => (client: Client) => boolean;

/** The status filter of records counts differently from attendance: 1 no-show, 2 waiting, 3 came, 4 confirmed. */
const STATUS_ATTENDANCE: Readonly<Record<number, number>> = { 1: -1, 2: 0, 3: 1, 4: 2 };

const among = (state: State, value: (client: Client) => number): ((client: Client) => boolean) => {
	const wanted = [...listOf(state.value), ...(Array.isArray(state.value) ? [] : [state.value])].map(numberOf);
	return (client) => wanted.includes(value(client));
};

/** A range given as `from` and `to`; `from` without `to` or the other way round is open at that end. */
const within = (state: State): ((value: number) => boolean) => {
	const [from, to] = [numberOf(state.from) ?? -Infinity, numberOf(state.to) ?? Infinity];
	return (value) => value >= from && value <= to;
};

const FILTERS: Readonly<Record<string, Filter>> = {
	quick_search: (_sim, _company, state) => {
		const value = (textOf(state.value) ?? String(state.value ?? '')).toLowerCase();
		return (client) => [`${client.name} ${client.surname}`.toLowerCase(), `+${client.phone}`, ...client.extraPhones, client.card].some((text) => text.includes(value));
	},
	id: (_sim, _company, state) => among(state, ({ id }) => id),
	gender: (_sim, _company, state) => among(state, ({ sexId }) => sexId),
	importance: (_sim, _company, state) => among(state, ({ importanceId }) => importanceId),
	category: (_sim, _company, state) => {
		const wanted = listOf(state.value).map(numberOf);
		return ({ categories }) => categories.some((id) => wanted.includes(id));
	},
	sold_amount: (sim, _company, state) => {
		const inside = within(state);
		return (client) => inside(totalsOf(sim, client).sold);
	},
	birthday: (_sim, _company, state) => {
		const [from, to] = [readDate(state.from) ?? '', readDate(state.to) ?? '~'];
		return ({ birthDate }) => birthDate !== '' && birthDate >= from && birthDate <= to;
	},
	client: (_sim, _company, state) => {
		const ids = [...listOf(state.id), ...listOf(fieldsOf(state.id).value)].map(numberOf);
		return ({ id }) => ids.length === 0 || ids.includes(id);
	},
	record: (sim, company, state) => {
		const count = within(fieldsOf(state.records_count));
		const sold = within(fieldsOf(state.sold_amount));
		return (client) => {
			const records = (journalOf(sim).byClient.get(client.id) ?? []).filter((record) => !record.deleted && matchesRecord(company, state, record));
			return records.length > 0 && count(records.length) && sold(records.reduce((sum, record) => sum + recordCost(record), 0));
		};
	},
	sale: () => () => false,
};

function matchesRecord(company: Company, state: State, record: BookingRecord): boolean {
	const wanted = (name: string): readonly (number | undefined)[] => [...listOf(state[name]), ...listOf(fieldsOf(state[name]).value)].map(numberOf);
	const staff = wanted('staff');
	const services = wanted('service');
	const statuses = wanted('status').map((code) => STATUS_ATTENDANCE[code ?? 0]);
	const created = fieldsOf(state.created);
	const date = dateOf(company, record.createdAt);
	return (
		(staff.length === 0 || staff.includes(record.staffId)) &&
		(services.length === 0 || record.services.some(({ id }) => services.includes(id))) &&
		(statuses.length === 0 || statuses.includes(record.attendance)) &&
		date >= (readDate(created.from) ?? '') && date <= (readDate(created.to) ?? '~')
	);
}

/** Clients that the filters of clients/search leave. A body that is not of the documented shape filters nothing. */
export function filtered(sim: Sim, company: Company, clients: readonly Client[], body: Readonly<Record<string, unknown>>): readonly Client[] {
	const tests = listOf(body.filters).map(fieldsOf).filter(({ type }) => type !== undefined).map(({ type, state }) => {
		const filter = Object.hasOwn(FILTERS, String(type)) ? FILTERS[String(type)] : undefined;
		if (filter === undefined) throw new Refusal(400, sim.profile.texts.badRequest);
		return { test: filter(sim, company, fieldsOf(state)), range: ['sold_amount', 'birthday'].includes(String(type)) };
	});
	const kept = tests.filter(({ test, range }) => !range || sim.switches.emptyRange === 'empty' || clients.some(test));
	if (kept.length === 0) return clients;
	return body.operation === 'OR' ? clients.filter((client) => kept.some(({ test }) => test(client))) : clients.filter((client) => kept.every(({ test }) => test(client)));
}
