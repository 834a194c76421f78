import { fieldsOf, type Route, route, type SimRequest } from '../kit';
import { requestIdOf, rowsOf, type Prepare } from './batch';
import { prepareCompany } from './companies';
import { prepareContact } from './contacts';
import { hal, invalid, selfLink, type FieldError, type RowErrors } from './envelope';
import { changeLead, prepareLead } from './lead-rows';
import type { Contact, Lead, StoredValue } from './model';
import type { Parts } from './parts';
import { LOST, WON } from './world';

const MAX_LEADS = 50;
const MAX_VALUES = 40;

/** `POST /leads/complex`: lead, contact and company in one call, and the only one that looks for duplicates. */
export function complexRoutes(parts: Parts): readonly Route[] {
	return [route('POST', '/api/v4/leads/complex', (request) => complex(parts, request))];
}

function complex(parts: Parts, request: SimRequest): ReturnType<typeof hal> {
	const { world } = parts;
	const rows = rowsOf(world, request, MAX_LEADS);
	if ('status' in rows) return rows;
	const prepared = rows.map((row) => prepare(parts, row));
	const broken: RowErrors[] = prepared.flatMap((one, index) => ('errors' in one ? [{ request_id: requestIdOf(rows[index], index), errors: one.errors }] : []));
	if (broken.length > 0) return invalid(world.brand, broken);
	const written = prepared.map((one, index) => ({ ...('commit' in one ? one.commit() : {}), request_id: [requestIdOf(rows[index], index)] }));
	return hal(200, world.switches.complexAnswer === 'array' ? written : { _links: selfLink(request, 'leads/complex'), _embedded: { leads: written } });
}

function prepare(parts: Parts, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> {
	const embedded = fieldsOf(row._embedded);
	const [contactRow, companyRow] = [firstOf(embedded.contacts), firstOf(embedded.companies)];
	const contact = contactRow === null ? null : known(parts.world.contacts, contactRow) ?? prepareContact(parts, contactRow);
	const company = companyRow === null ? null : known(parts.world.companies, companyRow) ?? prepareCompany(parts, companyRow);
	let contactId: number | null = null;
	const lead = prepareLead(parts, { ...row, _embedded: {} }, () => (contactId === null ? [] : [{ id: contactId, is_main: true }]));
	const errors: FieldError[] = [
		...tooMany(row, embedded),
		...('errors' in lead ? lead.errors : []),
		...(contact !== null && 'errors' in contact ? contact.errors : []),
		...(company !== null && 'errors' in company ? company.errors : []),
	];
	if (errors.length > 0) return { errors };
	return {
		commit: () => {
			const twin = contactRow === null ? undefined : twinOf(parts, contactRow);
			contactId = twin?.id ?? idOf(contact);
			const open = twin === undefined ? undefined : openLead(parts, twin);
			const companyId = idOf(company);
			const result = open === undefined ? ('commit' in lead ? lead.commit() : {}) : merge(parts, open, row);
			const made = parts.world.leads.get(Number(result.id));
			if (made !== undefined && companyId !== null) made.companies = [companyId];
			return { id: result.id, contact_id: contactId, company_id: companyId, merged: twin !== undefined };
		},
	};
}

function tooMany(row: Readonly<Record<string, unknown>>, embedded: Readonly<Record<string, unknown>>): readonly FieldError[] {
	const parts = [row, ...[embedded.contacts, embedded.companies].flatMap((given) => (Array.isArray(given) ? given.map(fieldsOf) : []))];
	const full = parts.some(({ custom_fields_values: values }) => Array.isArray(values) && values.length > MAX_VALUES);
	const several = [embedded.contacts, embedded.companies].some((given) => Array.isArray(given) && given.length > 1);
	return full || several ? [{ code: 'TooManyElements', path: full ? 'custom_fields_values' : '_embedded', detail: 'This collection should contain fewer elements.' }] : [];
}

/** An entity named by its id: there is nothing to open. */
function known(cards: ReadonlyMap<number, unknown>, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> | null {
	const { id } = row;
	if (id === undefined) return null;
	return typeof id === 'number' && cards.has(id) ? { commit: () => ({ id }) } : { errors: [{ code: 'NotSupportedChoice', path: '_embedded.contacts.0.id', detail: 'Entity not found' }] };
}

function idOf(prepared: ReturnType<Prepare> | null): number | null {
	return prepared !== null && 'commit' in prepared ? Number(prepared.commit().id) : null;
}

/** The contact duplicate control takes instead of a new one: the same phone, letter by letter. */
function twinOf({ world, ids }: Parts, row: Readonly<Record<string, unknown>>): Contact | undefined {
	if (world.switches.duplicateControl === 'off' || row.id !== undefined || !Array.isArray(row.custom_fields_values)) return undefined;
	const phones = row.custom_fields_values
		.map(fieldsOf)
		.filter((field) => field.field_code === 'PHONE' || field.field_id === ids.fields.phone)
		.flatMap(({ values }) => (Array.isArray(values) ? values.map((one) => fieldsOf(one).value) : []));
	const stored = (contact: Contact): readonly StoredValue[] => contact.values.get(ids.fields.phone) ?? [];
	return [...world.contacts.values()].find((contact) => !contact.is_deleted && stored(contact).some(({ value }) => phones.includes(value)));
}

function openLead({ world }: Parts, contact: Contact): Lead | undefined {
	return [...world.leads.values()].find((lead) => ![WON, LOST].includes(lead.status_id) && !lead.is_deleted && lead.contacts.some(({ id }) => id === contact.id));
}

/** The lead that stood there keeps the values it has: only what was empty is filled. */
function merge(parts: Parts, lead: Lead, row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const fresh = Array.isArray(row.custom_fields_values) ? row.custom_fields_values.filter((one) => !lead.values.has(Number(fieldsOf(one).field_id))) : [];
	const prepared = changeLead(parts, lead)({ custom_fields_values: fresh });
	return 'commit' in prepared ? prepared.commit() : { id: lead.id };
}

function firstOf(given: unknown): Readonly<Record<string, unknown>> | null {
	return Array.isArray(given) && given.length > 0 ? fieldsOf(given[0]) : null;
}
