import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { createBuiltinSalon } from '../../core/crm/builtin';
import { connectCrm } from '../shared/crm-registry';
import { ParameterError, toNodeError, valueOf } from '../shared/errors';
import type { OperationContext } from '../shared/operation';
import { now, salonOf } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { textOf } from '../shared/fields';

const PAGE = 100;
/** Coming visits that a search looks through: all that one question to the CRM may return. */
const MOST = 500;

/** A selector of one record, by list or id. */
export function locator(name: string, displayName: string, search: string, options: { required?: boolean; description: string }): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: options.required ?? true,
		description: options.description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 3f2c8a1e-77aa-4b0c-9d55-0a4c1f9e2b6d' },
		],
	};
}

export const appointmentLocator = locator('appointmentId', 'Appointment', 'searchAppointments', { description: 'The appointment to work with' });
export const clientLocator = locator('clientId', 'Client', 'searchClients', { description: 'The client to work with' });
export const serviceLocator = locator('serviceId', 'Service', 'searchServices', { description: 'The service to work with' });
export const staffLocator = locator('staffId', 'Staff Member', 'searchStaff', { description: 'The staff member to work with' });
export const anyStaffLocator = locator('staffId', 'Staff Member', 'searchStaff', { required: false, description: 'Leave empty for any staff member' });

/** Id chosen in a locator. Throws {@link ParameterError} when none is. */
export function readLocator(parameters: OperationContext['parameters'], name: string, i: number): string {
	const id = readOptionalLocator(parameters, name, i);
	if (id === undefined) throw new ParameterError(`No record is chosen in "${name}"`, 'Choose one from the list, or enter its ID.');
	return id;
}

/** Id chosen in a locator, or undefined. */
export function readOptionalLocator(parameters: OperationContext['parameters'], name: string, i: number): string | undefined {
	const id = textOf(parameters.getNodeParameter(name, i, '', { extractValue: true }));
	return id === '' ? undefined : id;
}

type Search = (context: Awaited<ReturnType<typeof openSearch>>, filter: string, token: string | undefined) => Promise<INodeListSearchResult>;

async function openSearch(functions: ILoadOptionsFunctions) {
	const opened = await openNodeStore(functions);
	const tenant = salonOf(functions.getCurrentNodeParameter('salonId') ?? 'demo');
	return { salon: createBuiltinSalon(opened.store, tenant, now), crm: connectCrm('builtin', tenant, opened)?.crm };
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
		const services = crm === undefined ? [] : valueOf(await crm.services());
		return { results: services.filter(({ title }) => has(title, filter)).map(({ title, id, active }) => ({ name: active ? title : `${title} (archived)`, value: id })) };
	}),
	searchStaff: listSearch(async ({ crm }, filter) => {
		const staff = crm === undefined ? [] : valueOf(await crm.staff());
		return { results: staff.filter(({ name }) => has(name, filter)).map(({ name, id, active }) => ({ name: active ? name : `${name} (archived)`, value: id })) };
	}),
	searchClients: listSearch(async ({ salon }, filter, token) => {
		const clients = valueOf(await salon.listClients({ search: filter, limit: PAGE, ...(token === undefined ? {} : { after: token }) }));
		const last = clients.length === PAGE ? clients[PAGE - 1]?.id : undefined;
		return { results: clients.map(({ id, name, phone }) => ({ name: [name, phone].filter(Boolean).join(' · ') || 'Erased client', value: id })), paginationToken: last };
	}),
	searchAppointments: listSearch(async ({ salon, crm }, filter) => {
		const visits = valueOf(await salon.listAppointments({ from: now(), limit: filter === '' ? PAGE : MOST }));
		const titles = new Map((crm === undefined ? [] : valueOf(await crm.services())).map(({ id, title }) => [id, title]));
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

function has(text: string, filter: string): boolean {
	return text.toLowerCase().includes(filter.toLowerCase());
}
