import { type Outcome, ok, type Phone, refused } from '../../booking';
import type { BaseMapping } from './base-mapping';
import type { Context } from './context';
import { allOf, anyOf, guid, quoted } from './odata';
import { readAll, readWhere, type Source } from './pages';
import { catalog } from './salon';
import { CONTACT, type ContactWire, linesIn, type ObjectWire, shaped, textIn, valueIn } from './wire';
import { isPhoneLine, phoneOf, phonesOf } from './mapping';

type Way = 'section' | 'lambda' | 'scan';
type Search = (context: Context, section: string, phone: Phone, country: string) => Promise<Outcome<readonly ObjectWire[]>>;

/** Live cards with this phone, the older code first. The base's own search is wide: digits are compared here. */
export async function cardsOf(context: Context, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const { contactInfo } = context.mapping.client;
	const found = contactInfo === null ? await byField(context, phone, country) : await bySection(context, contactInfo, phone, country);
	if (found.kind !== 'ok') return found;
	const live = found.value.filter((card) => !card.DeletionMark && valueIn(card, 'IsFolder') !== true);
	return ok(live.sort((a, b) => (`${textIn(a, 'Code')} ${a.Ref_Key}` < `${textIn(b, 'Code')} ${b.Ref_Key}` ? -1 : 1)));
}

const WAYS: readonly Way[] = ['section', 'lambda', 'scan'];
const SEARCHES: Readonly<Record<Way, Search>> = { section: bySectionSet, lambda: byLambda, scan: byScan };

/** Bases differ in which questions about a section they run; what was refused once is not asked again. */
async function bySection(context: Context, section: string, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const { phoneSearch } = context.mapping.client;
	const { refusedSearches } = context.facts.learned;
	const ways = phoneSearch === 'auto' ? WAYS.filter((way) => !refusedSearches.has(way)) : [phoneSearch];
	for (const way of ways) {
		const found = await SEARCHES[way](context, section, phone, country);
		if (phoneSearch !== 'auto' || found.kind !== 'refused' || found.reason !== 'unsupported') return found;
		refusedSearches.add(way);
	}
	return refused('unsupported', 'The base refuses every way to search contact information; name a plain field in "client.phone" of the mapping.');
}

async function bySectionSet(context: Context, section: string, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const { mapping, transport } = context;
	const source: Source<ContactWire> = {
		name: 'client_phones',
		set: `${mapping.client.entity}_${section}`,
		options: { filter: allOf("Тип eq 'Телефон'", conditionOn('', phone)), orderby: 'Ref_Key,LineNumber', allowedOnly: mapping.allowedOnly },
		schema: CONTACT,
		idOf: (row) => `${row.Ref_Key} ${String(valueIn(row, 'LineNumber'))}`,
	};
	const rows = await readAll(transport, source);
	if (rows.kind !== 'ok') return rows;
	const ids = rows.value.filter((row) => phonesOf(row, country).includes(phone)).map((row) => row.Ref_Key);
	const keys = [...new Set(ids)].map(guid);
	return readWhere(transport, cards(mapping), keys, (group) => anyOf('Ref_Key', group));
}

async function byLambda({ mapping, transport }: Context, section: string, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const found = await readAll(transport, cards(mapping, `${section}/any(d: ${conditionOn('d/', phone)})`));
	return found.kind === 'ok' ? ok(found.value.filter(holding(section, phone, country))) : found;
}

async function byScan({ mapping, transport }: Context, section: string, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const found = await readAll(transport, cards(mapping));
	return found.kind === 'ok' ? ok(found.value.filter(holding(section, phone, country))) : found;
}

async function byField({ mapping, transport }: Context, phone: Phone, country: string): Promise<Outcome<readonly ObjectWire[]>> {
	const field = mapping.client.phone ?? '';
	const found = await readAll(transport, cards(mapping, fragments(phone).map((part) => `substringof(${quoted(part)},${field})`).join(' or ')));
	return found.kind === 'ok' ? ok(found.value.filter((card) => phoneOf(textIn(card, field), country) === phone)) : found;
}

function cards({ client, allowedOnly }: BaseMapping, condition = ''): Source<ObjectWire> {
	return { ...catalog('clients', { entity: client.entity, filter: allOf('DeletionMark eq false', condition) }, allowedOnly), schema: cardSchema(client) };
}

/** What a card must hold to be told apart from one without a phone. */
export function cardSchema({ name, contactInfo, phone }: BaseMapping['client']) {
	return shaped({ texts: [name, contactInfo === null ? phone : null], sections: [contactInfo] });
}

function holding(section: string, phone: Phone, country: string): (card: ObjectWire) => boolean {
	return (card) => (linesIn(card, section) ?? []).filter(isPhoneLine).some((row) => phonesOf(row, country).includes(phone));
}

/** Digits hold the number; where an import left them empty, only its spelling does. */
function conditionOn(prefix: string, phone: Phone): string {
	const digits = `${prefix}НомерТелефона`;
	const spelt = fragments(phone).map((part) => `substringof(${quoted(part)},${prefix}Представление)`).join(' or ');
	return `substringof(${quoted(tailOf(phone))},${digits}) or (${digits} eq '' and (${spelt}))`;
}

/** The part of a number that every spelling has. */
function tailOf(phone: Phone): string {
	return phone.replace(/\D/g, '').slice(-10);
}

/** How the last four digits are written. */
function fragments(phone: Phone): readonly string[] {
	const [one, two] = [phone.slice(-4, -2), phone.slice(-2)];
	return [`${one}${two}`, `${one}-${two}`, `${one} ${two}`];
}
