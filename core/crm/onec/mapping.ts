import { type Appointment, type AppointmentStatus, type Client, minorOf, type PriceRange } from '../../booking';
import { parsePhone } from '../../language/phone';
import { type HeldVisit, type Salon, type TakenTime } from '../computed';
import type { BaseMapping, VisitMapping } from './base-mapping';
import { isGuid } from './odata';
import { keyIn, linesIn, numberIn, type ObjectWire, type Row, textIn, valueIn, wallIn } from './wire';
import { instantOf, minuteIn } from './wall-time';

/** Objects of a base to the words of the domain, by the mapping. Nothing here asks, waits or remembers. */

/** Half-open, minutes since the epoch. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** What of the salon a visit is read by. */
export type Place = Pick<Salon, 'services' | 'staff'> & { readonly company: Pick<Salon['company'], 'zone' | 'currency'> };

/** What a visit's row names beside the client. */
interface Facts {
	readonly staffId: string;
	readonly serviceIds: readonly string[];
	readonly span: Span;
}

const DEFAULT_MINUTES = 60;

/** The visit an object is; null for one without a client, a person or a time. */
export function visitOf(mapping: VisitMapping, wire: ObjectWire, salon: Place, count: (field: string) => void): HeldVisit | null {
	const facts = factsOf(mapping, wire, salon);
	const clientId = clientIn(mapping, wire);
	if (facts === null || clientId === null) return null;
	const { comment, guestName, tag } = readComment(textIn(wire, mapping.comment));
	const appointment: Appointment = {
		id: wire.Ref_Key,
		clientId,
		serviceIds: facts.serviceIds,
		staffId: facts.staffId,
		start: instantOf(facts.span.start, salon.company.zone),
		end: instantOf(facts.span.end, salon.company.zone),
		status: statusOf(mapping, wire, count),
		price: priceOf(mapping, wire, salon.company.currency),
		comment: comment === '' ? null : comment,
		guestName: guestName === '' ? null : guestName,
		version: wire.DataVersion,
	};
	return { appointment, tag: mapping.marker === null ? tag : (tagIn(textIn(wire, mapping.marker)) ?? null), rank: `${textIn(wire, 'Number')} ${wire.Ref_Key}`, touchedAt: null };
}

/** Time an object takes of people: of its own person, and of those its rows name with times of their own. */
export function takenBy(mapping: VisitMapping, wire: ObjectWire, salon: Salon): readonly TakenTime[] {
	const facts = factsOf(mapping, wire, salon);
	const { zone } = salon.company;
	const taken = (staffId: string, { start, end }: Span): TakenTime => ({ staffId, start: instantOf(start, zone), end: instantOf(end, zone) });
	const rows = linesOf(mapping, wire).flatMap((row): readonly TakenTime[] => {
		const [staffId, start, end] = [keyIn(row, mapping.lines?.staff ?? null), wallIn(row, mapping.lines?.start ?? null), wallIn(row, mapping.lines?.end ?? null)];
		if (staffId === null || start === null || end === null) return [];
		return [taken(staffId, { start: minuteIn(start, zone), end: minuteIn(end, zone) })];
	});
	return [...(facts === null ? [] : [taken(facts.staffId, facts.span)]), ...rows];
}

/** True for a visit that no longer takes time. */
export function isCancelled(mapping: VisitMapping, wire: ObjectWire): boolean {
	return wire.DeletionMark || statusIn(mapping, wire) === 'cancelled';
}

/** Rows of services, in the order of their numbers. */
export function linesOf({ lines }: VisitMapping, wire: Row): readonly Row[] {
	if (lines === null) return [];
	return [...(linesIn(wire, lines.section) ?? [])].sort((a, b) => (numberIn(a, 'LineNumber') ?? 0) - (numberIn(b, 'LineNumber') ?? 0));
}

/** When a visit is, of whom and with which services; null for one without a person or a time. */
export function factsOf(mapping: VisitMapping, wire: ObjectWire, salon: Place): Facts | null {
	const rows = linesOf(mapping, wire);
	const { zone } = salon.company;
	const staffId = keyIn(wire, mapping.staff) ?? rows.map((row) => keyIn(row, mapping.lines?.staff ?? null)).find((id) => id !== null) ?? null;
	const begin = wallIn(wire, mapping.start);
	if (staffId === null || begin === null) return null;
	const serviceIds = mapping.lines === null ? readComment(textIn(wire, mapping.comment)).serviceIds : rows.map((row) => keyIn(row, mapping.lines?.service ?? null)).filter((id): id is string => id !== null);
	const start = minuteIn(begin, zone);
	const finish = wallIn(wire, mapping.end);
	const end = finish === null ? start : minuteIn(finish, zone);
	return { staffId, serviceIds, span: { start, end: end > start ? end : start + minutesOf(salon, serviceIds, staffId) } };
}

/** Length of a visit that holds none: its services', or an hour. */
function minutesOf({ services, staff }: Place, serviceIds: readonly string[], staffId: string): number {
	const member = staff.find(({ id }) => id === staffId);
	const sum = serviceIds.reduce((minutes, id) => {
		const own = member?.services.find(({ serviceId }) => serviceId === id)?.durationMinutes;
		return minutes + (own ?? services.find((service) => service.id === id)?.durationMinutes ?? 0);
	}, 0);
	return sum > 0 ? sum : DEFAULT_MINUTES;
}

