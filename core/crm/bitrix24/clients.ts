import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, refused, unavailable, unknown } from '../../booking';
import { parsePhone } from '../../language/phone';
import { inputs, tagOf } from '../http';
import { bestCard } from '../reading';
import * as calls from './calls';
import { type Context, countryOf, isWireId } from './context';
import { joinName, splitName } from './names';
import { ORIGINATOR } from './visit-items';
import type { ContactWire } from './wire';

const BAD_PHONE = refused('phone_invalid', 'The phone is not a valid number; ask for it again.');
const NO_NAME = refused('name_missing', 'The client needs a name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find the client by phone.');
const UNSEEN = refused('not_allowed', 'A contact with this phone exists, but the user of the webhook or application may not read it; give the right to read all contacts.');

/** All contacts with this phone, the one changed last first. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const country = countryOf(context);
	const parsed = parsePhone(phone, country);
	if (parsed === null) return BAD_PHONE;
	return mapOutcome(await cardsOf(context, parsed.phone), (cards) => cards.map((card) => clientOf(card, country)));
}

/** The search compares digits and may know more than was asked; what it finds is checked against the cards themselves. */
async function cardsOf(context: Context, phone: Phone): Promise<Outcome<readonly ContactWire[]>> {
	const { transport } = context;
	const country = countryOf(context);
	const found = await transport.read(calls.duplicates(spellingsOf(phone)));
	if (found.kind !== 'ok') return found;
	const ids = [...new Set(found.value)];
	if (ids.length === 0) return ok([]);
	const cards = await transport.read(calls.contacts({ '@id': ids.map(Number) }));
	if (cards.kind !== 'ok') return cards;
	const { items } = cards.value;
	if (items.some(({ id }) => !ids.includes(id))) return unavailable('Bitrix24 answered about other contacts.');
	const same = items.filter((card) => hasPhone(card, phone, country));
	// a card left out without a word may be the client's
	if (same.length === 0 && new Set(items.map(({ id }) => id)).size < ids.length) return UNSEEN;
	return ok(same.sort((a, b) => changedAt(b) - changedAt(a) || Number(a.id) - Number(b.id)));
}

/** Opens a card, or gives the one that has the phone: a second card of a client is never made. */
export async function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.NEW_CLIENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const country = countryOf(context);
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const phone = parsePhone(parsed.value.phone, country)?.phone;
	if (phone === undefined) return BAD_PHONE;
	const operation = tagOf(`contact ${phone}`);
	return context.lock.run([`${context.account} ${operation}`], async () => {
		const known = await bestCardOf(context, phone, name);
		if (known.kind !== 'ok') return known;
		if (known.value !== null) return ok(clientOf(known.value, country));
		const fields = { ...splitName(name), typeId: 'CLIENT', opened: 'Y', originatorId: ORIGINATOR, originId: operation, fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: phone }] };
		const made = await context.transport.write(calls.addContact(fields), operation);
		if (made.kind === 'ok' && hasPhone(made.value, phone, country)) return ok(clientOf(made.value, country));
		if (made.kind === 'unavailable' || made.kind === 'refused') return made;
		// it may stand there though the answer was lost, and the search by phone may not know it yet
		const after = await bestCardOf(context, phone, name);
		if (after.kind === 'ok' && after.value !== null) return ok(clientOf(after.value, country));
		const own = await context.transport.read(calls.contacts({ '=originatorId': ORIGINATOR, '=originId': operation }));
		const card = own.kind === 'ok' ? own.value.items.find((one) => hasPhone(one, phone, country)) : undefined;
		return card === undefined ? unknown(operation) : ok(clientOf(card, country));
	});
}

async function bestCardOf(context: Context, phone: Phone, name: string): Promise<Outcome<ContactWire | null>> {
	return mapOutcome(await cardsOf(context, phone), (cards) => bestCard(cards, name, joinName));
}

