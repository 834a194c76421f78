import { type Route, route, type SimRequest } from '../kit';
import { runBatch, runOne, textIn, type Prepare } from './batch';
import { readCard, showCard } from './cards';
import { hal, list, missing, selfLink, type FieldError } from './envelope';
import { applyListQuery, readListQuery } from './filters';
import type { Contact } from './model';
import { listOf } from './php';
import type { Parts } from './parts';
import { notChanged } from './unchanged';

const SORTABLE = ['updated_at', 'id'];

/** `/contacts`: lists with search, batches of ids, values replaced as a whole, no control of duplicates. */
export function contactRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	return [
		route('GET', '/api/v4/contacts', (request) => {
			const query = readListQuery(world, request, SORTABLE);
			if ('status' in query) return query;
			const rows = applyListQuery(world, [...world.contacts.values()].filter((one) => !one.is_deleted), query);
			return notChanged(world, request, rows) ?? list(world, request, 'contacts', rows.map((one) => showContact(parts, request, one, query.with)));
		}),
		route('GET', '/api/v4/contacts/{id}', (request) => {
			const contact = contactOf(parts, request);
			return contact === undefined ? missing(world) : hal(200, showContact(parts, request, contact, listOf(request.query.get('with') ?? undefined)));
		}),
		route('POST', '/api/v4/contacts', (request) => runBatch({ world, request, key: 'contacts', path: 'contacts' }, (row) => prepareContact(parts, row))),
		route('PATCH', '/api/v4/contacts', (request) =>
			runBatch({ world, request, key: 'contacts', path: 'contacts' }, (row) => {
				const contact = world.contacts.get(Number(row.id));
				return contact === undefined || contact.is_deleted ? { errors: [{ code: 'NotFound', path: 'id', detail: 'Element not found' }] } : change(parts, contact)(row);
			}),
		),
		route('PATCH', '/api/v4/contacts/{id}', (request) => {
			const contact = contactOf(parts, request);
			return runOne(world, request, `contacts/${request.params.id}`, contact !== undefined, contact === undefined ? () => ({ errors: [] }) : change(parts, contact));
		}),
	];
}

function contactOf({ world }: Parts, request: SimRequest): Contact | undefined {
	const contact = world.contacts.get(Number(request.params.id));
	return contact?.is_deleted === true ? undefined : contact;
}

/** Reads a new contact; `commit` opens the card. */
export const prepareContact = (parts: Parts, row: Readonly<Record<string, unknown>>): ReturnType<Prepare> => {
	const { world, journal } = parts;
	const errors: FieldError[] = [];
	const card = readCard(world, 'contacts', row, { values: new Map(), tags: [] }, errors);
	const [first, last] = [textIn(row, 'first_name', errors) ?? '', textIn(row, 'last_name', errors) ?? ''];
	if (errors.length > 0) return { errors };
	return {
		commit: () => {
			const contact: Contact = { ...world.blank(card.name ?? `${first} ${last}`.trim()), ...card, first_name: first, last_name: last, companies: [] };
			world.contacts.set(contact.id, contact);
			journal.added('contact', [contact]);
			return { id: contact.id };
		},
	};
};

function change(parts: Parts, contact: Contact): Prepare {
	return (row) => {
		const errors: FieldError[] = [];
		const card = readCard(parts.world, 'contacts', row, contact, errors);
		const [first, last] = [textIn(row, 'first_name', errors), textIn(row, 'last_name', errors)];
		if (errors.length > 0) return { errors };
		return {
			commit: () => {
				const before = { ...contact };
				Object.assign(contact, card, { first_name: first ?? contact.first_name, last_name: last ?? contact.last_name, updated_at: parts.world.now() });
				if (card.name === undefined && (first !== undefined || last !== undefined)) contact.name = `${contact.first_name} ${contact.last_name}`.trim();
				parts.journal.updated('contact', before, contact);
				return { id: contact.id, updated_at: contact.updated_at };
			},
		};
	};
}

function showContact({ world }: Parts, request: SimRequest, contact: Contact, extra: readonly string[]): Readonly<Record<string, unknown>> {
	const leads = [...world.leads.values()].filter((lead) => !lead.is_deleted && lead.contacts.some(({ id }) => id === contact.id));
	return {
		...showCard(world, request, 'contacts', contact),
		first_name: contact.first_name,
		last_name: contact.last_name,
		is_unsorted: false,
		_embedded: {
			tags: contact.tags,
			companies: contact.companies.map((id) => ({ id })),
			...(extra.includes('leads') ? { leads: leads.map(({ id }) => ({ id, _links: selfLink(request, `leads/${id}`) })) } : {}),
			...(extra.includes('customers') && world.brand.name === 'amocrm' ? { customers: [] } : {}),
			...(extra.includes('catalog_elements') ? { catalog_elements: [] } : {}),
		},
	};
}
