import { type Answer, empty, fieldsOf, type Route } from '../../kit';
import { userRoute, type UserCall } from '../access';
import { clientByPhone, clientById, clientsOf } from '../clients';
import { Refusal, success } from '../envelope';
import { bodyOf, demand, digitsOf, isPhone, listOf, numberOf, pageOf, textOf } from '../inputs';
import type { Client, Company } from '../model';
import { filtered } from '../search-filters';
import type { Sim } from '../sim';
import { clientView, SEARCH_FIELDS, type SearchField, searchView } from '../views/client';
import { changedWithin } from './records';

const MAX_PAGE_SIZE = 200;
const LEGACY_DEFAULT = 20;
const FIVE_FIELDS: readonly SearchField[] = ['id', 'name', 'phone', 'email', 'discount'];

/** Client cards: search, the older list, and writing. */
export function clientRoutes(sim: Sim): readonly Route[] {
	return [
		userRoute(sim, 'clients', 'POST', '/company/{c}/clients/search', (call) => search(sim, call)),
		userRoute(sim, 'clients', 'GET', '/clients/{c}', (call) => legacyList(sim, call)),
		userRoute(sim, 'clients-edit', 'POST', '/clients/{c}', ({ company, request, user }) => success(clientView(sim, company, user, create(sim, company, bodyOf(sim, request))), [], 201)),
		userRoute(sim, 'clients-edit', 'POST', '/clients/{c}/bulk', (call) => createMany(sim, call)),
		userRoute(sim, 'clients', 'GET', '/client/{c}/{client}', ({ company, request, user }) => success(clientView(sim, company, user, clientById(sim, company, request.params.client)))),
		userRoute(sim, 'clients-edit', 'PUT', '/client/{c}/{client}', ({ company, request, user }) => {
			const client = clientById(sim, company, request.params.client);
			change(sim, company, client, bodyOf(sim, request));
			return success(clientView(sim, company, user, client));
		}),
		userRoute(sim, 'clients-edit', 'DELETE', '/client/{c}/{client}', ({ company, request }) => {
			const { id } = clientById(sim, company, request.params.client);
			sim.state.clients.delete(id);
			sim.state.changed(company.id, 'client', id, 'delete');
			return empty(204);
		}),
	];
}

function search(sim: Sim, { company, request, user }: UserCall): Answer {
	const { profile: { texts }, switches } = sim;
	if (!company.licensed) throw new Refusal(402, texts.licence);
	const body = bodyOf(sim, request);
	const asked = listOf(body.fields).map(String);
	const isKnown = (field: string): field is SearchField => (SEARCH_FIELDS as readonly string[]).includes(field);
	if (!asked.every(isKnown) || (body.order_by !== undefined && !isKnown(String(body.order_by)))) throw new Refusal(400, texts.badRequest);
	const fields = switches.searchFields === 'five-only' ? FIVE_FIELDS : asked.length === 0 ? (['id'] as const) : asked.filter(isKnown);
	const found = filtered(sim, company, clientsOf(sim, company), body);
	const order = isKnown(String(body.order_by)) ? (String(body.order_by) as SearchField) : 'id';
	const direction = body.order_by_direction === 'DESC' ? -1 : 1;
	const size = Math.min(MAX_PAGE_SIZE, Math.max(1, numberOf(body.page_size) ?? 25));
	const view = (client: Client): ReturnType<typeof searchView> => searchView(sim, company, user, client);
	// what every card is ordered by has to be made for every card; ids are there
	const hits = order === 'id' ? pageOf([...found].sort((a, b) => direction * (a.id - b.id)), body.page, size).map(view) : pageOf(found.map(view).sort((a, b) => direction * (a[order] < b[order] ? -1 : a[order] > b[order] ? 1 : Number(a.id) - Number(b.id))), body.page, size);
	return success(hits.map((hit) => Object.fromEntries(fields.map((field) => [field, hit[field]]))), { total_count: found.length });
}

