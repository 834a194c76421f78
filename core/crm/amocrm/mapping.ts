import { createHash } from 'node:crypto';
import { type Appointment, type AppointmentStatus, type Client, minorOf } from '../../booking';
import { zoneClock } from '../../calendar';
import { parsePhone } from '../../language/phone';
import { type HeldVisit, type Salon } from '../computed';
import type { Brand } from './brands';
import { LOST, type Settings } from './settings';
import type { ContactWire, FieldValuesWire, LeadWire } from './wire';

/** Vendor's rows to the words of the domain. Nothing here asks, waits or remembers. */

/** What rows are read by. */
export interface Lens {
	readonly salon: Pick<Salon, 'company' | 'services'>;
	readonly settings: Settings;
	readonly brand: Brand;
	readonly count: (field: string) => void;
}

type RawValue = NonNullable<NonNullable<NonNullable<FieldValuesWire>[number]['values']>[number]>;

/** Values of the user fields of a card. */
export function valuesOf(wire: FieldValuesWire): { first(fieldId: string): RawValue | null; byCode(code: string): RawValue | null; all(code: string): readonly RawValue[] } {
	const rows = wire ?? [];
	const ofField = (row: (typeof rows)[number] | undefined): readonly RawValue[] => row?.values ?? [];
	return {
		first: (fieldId) => ofField(rows.find((row) => row.field_id === fieldId))[0] ?? null,
		byCode: (code) => ofField(rows.find((row) => row.field_code === code))[0] ?? null,
		all: (code) => rows.filter((row) => row.field_code === code).flatMap(ofField),
	};
}

/** A number, which the vendor writes as text. */
export function numberIn(raw: RawValue | null): number | null {
	const { value } = raw ?? {};
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || !/^\s*-?\d+([.,]\d+)?\s*$/.test(value)) return null;
	return Number(value.replace(',', '.'));
}