/** Changes name or phone of a card. A name of one word is a first name and leaves the last name; other phones stay. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const country = countryOf(context);
	const phone = parsed.value.phone === undefined ? undefined : parsePhone(parsed.value.phone, country)?.phone;
	if (parsed.value.phone !== undefined && phone === undefined) return BAD_PHONE;
	const card = await readClient(context, id);
	if (card.kind !== 'ok') return card;
	const wanted = name === undefined ? null : namesFor(card.value, name);
	const fields = { ...wanted, ...(phone === undefined ? {} : { fm: withPhone(card.value, phone) }) };
	if (Object.keys(fields).length === 0) return ok(clientOf(card.value, country));
	const operation = tagOf(`contact ${id} ${phone ?? ''} ${name ?? ''}`);
	const saved = await context.transport.write(calls.updateContact(id, fields), operation);
	if (saved.kind === 'refused' || saved.kind === 'unavailable') return saved;
	const after = await readClient(context, id);
	if (after.kind !== 'ok') return unknown(operation);
	const isNamed = wanted === null || joinName(after.value) === joinName(wanted);
	const isPhoned = phone === undefined || hasPhone(after.value, phone, country);
	return isNamed && isPhoned ? ok(clientOf(after.value, country)) : unknown(operation);
}

function namesFor(card: ContactWire, name: string): ReturnType<typeof splitName> {
	const parts = splitName(name);
	return parts.lastName === '' ? { ...parts, lastName: card.lastName } : parts;
}

/** A card by its id. */
export async function readClient(context: Context, id: string): Promise<Outcome<ContactWire>> {
	if (!isWireId(id)) return NO_CLIENT;
	const answer = await context.transport.read(calls.contact(id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_CLIENT;
	if (answer.kind !== 'ok') return answer;
	return answer.value.id === id ? answer : unavailable('Bitrix24 answered about another contact.');
}

/** A card as a client; a phone that cannot be read is none. The portal knows no blocked clients. */
export function clientOf(card: ContactWire, country: string): Client {
	const name = joinName(card);
	const phones = phonesOf(card).map(({ value }) => phoneOf(value, country));
	return { id: card.id, name: name === '' ? null : name, phone: phones.find((phone) => phone !== null) ?? null, blocked: false };
}

/** E.164 of a phone as people wrote it; an extension is no part of the number. */
export function phoneOf(text: string, country: string): Phone | null {
	return parsePhone(text.replace(/\s*(?:доб|ext|x|#|;|,).*$/i, ''), country)?.phone ?? null;
}

/** How one number may stand in a card; the search compares digits, and not every portal takes 8 for 7. */
function spellingsOf(phone: Phone): readonly string[] {
	const digits = phone.slice(1);
	return phone.startsWith('+7') ? [phone, digits, `8${digits.slice(1)}`, digits.slice(1)] : [phone, digits];
}

function phonesOf({ fm }: ContactWire): ContactWire['fm'] {
	return fm.filter(({ typeId }) => typeId === 'PHONE');
}

function hasPhone(card: ContactWire, phone: Phone, country: string): boolean {
	return phonesOf(card).some(({ value }) => phoneOf(value, country) === phone);
}

/**
 * The first phone replaced, all other rows by their ids as they are: a row without its id would be added once more, and a
 * portal that replaces the whole set must not lose them.
 */
function withPhone(card: ContactWire, phone: Phone): Readonly<Record<string, unknown>> {
	const [main] = phonesOf(card);
	const kept = card.fm.map(({ id, typeId, valueType, value }) => [id, { typeId, valueType, value: id === main?.id ? phone : value }] as const);
	return Object.fromEntries(main === undefined ? [...kept, ['n0', { typeId: 'PHONE', valueType: 'MOBILE', value: phone }] as const] : kept);
}

function changedAt({ updatedTime }: ContactWire): number {
	return updatedTime === null || updatedTime === undefined ? 0 : Date.parse(updatedTime);
}