/** The deprecated list: substring filters and, alone among client lists, change dates. */
function legacyList(sim: Sim, { company, request: { query }, user }: UserCall): Answer {
	const contains = (name: string, text: string): boolean => text.toLowerCase().includes((query.get(name) ?? '').toLowerCase());
	const ids = [...query.getAll('id'), ...query.getAll('id[]')].map(Number);
	const isChanged = changedWithin(sim, company, query);
	const clients = clientsOf(sim, company).filter((client) =>
		contains('phone', `+${client.phone}`) && contains('fullname', `${client.name} ${client.surname}`) && contains('email', client.email) && contains('card', client.card) &&
		(ids.length === 0 || ids.includes(client.id)) && isChanged(client.changedAt) &&
		// `paid_min` without `paid_max` finds nobody
		(!query.has('paid_min') || query.has('paid_max')));
	const asked = numberOf(query.get('count')) ?? LEGACY_DEFAULT;
	const count = asked > MAX_PAGE_SIZE ? LEGACY_DEFAULT : Math.max(1, asked);
	return success(pageOf(clients, query.get('page'), count).map((client) => clientView(sim, company, user, client)), { total_count: clients.length });
}

function checked(sim: Sim, body: Readonly<Record<string, unknown>>): { readonly name: string; readonly phone: string } {
	const { texts } = sim.profile;
	const name = textOf(body.name)?.trim() ?? '';
	demand(sim, {
		...(name === '' ? { name: texts.required } : {}),
		...(body.phone === undefined || body.phone === '' ? { phone: texts.required } : isPhone(body.phone) ? {} : { phone: texts.badPhone }),
	});
	return { name, phone: digitsOf(body.phone) };
}

function create(sim: Sim, company: Company, body: Readonly<Record<string, unknown>>): Client {
	const required = checked(sim, body);
	if (sim.switches.duplicateClient !== 'creates-second' && clientByPhone(sim, company, required.phone) !== undefined) {
		throw new Refusal(Number(sim.switches.duplicateClient), sim.profile.texts.duplicateClient, { errors: { phone: [sim.profile.texts.duplicateClient] } });
	}
	return sim.state.addClient(company.id, { ...required, ...optional(body, {}) }, sim.clock.now());
}

/** Each card on its own: what is refused stands beside what was made. */
function createMany(sim: Sim, { company, request, user }: UserCall): Answer {
	if (!Array.isArray(request.json)) throw new Refusal(400, sim.profile.texts.badRequest);
	const created: unknown[] = [];
	const errors: unknown[] = [];
	for (const [index, element] of request.json.entries()) {
		try {
			created.push(clientView(sim, company, user, create(sim, company, fieldsOf(element))));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			errors.push({ index, message: error.message, errors: error.details.errors ?? {} });
		}
	}
	return success({ created, errors }, [], 201);
}

function change(sim: Sim, company: Company, client: Client, body: Readonly<Record<string, unknown>>): void {
	const required = checked(sim, body);
	const blank: Partial<Client> = { surname: '', patronymic: '', email: '', card: '', sexId: 0, importanceId: 0, discount: 0, birthDate: '', comment: '', categories: [], customFields: {} };
	Object.assign(client, required, optional(body, sim.switches.clientPut === 'clears' ? blank : {}), { changedAt: sim.clock.now() });
	sim.state.changed(company.id, 'client', client.id, 'update');
}

/** Fields that may be left out; then `rest` decides. */
function optional(body: Readonly<Record<string, unknown>>, rest: Partial<Client>): Partial<Client> {
	const texts = { surname: body.surname, patronymic: body.patronymic, email: body.email, card: body.card, birthDate: body.birth_date, comment: body.comment };
	const numbers = { sexId: body.sex_id, importanceId: body.importance_id, discount: body.discount };
	const labels = body.labels ?? body.categories;
	return {
		...rest,
		...Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === 'string')),
		...Object.fromEntries(Object.entries(numbers).flatMap(([name, value]) => (numberOf(value) === undefined ? [] : [[name, numberOf(value)]]))),
		...(labels === undefined ? {} : { categories: listOf(labels).flatMap((id) => numberOf(id) ?? []) }),
		...(body.custom_fields === undefined ? {} : { customFields: { ...fieldsOf(body.custom_fields) } }),
	};
}
