import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, refused, unknown } from '../../../booking';
import { inputs } from '../../http';
import { bestCard } from '../../reading';
import * as calls from './calls';
import { type Context, lacking } from './context';
import { clientOf, phoneOf, readClientId, tagOf } from './mapping';
import type { ClientWire } from './wire';

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +7 916 123-45-67.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');

/** Cards with this phone; an empty list when there is none. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const { country } = context.settings;
	const e164 = phoneOf(String(phone), country);
	if (e164 === null) return BAD_PHONE;
	const missing = lacking(context, 'findClient');
	if (missing !== null) return missing;
	return mapOutcome(await cardsOf(context, e164), (cards) => cards.map((card) => clientOf(card, country)));
}

/** A filter the gateway did not understand must not turn a stranger into the client. */
async function cardsOf(context: Context, phone: Phone): Promise<Outcome<readonly ClientWire[]>> {
	const answer = await context.transport.read(calls.clients(context, phone));
	return mapOutcome(answer, (cards) => cards.filter((card) => phoneOf(card.phone, context.settings.country) === phone));
}

/** Opens a card, or gives the one that has the phone: the contract knows clients by their phones. */
export async function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.NEW_CLIENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const { country } = context.settings;
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const phone = phoneOf(parsed.value.phone, country);
	if (phone === null) return BAD_PHONE;
	const missing = lacking(context, 'createClient');
	if (missing !== null) return missing;
	const known = await bestCardOf(context, phone, name);
	if (known.kind !== 'ok') return known;
	if (known.value !== null) return ok(clientOf(known.value, country));
	// within a day the same card is the same wish; later a deleted card may be wanted anew
	const operation = tagOf(`client ${context.companyId} ${phone} ${name} ${context.clock().slice(0, 10)}`);
	const made = await context.transport.write(calls.createClient(context, operation, { name, phone }), operation);
	if (made.kind === 'unavailable' || made.kind === 'refused') return made;
	const after = await bestCardOf(context, phone, name);
	return after.kind === 'ok' && after.value !== null ? ok(clientOf(after.value, country)) : unknown(operation);
}

async function bestCardOf(context: Context, phone: Phone, name: string): Promise<Outcome<ClientWire | null>> {
	return mapOutcome(await cardsOf(context, phone), (cards) => bestCard(cards, name, (card) => card.name));
}

/** Changes name or phone of a card. A new phone gives the client a new id: see `clientIdOf`. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	if (parsed.value.name === '') return NO_NAME;
	const missing = lacking(context, 'updateClient');
	if (missing !== null) return missing;
	const card = await readClient(context, id);
	if (card.kind !== 'ok') return card;
	const { country } = context.settings;
	const held = readClientId(id)?.phone ?? null;
	const phone = parsed.value.phone === undefined ? held : phoneOf(parsed.value.phone, country);
	if (phone === null) return BAD_PHONE;
	if (card.value.id === null || card.value.id === undefined) return refused('not_allowed', 'The gateway gives its clients no ids, so a card cannot be named for a change; a person has to do it.');
	const name = parsed.value.name ?? card.value.name;
	const operation = tagOf(`client ${context.companyId} ${id} ${phone} ${name}`);
	const saved = await context.transport.write(calls.updateClient(context, { client_id: card.value.id, name, phone }), operation);
	if (saved.kind === 'refused' || saved.kind === 'unavailable') return saved;
	const after = await cardsOf(context, phone);
	const now = after.kind === 'ok' ? after.value.find((one) => one.id === card.value.id) : undefined;
	return now !== undefined && now.name === name ? ok(clientOf(now, country)) : unknown(operation);
}

/** A card by its id, asked for by the phone in it. */
export async function readClient(context: Context, id: string): Promise<Outcome<ClientWire>> {
	const known = readClientId(id);
	if (known === null) return NO_CLIENT;
	const cards = await cardsOf(context, known.phone);
	if (cards.kind !== 'ok') return cards;
	const card = cards.value.find((one) => (one.id ?? '') === known.id);
	return card === undefined ? NO_CLIENT : ok(card);
}
