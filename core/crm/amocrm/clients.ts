import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, refused, unavailable, unknown } from '../../booking';
import { parsePhone, phoneTails } from '../../language/phone';
import { inputs, tagOf } from '../http';
import { bestCard } from '../reading';
import * as calls from './calls';
import type { Context } from './context';
import { clientOf, phonesOf, textIn } from './mapping';
import { readPages } from './pages';
import { isWireId } from './settings';
import type { ContactWire } from './wire';

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +7 916 123-45-67.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');

/** Searches may show a fresh card a moment late. */
const LAG_MS = 2500;
const MOST_LOOKS = 3;

/** Cards with this phone, the one changed last first; an empty list when there is none. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const e164 = parsePhone(String(phone), country.value)?.phone;
	if (e164 === undefined) return BAD_PHONE;
	return mapOutcome(await cardsOf(context, e164, country.value), (cards) => cards.map((card) => clientOf(card, country.value, e164)));
}

/**
 * The search knows parts of any text on a card, so the end of the phone is looked for as people write it, and only cards
 * whose phone is the very one are kept.
 */
async function cardsOf(context: Context, phone: Phone, country: string): Promise<Outcome<readonly ContactWire[]>> {
	const found = new Map<string, ContactWire>();
	for (const text of phoneTails(phone)) {
		const cards = await readPages(context, (page) => calls.searchContacts(text, page));
		if (cards.kind !== 'ok') return cards;
		for (const card of cards.value) if (!card.is_deleted && phonesOf(card, country).includes(phone)) found.set(card.id, card);
	}
	return ok([...found.values()].sort((a, b) => b.updated_at - a.updated_at || Number(a.id) - Number(b.id)));
}

const MOST_LIKE = 50;

/** Cards that hold a text anywhere, for a selector: the vendor's own search, one page. */
export async function clientsLike(context: Context, part: string): Promise<Outcome<readonly Client[]>> {
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const page = await context.transport.read(calls.searchContacts(part.trim(), 1));
	return mapOutcome(page, ({ items }) => items.filter((card) => !card.is_deleted).slice(0, MOST_LIKE).map((card) => clientOf(card, country.value)));
}

/** Opens a card, or gives the one that has the phone: the vendor would make a second one. */
export async function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.NEW_CLIENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const phone = parsePhone(parsed.value.phone, country.value)?.phone;
	if (phone === undefined) return BAD_PHONE;
	const known = await cardsOf(context, phone, country.value);
	if (known.kind !== 'ok') return known;
	const best = bestCard(known.value, name, (card) => card.name);
	if (best !== null) return ok(clientOf(best, country.value, phone));
	const operation = tagOf(`contact ${phone}`);
	const made = await context.transport.write(calls.createContact({ ...namesOf(name), request_id: operation, custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone, enum_code: 'MOB' }] }] }), operation);
	if (made.kind === 'refused' || made.kind === 'unavailable') return made;
	const madeId = made.kind === 'ok' ? made.value : null;
	for (let look = 1; look <= MOST_LOOKS; look += 1) {
		if (look > 1) await context.sleep(LAG_MS);
		const after = await cardsOf(context, phone, country.value);
		if (after.kind !== 'ok') break;
		const isShown = madeId === null ? after.value.length > 0 : after.value.some(({ id }) => id === madeId);
		// two who opened a card at once both take the first: cards cannot be deleted
		const [first] = [...after.value].sort((a, b) => Number(a.id) - Number(b.id));
		if (isShown && first !== undefined) return ok(clientOf(first, country.value, phone));
	}
	if (madeId === null) return unknown(operation);
	const card = await readContact(context, madeId);
	return card.kind === 'ok' && phonesOf(card.value, country.value).includes(phone) ? ok(clientOf(card.value, country.value, phone)) : unknown(operation);
}

/** Changes name or phone of a card. A new phone is put first; the ones that are there stay, since the vendor replaces the whole field. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const phone = parsed.value.phone === undefined ? undefined : parsePhone(parsed.value.phone, country.value)?.phone;
	if (parsed.value.phone !== undefined && phone === undefined) return BAD_PHONE;
	const card = await readContact(context, id);
	if (card.kind !== 'ok') return card;
	const body = { ...(name === undefined ? {} : namesOf(name)), ...(phone === undefined ? {} : { custom_fields_values: [{ field_code: 'PHONE', values: phonesWith(card.value, phone, country.value) }] }) };
	if (Object.keys(body).length === 0) return ok(clientOf(card.value, country.value));
	const operation = tagOf(`contact ${id} ${phone ?? ''} ${name ?? ''}`);
	const saved = await context.transport.write(calls.updateContact(id, body), operation);
	if (saved.kind === 'refused' || saved.kind === 'unavailable') return saved;
	const after = await readContact(context, id);
	if (after.kind !== 'ok') return unknown(operation);
	const isSaved = (name === undefined || after.value.name.trim() === name) && (phone === undefined || phonesOf(after.value, country.value)[0] === phone);
	return isSaved ? ok(clientOf(after.value, country.value)) : unknown(operation);
}

function phonesWith(card: ContactWire, phone: Phone, country: string): readonly unknown[] {
	const held = (card.custom_fields_values ?? []).filter((field) => field.field_code === 'PHONE').flatMap(({ values }) => values ?? []);
	const others = held.filter(({ value }) => parsePhone(textIn(value), country)?.phone !== phone && textIn(value) !== '');
	const kept = others.map(({ value, enum_id: id, enum_code: code }) => ({ value: textIn(value), ...(id === undefined || id === null ? (code === undefined || code === null ? {} : { enum_code: code }) : { enum_id: Number(id) }) }));
	return [{ value: phone, enum_code: 'MOB' }, ...kept];
}

/** A card by its id. */
async function readContact({ transport, brand }: Context, id: string): Promise<Outcome<ContactWire>> {
	if (!isWireId(id)) return NO_CLIENT;
	const answer = await transport.read(calls.contact(id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_CLIENT;
	if (answer.kind !== 'ok') return answer;
	if (answer.value === null || answer.value.is_deleted) return NO_CLIENT;
	return answer.value.id === id ? ok(answer.value) : unavailable(`${brand.vendor} answered about another contact.`);
}

/** A client by id. */
export async function client(context: Context, id: string): Promise<Outcome<Client>> {
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	return mapOutcome(await readContact(context, id), (card) => clientOf(card, country.value));
}

function namesOf(name: string): Readonly<Record<string, string>> {
	const [first = '', ...rest] = name.split(' ');
	return { name, first_name: first, last_name: rest.join(' ') };
}

async function countryOf(context: Context): Promise<Outcome<string>> {
	return mapOutcome(await context.facts.salon(context), ({ country }) => country);
}
