import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, type Refused, refused, unavailable, unknown } from '../../booking';
import { parsePhone } from '../../language/phone';
import { inputs } from '../http';
import * as calls from './calls';
import { type Context, uuidOf } from './context';
import { clientOf, namePartsOf, phoneOf, tagOf } from './mapping';
import { readAll } from './pages';
import { VENDOR } from './transport';
import type { CustomerWire } from './wire';

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +49 170 0000001.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');
const FIXED_CARDS = refused('unsupported', `${VENDOR} does not let its API change client cards; change the card in ${VENDOR} itself.`);

/** Cards with this phone: one at most, the vendor keeps a phone to one card. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const e164 = parsePhone(String(phone), country.value)?.phone;
	if (e164 === undefined) return BAD_PHONE;
	return mapOutcome(await cardsOf(context, e164, country.value), (cards) => cards.map((card) => clientOf(card, country.value)));
}

/** A filter the vendor did not understand would answer with everybody: only cards with the very phone are kept. */
async function cardsOf(context: Context, phone: Phone, country: string): Promise<Outcome<readonly CustomerWire[]>> {
	const found = await readAll(context, calls.customersByPhone(phone));
	return mapOutcome(found, (cards) => cards.filter((card) => phoneOf(card.phone, country) === phone));
}

/** Opens a card, or gives the one that has the phone. */
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
	const [card] = known.value;
	if (card !== undefined) return ok(clientOf(card, country.value));
	const operation = tagOf(`client ${context.locationId} ${phone}`);
	const made = await context.transport.write(calls.createCustomer({ ...namePartsOf(name), phone, email: null }), operation);
	if (made.kind === 'ok' && phoneOf(made.value.phone, country.value) === phone) return ok(clientOf(made.value, country.value));
	if (made.kind === 'unavailable') return made;
	// it may have been made by this call, or by another at the same moment: a held phone is refused like a bad one
	const after = await cardsOf(context, phone, country.value);
	if (after.kind === 'ok' && after.value[0] !== undefined) return ok(clientOf(after.value[0], country.value));
	return made.kind === 'refused' ? cardRefusal(made) : unknown(operation);
}

/** A conflict of a card is about no time. */
function cardRefusal(told: Refused): Refused {
	return told.reason === 'slot_taken' ? refused('client_invalid', 'The CRM says that another card holds this phone, but shows none; look into its clients.') : told;
}

/** Changes name or phone of a card where the operator let it be tried; what the vendor does with such a call is not documented. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	if (!context.settings.changesClients) return FIXED_CARDS;
	if (parsed.value.name === '') return NO_NAME;
	const country = await countryOf(context);
	if (country.kind !== 'ok') return country;
	const card = await readClient(context, id);
	if (card.kind !== 'ok') return card;
	const { uuid } = card.value;
	const phone = parsed.value.phone === undefined ? phoneOf(card.value.phone, country.value) : (parsePhone(parsed.value.phone, country.value)?.phone ?? null);
	if (phone === null && parsed.value.phone !== undefined) return BAD_PHONE;
	const { first_name: first, last_name: last, middle_name: middle } = card.value;
	const names = parsed.value.name === undefined ? { first_name: first, last_name: last } : namePartsOf(parsed.value.name);
	const whole = { ...names, ...(middle == null ? {} : { middle_name: middle }), phone: phone ?? card.value.phone, email: card.value.email ?? null };
	const operation = tagOf(`client ${uuid} ${JSON.stringify(whole)}`);
	const saved = await context.transport.write(calls.updateCustomer(uuid, whole), operation);
	// the card is there, so what is not found is the operation
	if (saved.kind === 'refused') return saved.reason === 'not_found' || saved.reason === 'unsupported' ? FIXED_CARDS : cardRefusal(saved);
	if (saved.kind === 'unavailable') return saved;
	const after = await readClient(context, uuid);
	const isSaved = after.kind === 'ok' && after.value.first_name === names.first_name && after.value.last_name === names.last_name && phoneOf(after.value.phone, country.value) === phone;
	return isSaved ? ok(clientOf(after.value, country.value)) : unknown(operation);
}

/** A card by its id. */
export async function readClient(context: Context, id: string): Promise<Outcome<CustomerWire>> {
	const uuid = uuidOf(id);
	if (uuid === null) return NO_CLIENT;
	const answer = await context.transport.read(calls.customer(uuid));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_CLIENT;
	if (answer.kind !== 'ok') return answer;
	return answer.value.uuid === uuid ? answer : unavailable(`${VENDOR} answered about another client.`);
}

async function countryOf(context: Context): Promise<Outcome<string>> {
	return mapOutcome(await context.facts.branch(context), ({ country }) => country);
}
