import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createBuiltinSalon } from '../../core/crm/builtin';
import { has } from '../shared/booking/locators';
import { connectBuiltin } from '../shared/crm-registry';
import { toNodeError, valueOf } from '../shared/errors';
import { now, salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';

const PAGE = 100;
/** Coming visits that a search looks through: all that one question to the CRM may return. */
const MOST = 500;

type Search = (context: Awaited<ReturnType<typeof openSearch>>, filter: string, token: string | undefined) => Promise<INodeListSearchResult>;

async function openSearch(functions: ILoadOptionsFunctions) {
	const opened = await openNodeStore(functions);
	const tenant = salonOf(functions.getCurrentNodeParameter('salonId') ?? 'demo');
	return { salon: createBuiltinSalon(opened.store, tenant, now), crm: connectBuiltin(tenant, opened).crm };
}

function listSearch(search: Search) {
	return async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		try {
			return await search(await openSearch(this), filter?.trim() ?? '', paginationToken);
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
}

/** Lists behind the selectors, by method name. */
export const LIST_SEARCH = {
	searchServices: listSearch(async ({ crm }, filter) => {
		const services = valueOf(await crm.services());
		return { results: services.filter(({ title }) => has(title, filter)).map(({ title, id, active }) => ({ name: active ? title : `${title} (archived)`, value: id })) };
	}),
	searchStaff: listSearch(async ({ crm }, filter) => {
		const staff = valueOf(await crm.staff());
		return { results: staff.filter(({ name }) => has(name, filter)).map(({ name, id, active }) => ({ name: active ? name : `${name} (archived)`, value: id })) };
	}),
	searchClients: listSearch(async ({ salon }, filter, token) => {
		const clients = valueOf(await salon.listClients({ search: filter, limit: PAGE, ...(token === undefined ? {} : { after: token }) }));
		const last = clients.length === PAGE ? clients[PAGE - 1]?.id : undefined;
		return { results: clients.map(({ id, name, phone }) => ({ name: [name, phone].filter(Boolean).join(' · ') || 'Erased client', value: id })), paginationToken: last };
	}),
	searchAppointments: listSearch(async ({ salon, crm }, filter) => {
		const visits = valueOf(await salon.listAppointments({ from: now(), limit: filter === '' ? PAGE : MOST }));
		const titles = new Map(valueOf(await crm.services()).map(({ id, title }) => [id, title]));
		const names = new Map<string, string>();
		for (const clientId of new Set(visits.map((visit) => visit.clientId))) names.set(clientId, valueOf(await salon.getClient(clientId)).name ?? 'erased client');
		const results = visits.map((visit) => {
			const services = visit.serviceIds.map((id) => titles.get(id) ?? id).join(', ');
			const words = [visit.start.slice(0, 16).replace('T', ' '), services, names.get(visit.clientId), visit.status];
			return { name: words.join(' · '), value: visit.id };
		});
		return { results: results.filter(({ name }) => has(name, filter)).slice(0, PAGE) };
	}),
};