/** Text of a value, without ends. */
export function textIn(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Minute since the epoch of a date_time: unix seconds, or RFC 3339 text as some clients write. */
function minuteIn(raw: RawValue | null): number | null {
	const { value } = raw ?? {};
	const seconds = typeof value === 'string' && value.includes('T') ? Date.parse(value) / 1000 : numberIn(raw);
	return seconds === null || Number.isNaN(seconds) || seconds <= 0 || seconds > 1e11 ? null : Math.floor(seconds / 60);
}

const USUAL_MINUTES = 60;
const MOST_MINUTES = 1440;

/** When a lead begins and ends as a visit; null for a lead without a start. */
export function spanOf(lead: LeadWire, { salon, settings, count }: Omit<Lens, 'brand'>): { readonly start: number; readonly end: number } | null {
	const values = valuesOf(lead.custom_fields_values);
	const start = minuteIn(values.first(settings.fields.start));
	if (start === null) return null;
	const held = numberIn(values.first(settings.fields.duration));
	const isHeld = held !== null && held >= 1 && held <= MOST_MINUTES;
	if (!isHeld) count('lead.duration');
	const ids = servicesOf(lead, settings);
	const planned = salon.services.filter(({ id }) => ids.includes(id)).reduce((sum, { durationMinutes }) => sum + durationMinutes, 0);
	return { start, end: start + Math.ceil(isHeld ? held : planned > 0 ? planned : USUAL_MINUTES) };
}

/** Who does it; null when nobody is named. */
export function staffOf(lead: LeadWire, { fields }: Settings): string | null {
	return fields.specialist === undefined ? (lead.responsible_user_id ?? null) : (valuesOf(lead.custom_fields_values).first(fields.specialist)?.enum_id ?? null);
}

/** Ids of services, from the field where one is mapped and filled, else from the links. */
export function servicesOf(lead: LeadWire, { fields, catalogId }: Settings): readonly string[] {
	const written = fields.services === undefined ? '' : textIn(valuesOf(lead.custom_fields_values).first(fields.services)?.value);
	if (written !== '') return written.split(',').map((id) => id.trim()).filter((id) => id !== '');
	return (lead._embedded?.catalog_elements ?? []).filter(({ metadata }) => metadata?.catalog_id == null || metadata.catalog_id === catalogId).map(({ id }) => id);
}

/** Whose visit it is: the main contact, or the only one. */
export function clientIdOf(lead: LeadWire): string | null {
	const contacts = lead._embedded?.contacts ?? [];
	return (contacts.find(({ is_main: isMain }) => isMain) ?? contacts[0])?.id ?? null;
}

/** The visit a lead is; null for a lead of another pipeline, without a start, a person or a client, or thrown away. */
export function heldOf(lead: LeadWire, lens: Lens): HeldVisit | null {
	const { settings, salon, count } = lens;
	const span = lead.pipeline_id === settings.pipelineId && !lead.is_deleted ? spanOf(lead, lens) : null;
	const staffId = staffOf(lead, settings);
	const clientId = clientIdOf(lead);
	if (span === null || staffId === null || clientId === null) return null;
	const values = valuesOf(lead.custom_fields_values);
	const clock = zoneClock(salon.company.zone);
	const { comment, guestName } = readComment(settings.fields.comment === undefined ? '' : textIn(values.first(settings.fields.comment)?.value));
	const { currency } = salon.company;
	const price = lead.price === undefined || lead.price === null || lead.price === 0 ? null : minorOf(lead.price, currency);
	const tag = textIn(values.first(settings.fields.operation)?.value);
	const appointment: Appointment = {
		id: lead.id,
		clientId,
		serviceIds: servicesOf(lead, settings),
		staffId,
		start: clock.format(span.start),
		end: clock.format(span.end),
		status: statusOf(lead, settings, count),
		price: price === null ? null : { min: price, max: price, currency },
		comment: comment === '' ? null : comment,
		guestName: guestName === '' ? null : guestName,
		version: versionOf(lead),
	};
	return { appointment, tag: tag === '' ? null : tag, rank: lead.id.padStart(16, '0'), touchedAt: new Date(lead.updated_at * 1000).toISOString() };
}

/** True for a lead that takes no time any more. */
export function isOver(lead: LeadWire, { statuses }: Settings): boolean {
	return lead.status_id === statuses.cancelled || lead.status_id === LOST;
}

/** The status a stage means. */
export function statusOf(lead: LeadWire, { statuses, lossReasons }: Settings, count: (field: string) => void): AppointmentStatus {
	const { status_id: status, loss_reason_id: reason } = lead;
	if (lossReasons.noShow !== undefined && reason === lossReasons.noShow) return 'no_show';
	if (status === statuses.noShow) return 'no_show';
	if (status === statuses.cancelled || status === LOST) return 'cancelled';
	if (status === statuses.arrived) return 'arrived';
	if (status === statuses.confirmed) return 'confirmed';
	// a stage between ours, which people of the salon may have added: the visit stands
	if (status !== statuses.booked) count('lead.status_id');
	return 'booked';
}

/** The vendor's mark of a change counts whole seconds; what a change can touch tells two of one second apart. */
function versionOf(lead: LeadWire): string {
	const { updated_at: at, status_id: status, price, responsible_user_id: user, custom_fields_values: fields, _embedded: parts } = lead;
	const links = (parts?.catalog_elements ?? []).map(({ id }) => id);
	const values = (fields ?? []).map(({ field_id: id, values: held }) => [id, (held ?? []).map(({ value, enum_id: choice }) => [value, choice])]);
	return createHash('sha256').update(JSON.stringify([at, status, price, user, values, links])).digest('hex').slice(0, 16);
}

const GUEST_MARKS = ['Гость: ', 'Guest: '];

/** A visit for somebody else says so in the last line of its comment: leads have no field for it. */
export function writeComment(comment: string, guestName: string, { guestMark }: Brand): string {
	return [comment, ...(guestName === '' ? [] : [`${guestMark}${guestName}`])].filter((line) => line !== '').join('\n');
}

/** What a comment holds: words of people, and whom the visit is for. */
export function readComment(text: string): { readonly comment: string; readonly guestName: string } {
	const lines = text.split('\n');
	const last = lines.at(-1) ?? '';
	const mark = GUEST_MARKS.find((one) => last.startsWith(one));
	if (mark === undefined) return { comment: text, guestName: '' };
	return { comment: lines.slice(0, -1).join('\n').trim(), guestName: last.slice(mark.length).trim() };
}

/** E.164 phones of a card, in its order; what cannot be read is left out. */
export function phonesOf(contact: ContactWire, country: string): readonly string[] {
	return valuesOf(contact.custom_fields_values)
		.all('PHONE')
		.map(({ value }) => parsePhone(textIn(value), country)?.phone ?? null)
		.filter((phone) => phone !== null);
}

/** A card; `phone` is the one it was found by, where it was. */
export function clientOf(contact: ContactWire, country: string, phone?: string): Client {
	const name = contact.name.trim();
	return { id: contact.id, name: name === '' ? null : name, phone: phone ?? phonesOf(contact, country)[0] ?? null, blocked: false };
}