/** The client a visit names, of the set the mapping names. */
export function clientIn({ client }: VisitMapping, wire: ObjectWire): string | null {
	const holders = client.section === null ? [wire] : (linesIn(wire, client.section) ?? []);
	const isOurs = (row: Row): boolean => client.type === null || valueIn(row, `${client.field}_Type`) === `StandardODATA.${client.type}`;
	return holders.filter(isOurs).map((row) => keyIn(row, client.field)).find((id) => id !== null) ?? null;
}

/** What became of a visit; a marked one is cancelled. */
export function statusOf(mapping: VisitMapping, wire: ObjectWire, count: (field: string) => void): AppointmentStatus {
	if (wire.DeletionMark) return 'cancelled';
	const known = statusIn(mapping, wire);
	if (known === null && textIn(wire, mapping.status) !== '') count('visit.status');
	return known ?? 'booked';
}

function statusIn({ status, statuses, statusCancelled }: VisitMapping, wire: ObjectWire): AppointmentStatus | null {
	const text = textIn(wire, status);
	if (status === null || text === '') return null;
	if (text === statusCancelled) return 'cancelled';
	const [known] = Object.entries(statuses).find(([, texts]) => texts.includes(text)) ?? [];
	return (known as AppointmentStatus | undefined) ?? null;
}

/** The sum of the rows; null where one of them has no price. */
function priceOf(mapping: VisitMapping, wire: ObjectWire, currency: string): PriceRange | null {
	const { lines } = mapping;
	if (lines === null || lines.price === null) return null;
	const costs = linesOf(mapping, wire).map((row) => (numberIn(row, lines.price) ?? 0) * (lines.quantity === null ? 1 : (numberIn(row, lines.quantity) ?? 1)));
	if (costs.length === 0 || costs.some((cost) => cost <= 0 || cost > 1e9)) return null;
	const amount = minorOf(costs.reduce((sum, cost) => sum + cost, 0), currency);
	return { min: amount, max: amount, currency };
}

const GUEST = 'Гость: ';
const TAG = /\baia-[0-9a-f]{32}\b/;
const MARK = /^\[(?=[^\]])(aia-[0-9a-f]{32})?((?: ?[0-9a-f-]{36})*)\]$/;

/**
 * Comment of a visit: the words of people, the guest, and in the last line what no field of the configuration holds, in
 * square brackets.
 */
export function writeComment({ comment, guestName, mark }: { readonly comment: string; readonly guestName: string; readonly mark: string }): string {
	return [comment, ...(guestName === '' ? [] : [`${GUEST}${guestName}`]), ...(mark === '' ? [] : [mark])].filter((line) => line !== '').join('\n');
}

/** The last line of a comment for what has no field: the tag where there is no marker, services where there is no section. */
export function markOf({ marker, lines }: VisitMapping, tag: string | null, serviceIds: readonly string[]): string {
	const parts = [...(marker === null && tag !== null ? [tag] : []), ...(lines === null ? serviceIds : [])];
	return parts.length === 0 ? '' : `[${parts.join(' ')}]`;
}

/** What a comment holds, by its lines. */
export function readComment(text: string): { readonly comment: string; readonly guestName: string; readonly tag: string | null; readonly serviceIds: readonly string[] } {
	const rows = text.split(/\r?\n/);
	const match = MARK.exec(rows.at(-1)?.trim() ?? '');
	if (match !== null) rows.pop();
	const guest = rows.at(-1)?.startsWith(GUEST) === true ? (rows.pop() ?? '') : '';
	const serviceIds = (match?.[2] ?? '').split(' ').filter(isGuid);
	return { comment: rows.join('\n').trim(), guestName: guest.slice(GUEST.length).trim(), tag: match?.[1] ?? null, serviceIds };
}

/** The tag of an operation in a field of its own. */
function tagIn(text: string): string | null {
	return TAG.exec(text)?.[0] ?? null;
}

/** A card; a phone that cannot be read is none. */
export function clientOf({ client }: BaseMapping, wire: ObjectWire, country: string): Client {
	const name = textIn(wire, client.name);
	return { id: wire.Ref_Key, name: name === '' ? null : name, phone: phoneIn(client, wire, country), blocked: false };
}

/** E.164 of a card: of the kind its card shows, else of any of its phones. */
function phoneIn({ contactInfo, phoneKind, phone }: BaseMapping['client'], wire: ObjectWire, country: string): string | null {
	if (contactInfo === null) return phone === null ? null : phoneOf(textIn(wire, phone), country);
	const rows = (linesIn(wire, contactInfo) ?? []).filter(isPhoneLine);
	const ordered = [...rows.filter((row) => keyIn(row, 'Вид_Key') === phoneKind), ...rows];
	return ordered.flatMap((row) => phonesOf(row, country))[0] ?? null;
}

/** True for a row of contact information that holds a phone. */
export function isPhoneLine(row: Row): boolean {
	return textIn(row, 'Тип') === 'Телефон';
}

/** E.164 of a row, from its digits and from how it was typed in. */
export function phonesOf(row: Row, country: string): readonly string[] {
	return [textIn(row, 'НомерТелефона'), textIn(row, 'Представление')].map((text) => phoneOf(text, country)).filter((phone): phone is string => phone !== null);
}

/** E.164 of what a field holds: digits with the country code, with or without a plus, or as people write. */
export function phoneOf(text: string, country: string): string | null {
	if (text === '') return null;
	return parsePhone(/^\d{11,15}$/.test(text) ? `+${text.replace(/^8(?=\d{10}$)/, '7')}` : text, country)?.phone ?? null;
}
