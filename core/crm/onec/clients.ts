import { type Client, type ClientPatch, mapOutcome, type NewClient, type Outcome, ok, type Phone, refused, unknown } from '../../booking';
import { parsePhone } from '../../language/phone';
import { inputs, tagOf } from '../http';
import { bestCard } from '../reading';
import * as calls from './calls';
import type { Context } from './context';
import { clientOf, isPhoneLine, phoneOf, phonesOf } from './mapping';
import { allOf, isGuid, quoted } from './odata';
import { cardSchema, cardsOf } from './phone-search';
import { linesIn, type ObjectWire, type Row, textIn, valueIn } from './wire';
import { bare } from './write-rows';

const BAD_PHONE = refused('phone_invalid', 'This is not a phone number; give it with the country code, for example +7 916 123-45-67.');
const NO_NAME = refused('name_missing', 'The client has no name; ask for it.');
const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');
const NOT_KEPT = refused('invalid_request', 'The base did not keep the name or the phone of the card, so the card was marked for deletion; compare "client" of the mapping with the metadata.');

/** Cards with this phone; an empty list when there is none. */
export async function findClient(context: Context, phone: Phone): Promise<Outcome<readonly Client[]>> {
	const country = countryOf(context);
	const e164 = parsePhone(String(phone), country)?.phone;
	if (e164 === undefined) return BAD_PHONE;
	return mapOutcome(await cardsOf(context, e164, country), (cards) => cards.map((card) => told(context, card, e164)));
}

const MOST_LIKE = 20;

/** Live cards whose name has this text, for a list to choose from. */
export async function clientsLike(context: Context, text: string): Promise<Outcome<readonly Client[]>> {
	const { client, allowedOnly } = context.mapping;
	if (text === '') return ok([]);
	const filter = allOf('DeletionMark eq false', `substringof(${quoted(text)},${client.name})`);
	const cards = await context.transport.read(calls.list('clients', client.entity, { filter, orderby: client.name, top: MOST_LIKE, allowedOnly }, cardSchema(client)));
	return mapOutcome(cards, (found) => found.filter((card) => valueIn(card, 'IsFolder') !== true).map((card) => clientOf(context.mapping, card, countryOf(context))));
}

/** Opens a card, or gives the one that has the phone. Under a lock: the base does not refuse a second card. */
export async function createClient(context: Context, input: NewClient): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.NEW_CLIENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const { name } = parsed.value;
	if (name === '') return NO_NAME;
	const phone = parsePhone(parsed.value.phone, countryOf(context))?.phone;
	if (phone === undefined) return BAD_PHONE;
	return context.lock.run([`${context.account} phone ${phone}`], async (lease) => {
		const known = await bestCardOf(context, phone, name);
		if (known.kind !== 'ok') return known;
		if (known.value !== null) return ok(told(context, known.value, phone));
		const operation = tagOf(`client ${context.account} ${phone}`);
		if (!(await lease.keep())) return unknown(operation);
		const made = await context.transport.write(calls.create('create_client', context.mapping.client.entity, newCard(context, name, phone)), operation);
		if (made.kind === 'ok') return kept(context, made.value, name, phone) ? ok(told(context, made.value, phone)) : discard(context, made.value, operation);
		if (made.kind !== 'unknown') return made;
		const after = await bestCardOf(context, phone, name);
		return after.kind === 'ok' && after.value !== null ? ok(told(context, after.value, phone)) : made;
	});
}

async function bestCardOf(context: Context, phone: Phone, name: string): Promise<Outcome<ObjectWire | null>> {
	const { client } = context.mapping;
	return mapOutcome(await cardsOf(context, phone, countryOf(context)), (cards) => bestCard(cards, name, (card) => textIn(card, client.name)));
}

function newCard({ mapping: { client } }: Context, name: string, phone: Phone): Row {
	const names = { [client.name]: name, ...(client.fullName === null ? {} : { [client.fullName]: name }) };
	if (client.contactInfo === null) return { ...client.createDefaults, ...names, ...(client.phone === null ? {} : { [client.phone]: phone }) };
	const kind = client.phoneKind === null ? {} : { Вид_Key: client.phoneKind };
	return { ...client.createDefaults, ...names, [client.contactInfo]: [{ LineNumber: 1, Тип: 'Телефон', ...kind, ...phoneFields(phone) }] };
}

function phoneFields(phone: Phone): Row {
	const digits = phone.replace(/\D/g, '');
	return { Представление: phone, НомерТелефона: digits, НомерТелефонаБезКодов: digits.slice(-7) };
}

/** The base drops what it does not know and cuts what is too long, both in silence. */
function kept(context: Context, card: ObjectWire, name: string, phone: Phone): boolean {
	const { client } = context.mapping;
	return textIn(card, client.name) === name && phonesOn(context, card).includes(phone);
}

