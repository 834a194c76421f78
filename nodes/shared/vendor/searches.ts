import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { ok, type Client, type Outcome } from '../../../core/booking';
import { has } from '../booking/locators';
import { toNodeError, valueOf } from '../errors';
import { now } from '../salon';
import { openAccount, openingOf, type ReadSetting } from './account';
import type { CrmVendor, VendorAccount } from './vendor';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;
type Find = (account: VendorAccount, filter: string) => Promise<readonly INodeListSearchItems[]>;

const DAYS_AHEAD = 30;
const MOST = 100;
/** Fewer digits are no phone to look a client up by. */
const PHONE_DIGITS = 7;

const COMMON: Readonly<Record<string, Find>> = {
	searchServices: async ({ crm }, filter) =>
		valueOf(await crm.services())
			.filter(({ title }) => has(title, filter))
			.map(({ title, id, active }) => ({ name: active ? title : `${title} (archived)`, value: id })),
	searchStaff: async ({ crm }, filter) =>
		valueOf(await crm.staff())
			.filter(({ name }) => has(name, filter))
			.map(({ name, id, active }) => ({ name: active ? name : `${name} (archived)`, value: id })),
	searchClients: async (account, filter) =>
		valueOf(await clientsOf(account, filter)).map(({ id, name, phone }) => ({ name: [name, phone].filter(Boolean).join(' · ') || id, value: id })),
	async searchAppointments({ crm }, filter) {
		const from = now();
		const to = new Date(Date.parse(from) + DAYS_AHEAD * 86_400_000).toISOString();
		const [visits, services, staff] = [valueOf(await crm.appointments({ from, to })), valueOf(await crm.services()), valueOf(await crm.staff())];
		const titles = new Map(services.map(({ id, title }) => [id, title]));
		const names = new Map(staff.map(({ id, name }) => [id, name]));
		return visits
			.map((visit) => {
				const what = visit.serviceIds.map((id) => titles.get(id) ?? id).join(', ');
				const words = [visit.start.slice(0, 16).replace('T', ' '), what, names.get(visit.staffId) ?? visit.staffId, visit.status];
				return { name: words.join(' · '), value: visit.id };
			})
			.filter(({ name }) => has(name, filter))
			.slice(0, MOST);
	},
};

/** A list that nothing was typed for is not asked: it would be the whole client base. */
async function clientsOf({ crm, findClients }: VendorAccount, filter: string): Promise<Outcome<readonly Client[]>> {
	if (findClients !== undefined) return findClients(filter);
	return filter.replace(/\D/g, '').length < PHONE_DIGITS ? ok([]) : crm.findClient(filter);
}

/** All lists behind the selectors of a vendor's node. */
export function vendorSearches<A extends VendorAccount>(vendor: CrmVendor<A>): Record<string, ListSearch> {
	return { ...Object.fromEntries(Object.entries(COMMON).map(([name, find]) => [name, accountSearch(vendor, find)])), ...settingSearches(vendor) };
}

/** The lists behind the vendor's settings alone: what its trigger and Booking CRM need. */
export function settingSearches(vendor: CrmVendor): Record<string, ListSearch> {
	const searches = Object.entries(vendor.searches ?? {});
	return Object.fromEntries(
		searches.map(([name, search]) => [name, listSearch(async (functions, filter, token) => search(await openingOf(vendor, functions, settingReader(functions), { lane: 'dialogue' }), filter, token))]),
	);
}

function accountSearch<A extends VendorAccount>(vendor: CrmVendor<A>, find: Find): ListSearch {
	return listSearch(async (functions, filter) => ({ results: [...(await find(await openAccount(vendor, functions, settingReader(functions), { lane: 'dialogue' }), filter))] }));
}

function listSearch(search: (functions: ILoadOptionsFunctions, filter: string, token: string | undefined) => Promise<INodeListSearchResult>): ListSearch {
	return async function (this, filter, token) {
		try {
			return await search(this, filter?.trim() ?? '', token);
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
}

/** n8n looks an extracted value's parameter up in the panel as it is saved, where one just shown may be missing yet. */
function settingReader(functions: ILoadOptionsFunctions): ReadSetting {
	return (name) => {
		const value: unknown = functions.getCurrentNodeParameter(name);
		if (typeof value !== 'object' || value === null || !('mode' in value) || !('value' in value)) return value;
		return value.mode === 'url' ? functions.getCurrentNodeParameter(name, { extractValue: true }) : value.value;
	};
}
