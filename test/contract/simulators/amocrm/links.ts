import { empty, fieldsOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { rowsOf } from './batch';
import { hal, invalid, missing, selfLink, type FieldError } from './envelope';
import type { ElementLink, Lead } from './model';
import { listOf, readPhp } from './php';
import type { Parts } from './parts';

type Row = Readonly<Record<string, unknown>>;

/** `/leads/{id}/link`, `/unlink`, `/links`: contacts, companies and elements of a catalogue. */
export function linkRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	const withLead = (request: SimRequest, work: (lead: Lead) => Answer): Answer => {
		const lead = world.leads.get(Number(request.params.id));
		return lead === undefined || lead.is_deleted ? missing(world) : work(lead);
	};
	return [
		route('POST', '/api/v4/leads/{id}/link', (request) => withLead(request, (lead) => link(parts, request, lead))),
		route('POST', '/api/v4/leads/{id}/unlink', (request) => withLead(request, (lead) => unlink(parts, request, lead))),
		route('GET', '/api/v4/leads/{id}/links', (request) => withLead(request, (lead) => show(parts, request, lead))),
	];
}

function link(parts: Parts, request: SimRequest, lead: Lead): Answer {
	const { world } = parts;
	const rows = rowsOf(world, request);
	if ('status' in rows) return rows;
	const errors = rows.flatMap((row) => check(parts, row));
	if (errors.length > 0) return invalid(world.brand, [{ request_id: '0', errors }]);
	for (const row of rows) attach(parts, lead, row);
	if (world.switches.linkTouchesParent === 'yes') lead.updated_at = world.now();
	const asked = rows.map((row) => Number(row.to_entity_id));
	return hal(200, { _links: selfLink(request, `leads/${lead.id}/links`), _embedded: { links: linksOf(parts, lead).filter((one) => asked.includes(one.to_entity_id)) } });
}

function check({ world }: Parts, row: Row): readonly FieldError[] {
	const { to_entity_id: id, to_entity_type: type } = row;
	const homes: Readonly<Record<string, ReadonlyMap<number, unknown>>> = { contacts: world.contacts, companies: world.companies, catalog_elements: world.elements };
	const home = typeof type === 'string' ? homes[type] : undefined;
	if (home === undefined) return [{ code: 'NotSupportedChoice', path: 'to_entity_type', detail: 'The value you selected is not a valid choice.' }];
	if (typeof id !== 'number' || !home.has(id)) return [{ code: 'NotSupportedChoice', path: 'to_entity_id', detail: 'Entity not found' }];
	const catalog = fieldsOf(row.metadata).catalog_id;
	const element = world.elements.get(id);
	if (type === 'catalog_elements' && element?.catalog_id !== catalog) return [{ code: 'FieldMissing', path: 'metadata.catalog_id', detail: 'This field is missing.' }];
	return [];
}

function attach({ world }: Parts, lead: Lead, row: Row): void {
	const id = Number(row.to_entity_id);
	const { quantity, price_id: price, is_main: main, catalog_id: catalog } = fieldsOf(row.metadata);
	if (row.to_entity_type === 'companies') lead.companies = [id];
	if (row.to_entity_type === 'contacts') lead.contacts = [...lead.contacts.filter((one) => one.id !== id), { id, is_main: main === true || lead.contacts.length === 0 }];
	if (row.to_entity_type !== 'catalog_elements') return;
	const metadata = { quantity: typeof quantity === 'number' ? quantity : 1, catalog_id: Number(catalog), price_id: typeof price === 'number' ? price : null };
	const kept = world.links.filter((one) => one.entity_id !== lead.id || one.to_entity_id !== id);
	world.links = [...kept, { entity_id: lead.id, entity_type: 'leads', to_entity_id: id, to_entity_type: 'catalog_elements', metadata }];
}

function unlink({ world }: Parts, request: SimRequest, lead: Lead): Answer {
	const rows = rowsOf(world, request);
	if ('status' in rows) return rows;
	for (const { to_entity_id: id, to_entity_type: type } of rows) {
		if (type === 'contacts') lead.contacts = lead.contacts.filter((one) => one.id !== id);
		if (type === 'companies') lead.companies = lead.companies.filter((one) => one !== id);
		if (type === 'catalog_elements') world.links = world.links.filter((one) => one.entity_id !== lead.id || one.to_entity_id !== id);
	}
	if (world.switches.linkTouchesParent === 'yes') lead.updated_at = world.now();
	return empty(204);
}

function show(parts: Parts, request: SimRequest, lead: Lead): Answer {
	const { filter } = readPhp(request.query);
	const asked = (key: string): readonly string[] => (typeof filter === 'object' ? listOf(filter[key]) : []);
	const passes = (key: string, value: unknown): boolean => asked(key).length === 0 || asked(key).includes(String(value));
	const links = linksOf(parts, lead).filter((one) => passes('to_entity_id', one.to_entity_id) && passes('to_entity_type', one.to_entity_type));
	return hal(200, { _links: selfLink(request, `leads/${lead.id}/links`), _embedded: { links } });
}

type ShownLink = Omit<ElementLink, 'to_entity_type' | 'metadata'> & { readonly to_entity_type: string; readonly metadata: unknown };

function linksOf({ world }: Parts, lead: Lead): readonly ShownLink[] {
	const from = { entity_id: lead.id, entity_type: 'leads' as const };
	return [
		...lead.contacts.map(({ id, is_main: main }) => ({ ...from, to_entity_id: id, to_entity_type: 'contacts', metadata: { main_contact: main } })),
		...lead.companies.map((id) => ({ ...from, to_entity_id: id, to_entity_type: 'companies', metadata: null })),
		...world.links.filter((one) => one.entity_id === lead.id),
	];
}