function phonesOn(context: Context, card: ObjectWire): readonly string[] {
	const { contactInfo, phone } = context.mapping.client;
	const country = countryOf(context);
	if (contactInfo !== null) return (linesIn(card, contactInfo) ?? []).filter(isPhoneLine).flatMap((row) => phonesOf(row, country));
	return [phoneOf(textIn(card, phone), country)].filter((one): one is string => one !== null);
}

async function discard({ transport, mapping }: Context, card: ObjectWire, operation: string): Promise<Outcome<Client>> {
	const marked = await transport.write(calls.change('discard_client', mapping.client.entity, card.Ref_Key, { DeletionMark: true }), operation);
	return marked.kind === 'ok' ? NOT_KEPT : unknown(operation);
}

/** Changes name or phone of a card; sections are replaced as wholes, so every other contact is sent back as it was. */
export async function updateClient(context: Context, id: string, patch: ClientPatch): Promise<Outcome<Client>> {
	const parsed = inputs.parseInput(inputs.CLIENT_PATCH, patch);
	if (parsed.kind !== 'ok') return parsed;
	if (parsed.value.name === '') return NO_NAME;
	const phone = parsed.value.phone === undefined ? undefined : parsePhone(parsed.value.phone, countryOf(context))?.phone;
	if (parsed.value.phone !== undefined && phone === undefined) return BAD_PHONE;
	const card = await readCard(context, id);
	if (card.kind !== 'ok') return card;
	const name = parsed.value.name ?? textIn(card.value, context.mapping.client.name);
	const changes = changesOf(context, card.value, parsed.value.name, phone);
	if (Object.keys(changes).length === 0) return ok(clientOf(context.mapping, card.value, countryOf(context)));
	const operation = tagOf(`client ${context.account} ${id} ${name} ${phone ?? ''}`);
	const saved = await context.transport.write(calls.change('update_client', context.mapping.client.entity, id, changes, card.value.DataVersion), operation);
	if (saved.kind === 'refused' || saved.kind === 'unavailable') return saved;
	const after = await readCard(context, id);
	if (after.kind !== 'ok') return unknown(operation);
	const isSaved = textIn(after.value, context.mapping.client.name) === name && (phone === undefined || phonesOn(context, after.value).includes(phone));
	return isSaved ? ok(told(context, after.value, phone)) : unknown(operation);
}

function changesOf(context: Context, card: ObjectWire, name: string | undefined, phone: Phone | undefined): Row {
	const { client } = context.mapping;
	// a full name that people keep apart from the short one stays theirs
	const hasOneName = client.fullName !== null && ['', textIn(card, client.name)].includes(textIn(card, client.fullName));
	const names = name === undefined ? {} : { [client.name]: name, ...(hasOneName && client.fullName !== null ? { [client.fullName]: name } : {}) };
	if (phone === undefined || phonesOn(context, card)[0] === phone) return names;
	if (client.contactInfo === null) return { ...names, ...(client.phone === null ? {} : { [client.phone]: phone }) };
	const rows = linesIn(card, client.contactInfo) ?? [];
	const current = clientOf(context.mapping, card, countryOf(context)).phone;
	const at = rows.findIndex((row) => isPhoneLine(row) && current !== null && phonesOf(row, countryOf(context)).includes(current));
	const kind = client.phoneKind === null ? {} : { Вид_Key: client.phoneKind };
	// the stored form of the old number would be shown in place of the new one
	const replaced = rows.map((row, index) => (index === at ? { ...row, Значение: '', ЗначенияПолей: '', ...phoneFields(phone) } : row));
	return { ...names, [client.contactInfo]: bare(at < 0 ? [...rows, { Тип: 'Телефон', ...kind, ...phoneFields(phone) }] : replaced) };
}

/** A card by its id, for a booking. */
export async function readClient(context: Context, id: string): Promise<Outcome<Client>> {
	return mapOutcome(await readCard(context, id), (card) => clientOf(context.mapping, card, countryOf(context)));
}

async function readCard({ transport, mapping }: Context, id: string): Promise<Outcome<ObjectWire>> {
	if (!isGuid(id)) return NO_CLIENT;
	const answer = await transport.read(calls.object('client', mapping.client.entity, id, cardSchema(mapping.client)));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_CLIENT;
	if (answer.kind !== 'ok') return answer;
	return answer.value.DeletionMark || answer.value.Ref_Key !== id.toLowerCase() || valueIn(answer.value, 'IsFolder') === true ? NO_CLIENT : answer;
}

/** A card with the phone it was asked for by: it may hold several. */
function told(context: Context, card: ObjectWire, phone: Phone | undefined): Client {
	const client = clientOf(context.mapping, card, countryOf(context));
	return phone === undefined ? client : { ...client, phone };
}

function countryOf({ plan }: Context): string {
	return plan.company.country ?? 'RU';
}
