import { createHash } from 'node:crypto';
import { type AppointmentStatus, majorOf, minorOf, type PriceRange } from '../../booking';
import { type VisitDraft } from '../computed';
import { isWireId } from './context';
import type { FieldForms } from './fields';
import type { Parameters } from './parameters';
import type { Stages } from './settings';
import type { ItemWire } from './wire';

/** What deals and elements of smart processes have in common where they hold a visit, or go with one. */

/** User fields by what they hold; a linked deal may have only some. */
export type VisitFields = Readonly<Partial<Record<'start' | 'end' | 'services' | 'staff', string>>>;

/** Marks what this package made. */
export const ORIGINATOR = 'ai-admin-booking';

/** The fields of a visit's time and person, for those that are mapped. */
export function placeFields(fields: VisitFields, { start, end, staffId }: { readonly start: string; readonly end: string; readonly staffId: string }): Parameters {
	return named([
		[fields.start, start],
		[fields.end, end],
		[fields.staff, staffId],
	]);
}

/** Where visits stand in a pipeline, and in which fields. */
export interface Mapping {
	readonly fields: VisitFields;
	readonly stages: Stages;
	readonly categoryId: number;
}

/** All that a draft puts into an element when it is opened. */
export function draftFields(draft: VisitDraft, { fields, stages, categoryId }: Mapping, forms: FieldForms): Parameters {
	const { client, services, staff, start, end, price } = draft;
	const serviceIds = services.map(({ id }) => id);
	return {
		title: titleOf(draft),
		categoryId,
		stageId: stages.booked,
		contactIds: [Number(client.id)],
		...(price === null ? {} : { opportunity: majorOf(price.min, price.currency), isManualOpportunity: 'Y', currencyId: price.currency }),
		...placeFields(fields, { start, end, staffId: staff.id }),
		...named([[fields.services, forms.services === 'list' ? serviceIds.map(Number) : serviceIds.join(',')]]),
	};
}

/** The services of a draft as the lines of a deal; services that stand in the plan alone have none. */
export function productRows({ services }: VisitDraft): readonly Parameters[] {
	return services
		.filter(({ id }) => isWireId(id))
		.map(({ id, title, price }) => ({ productId: Number(id), productName: title, ...(price === null ? {} : { price: majorOf(price.min, price.currency) }), quantity: 1 }));
}

/** What a person in the portal reads first: what, who, when on the salon's clock. */
export function titleOf({ services, client, start }: VisitDraft): string {
	const what = services.map(({ title }) => title).join(', ');
	const when = `${start.slice(8, 10)}.${start.slice(5, 7)} ${start.slice(11, 16)}`;
	return `${what} — ${client.name ?? ''} ${when}`.replace(/\s+/g, ' ').slice(0, 250);
}

function named(pairs: readonly (readonly [string | undefined, unknown])[]): Parameters {
	return Object.fromEntries(pairs.flatMap(([code, value]) => (code === undefined ? [] : [[code, value]])));
}

const BY_SEMANTICS: Readonly<Record<string, AppointmentStatus>> = { P: 'booked', S: 'arrived', F: 'cancelled' };

/** The status a stage means: by the mapping, else by what the portal says of the stage. One that says nothing is a visit that stands. */
export function statusOf(item: ItemWire, stages: Stages, count: (field: string) => void): AppointmentStatus {
	const { stageId } = item;
	if (stageId === stages.cancelled) return 'cancelled';
	if (stageId === stages.noShow) return 'no_show';
	if (stageId === stages.arrived) return 'arrived';
	if (stageId === stages.confirmed) return 'confirmed';
	if (stageId === stages.booked) return 'booked';
	// a smart process does not say what its stages mean
	if (item.stageSemanticId === null || item.stageSemanticId === undefined) return 'booked';
	const semantics = item.stageSemanticId;
	const status = Object.hasOwn(BY_SEMANTICS, semantics) ? BY_SEMANTICS[semantics] : undefined;
	if (status === undefined) count('item.stageSemanticId');
	return status ?? 'booked';
}

/** What an element costs; a sum of zero is one that nobody set. */
export function priceOf({ opportunity, currencyId }: ItemWire): PriceRange | null {
	if (opportunity === null || opportunity === undefined || opportunity === 0 || currencyId === null || currencyId === undefined || !/^[A-Z]{3}$/.test(currencyId)) return null;
	const amount = minorOf(opportunity, currencyId);
	return { min: amount, max: amount, currency: currencyId };
}

/** The value of a user field as text; null for none. */
export function textIn(item: ItemWire, code: string | undefined): string | null {
	const value: unknown = code === undefined ? null : (item as Readonly<Record<string, unknown>>)[code];
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Ids a field holds: a list, or text with commas. */
export function idsIn(item: ItemWire, code: string | undefined): readonly string[] {
	const value: unknown = code === undefined ? null : (item as Readonly<Record<string, unknown>>)[code];
	const parts: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[\s,;]+/) : [value];
	return [...new Set(parts.map((part) => (typeof part === 'number' || typeof part === 'string' ? String(part) : '')).filter((part) => part !== '' && part !== '0'))];
}

/** Changes with whatever a change can touch: the portal's own mark counts whole seconds, and bookings have none. */
export function versionOf(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** Numbers as texts that sort as numbers do. */
export function rankOf(id: string): string {
	return id.padStart(15, '0');
}
