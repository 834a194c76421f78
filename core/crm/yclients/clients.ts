import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, refused, unavailable, unknown } from '../../booking';
import { parsePhone } from '../../language/phone';
import { inputs, tagOf } from '../http';
import { bestCard } from '../reading';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { clientOf, digitsOf, isHidden, phoneOf } from './mapping';
import type { ClientWire } from './wire';

const PAGE_SIZE = 200;
const MOST_PAGES = 10;
const MOST_CHOICES = 50;

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +7 916 123-45-67.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');
const HIDDEN = refused('not_allowed', 'The user of the credential does not see phones of clients; give the right in the CRM.');

/** Cards with this phone, the most recently seen first; an empty list when there is none. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const country = countryOf(context);
	const e164 = parsePhone(String(phone), country)?.phone;
	if (e164 === undefined) return BAD_PHONE;
	return mapOutcome(await cardsOf(context, e164), (cards) => cards.map((card) => clientOf(card, country)));
}

/** The search is fuzzy: only cards whose phone is the very one are kept. */
async function cardsOf(context: Context, phone: Phone): Promise<Outcome<readonly ClientWire[]>> {
	const country = countryOf(context);
	const found = new Map<string, ClientWire>();
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const answer = await context.transport.read(calls.searchClients(context.companyId, page, PAGE_SIZE, [{ type: 'quick_search', state: { value: digitsOf(phone) } }]));
		if (answer.kind !== 'ok') return answer;
		const { items, total } = answer.value;
		const before = found.size;
		for (const item of items) found.set(item.id, item);
		if (items.length > 0 && found.size > before && (total === null || found.size < total || items.length === PAGE_SIZE)) continue;
		if (total !== null && found.size < total) return unavailable(`${context.brand.vendor} gave fewer clients than it counted.`);
		const cards = [...found.values()];
		const same = cards.filter((card) => phoneOf(card.phone, country) === phone);
		if (same.length === 0 && cards.some((card) => isHidden(card.phone))) return HIDDEN;
		return ok(same.sort((a, b) => (a.last_visit_date < b.last_visit_date ? 1 : a.last_visit_date > b.last_visit_date ? -1 : Number(a.id) - Number(b.id))));
	}
	return unavailable(`${context.brand.vendor} found too many clients to tell one by the phone.`);
}

/** Cards whose name, phone or card number has this part, for a person to choose from: the first of them, in the vendor's order. */
export async function clientsLike(context: Context, part: string): Promise<Outcome<readonly Client[]>> {
	const filters = part.trim() === '' ? [] : [{ type: 'quick_search', state: { value: part.trim().slice(0, 100) } }];
	const answer = await context.transport.read(calls.searchClients(context.companyId, 1, MOST_CHOICES, filters));
	return mapOutcome(answer, ({ items }) => items.map((card) => clientOf(card, countryOf(context))));
}

/** Opens a card, or gives the one that has the phone: the vendor knows clients by their phones. */
export async function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.NEW_CLIENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const country = countryOf(context);
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const phone = parsePhone(parsed.value.phone, country)?.phone;
	if (phone === undefined) return BAD_PHONE;
	const known = await bestCardOf(context, phone, name);
	if (known.kind !== 'ok') return known;
	if (known.value !== null) return ok(clientOf(known.value, country));
	const operation = tagOf(`client ${context.companyId} ${phone}`);
	const made = await context.transport.write(calls.createClient(context.companyId, { name, phone: digitsOf(phone) }), operation);
	const isSame = made.kind === 'ok' && phoneOf(made.value.phone, country) === phone;
	if (made.kind === 'ok' && (isSame || isHidden(made.value.phone))) return ok({ ...clientOf(made.value, country), phone });
	if (made.kind === 'unavailable' || (made.kind === 'refused' && made.reason !== 'invalid_request' && made.reason !== 'phone_invalid')) return made;
	// it may have been made by this call, by another at the same moment, or stand on a card the search did not show yet
	const after = await bestCardOf(context, phone, name);
	if (after.kind === 'ok' && after.value !== null) return ok(clientOf(after.value, country));
	return made.kind === 'refused' ? made : unknown(operation);
}

async function bestCardOf(context: Context, phone: Phone, name: string): Promise<Outcome<ClientWire | null>> {
	return mapOutcome(await cardsOf(context, phone), (cards) => bestCard(cards, name, (card) => card.name));
}

/** The vendor's own words for what a card holds; an update replaces the card, so all of it is sent back. */
const KEPT_FIELDS = ['surname', 'patronymic', 'email', 'sex_id', 'importance_id', 'discount', 'card', 'comment', 'spent', 'balance', 'sms_check', 'sms_not'] as const;

/** Changes name or phone of a card; everything else is sent back as it was. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	if (parsed.value.name === '') return NO_NAME;
	const country = countryOf(context);
	const card = await readClient(context, id);
	if (card.kind !== 'ok') return card;
	const held = phoneOf(card.value.phone, country);
	const phone = parsed.value.phone === undefined ? held : (parsePhone(parsed.value.phone, country)?.phone ?? null);
	if (phone === null) return parsed.value.phone === undefined ? HIDDEN : BAD_PHONE;
	const name = parsed.value.name ?? card.value.name;
	const operation = tagOf(`client ${context.companyId} ${id} ${phone} ${name}`);
	const saved = await context.transport.write(calls.updateClient(context.companyId, id, { ...keptOf(card.value), name, phone: digitsOf(phone) }), operation);
	if (saved.kind === 'refused' || saved.kind === 'unavailable') return saved;
	const after = await readClient(context, id);
	if (after.kind !== 'ok') return unknown(operation);
	const isSaved = after.value.name === name && phoneOf(after.value.phone, country) === phone;
	return isSaved ? ok(clientOf(after.value, country)) : unknown(operation);
}

/** A card by its id. */
export async function readClient(context: Context, id: string): Promise<Outcome<ClientWire>> {
	if (!isWireId(id)) return NO_CLIENT;
	const answer = await context.transport.read(calls.client(context.companyId, id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_CLIENT;
	if (answer.kind !== 'ok') return answer;
	return answer.value.id === id ? answer : unavailable(`${context.brand.vendor} answered about another client.`);
}

/** The E.164 phone of a card to book for, or why there is none. */
export function bookingPhone(card: ClientWire, context: Context): Outcome<Phone> {
	const phone = phoneOf(card.phone, countryOf(context));
	if (phone !== null) return ok(phone);
	return isHidden(card.phone) && card.phone !== '' ? HIDDEN : refused('client_invalid', 'The card of the client has no valid phone; add it in the CRM, or let the credential see phones.');
}

function keptOf(card: ClientWire): Readonly<Record<string, unknown>> {
	const held: Readonly<Record<string, unknown>> = card;
	const kept = Object.fromEntries(KEPT_FIELDS.filter((field) => held[field] !== undefined && held[field] !== null && held[field] !== '').map((field) => [field, held[field]]));
	const birthDate = typeof held.birth_date === 'string' ? held.birth_date : '';
	const categories = Array.isArray(held.categories) ? held.categories.map(idIn).filter((one) => one !== null) : [];
	const fields = held.custom_fields;
	const customFields = typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? { custom_fields: fields } : {};
	return { ...kept, ...(birthDate === '' ? {} : { birth_date: birthDate }), labels: categories, ...customFields };
}

function idIn(value: unknown): number | null {
	const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
	const number = Number(id);
	return Number.isSafeInteger(number) && number > 0 ? number : null;
}

function countryOf({ settings, brand }: Context): string {
	return settings.country ?? brand.country;
}
