import { mapOutcome, type OperationKey, type Outcome, ok } from '../../booking';
import type { VisitDraft } from '../computed';
import type { Transport } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { type Note, readNote, writeNote } from './note';
import { readAll } from './pages';
import type { LinkedDeals } from './settings';
import { draftFields, ORIGINATOR, placeFields } from './visit-items';
import type { ItemWire } from './wire';

/** Deals that go with bookings: a booking has neither money nor a status, and leaves nothing behind when it is deleted. */

export const DEALS = 2;
/** Left out of the search for cancelled visits: nobody books further ahead. */
const LONGEST_AHEAD_MS = 370 * 86_400_000;

/** Where a booking stood, as its deal keeps it. */
export interface Place {
	readonly bookingId: string;
	readonly staffId: string;
	readonly start: string;
	readonly end: string;
}

/** The one question that finds the deals of bookings, alone or in a batch. */
export function dealsQuestion(bookings: readonly { readonly bookingId: string; readonly tag: string }[]) {
	return calls.items(DEALS, { '=originatorId': ORIGINATOR, '@originId': bookings.map(({ bookingId, tag }) => originOf(bookingId, tag)) }, '0');
}

/** Deals by the ids of their bookings; of two the first. */
export function byBooking(deals: readonly ItemWire[]): ReadonlyMap<string, ItemWire> {
	const found = new Map<string, ItemWire>();
	for (const deal of deals) {
		const id = originIn(deal)?.bookingId ?? null;
		if (id !== null && !found.has(id)) found.set(id, deal);
	}
	return found;
}

/** The deal of one booking, or null. */
export async function findDeal({ transport }: Context, bookingId: string): Promise<Outcome<ItemWire | null>> {
	const deals = await readAll(transport, (after) => calls.items(DEALS, { '=originatorId': ORIGINATOR, '%originId': `booking ${bookingId} ` }, after));
	return mapOutcome(deals, (items) => items.find((deal) => originIn(deal)?.bookingId === bookingId) ?? null);
}

/** The deal of the visit an operation made, or null. */
export async function findDealByTag({ transport }: Context, tag: string): Promise<Outcome<ItemWire | null>> {
	const deals = await readAll(transport, (after) => calls.items(DEALS, { '=originatorId': ORIGINATOR, '%originId': tag }, after));
	return mapOutcome(deals, (items) => items.find((deal) => originIn(deal)?.tag === tag) ?? null);
}

/** Deals in the stage of cancelled visits. */
export function cancelledDeals({ transport }: Context, { categoryId, stages }: LinkedDeals, from: string, contactId?: string): Promise<Outcome<readonly ItemWire[]>> {
	const since = new Date(Date.parse(from) - LONGEST_AHEAD_MS).toISOString();
	const filter = { '=originatorId': ORIGINATOR, categoryId, '=stageId': stages.cancelled, '>=createdTime': since, ...(contactId === undefined ? {} : { contactId: Number(contactId) }) };
	return readAll(transport, (after) => calls.items(DEALS, filter, after));
}

/** Opens the deal of a booking that has none. */
export async function openDeal(context: Context, deals: LinkedDeals, bookingId: string, draft: VisitDraft, key: OperationKey): Promise<Outcome<ItemWire>> {
	const forms = await context.facts.forms(context);
	if (forms.kind !== 'ok') return forms;
	const place = { bookingId, staffId: draft.staff.id, start: draft.start, end: draft.end };
	const made = await context.transport.write(
		calls.addItem(DEALS, { ...draftFields(draft, deals, forms.value), originatorId: ORIGINATOR, originId: originOf(bookingId, draft.tag), comments: commentsOf(draft, place) }),
		key,
	);
	if (made.kind !== 'unknown') return made;
	const after = await findDeal(context, bookingId);
	return after.kind === 'ok' && after.value !== null ? ok(after.value) : made;
}

/** Moves a deal to another stage; one that stands there already is left alone, and an unclear answer is read back. */
export async function setStage({ transport }: Context, deal: ItemWire, stageId: string, key: OperationKey): Promise<Outcome<unknown>> {
	if (deal.stageId === stageId) return ok(null);
	return changed(transport, deal, { stageId }, key);
}

/** Gives up the deal of a booking that is taken back: afterwards it answers neither for the booking nor for the operation. */
export async function forget({ transport }: Context, { stages }: LinkedDeals, deal: ItemWire, key: OperationKey): Promise<Outcome<unknown>> {
	return changed(transport, deal, { stageId: stages.cancelled, originId: `lost ${deal.id}` }, key);
}

async function changed(transport: Transport, deal: ItemWire, fields: { readonly stageId: string; readonly originId?: string }, key: OperationKey): Promise<Outcome<unknown>> {
	const moved = await transport.write(calls.updateItem(DEALS, deal.id, fields), key);
	if (moved.kind !== 'unknown') return moved;
	const after = await transport.read(calls.item(DEALS, deal.id));
	return after.kind === 'ok' && after.value.id === deal.id && after.value.stageId === fields.stageId && (fields.originId ?? after.value.originId) === after.value.originId ? ok(null) : moved;
}

/** Writes a new place into a deal. */
export function setPlace({ transport }: Context, { fields }: LinkedDeals, deal: ItemWire, place: Place, key: OperationKey): Promise<Outcome<unknown>> {
	const comments = `${withoutPlace(deal.comments)}\n${placeLine(place)}`;
	return transport.write(calls.updateItem(DEALS, deal.id, { ...placeFields(fields, place), comments }), key);
}

const PLACE_LINE = /^\[booking (\d{1,15}) resource (\d{1,15}) from (\S{20,30}) to (\S{20,30})\]$/;

/** What a deal remembers of its booking, or null where staff deleted the place. */
export function memoryIn({ comments }: ItemWire): { readonly place: Place; readonly note: Note } | null {
	const match = comments.split('\n').map((line) => PLACE_LINE.exec(line.trim())).find((one) => one !== null);
	if (match === null || match === undefined) return null;
	const [, bookingId = '', staffId = '', start = '', end = ''] = match;
	if (Number.isNaN(Date.parse(start)) || Number.isNaN(Date.parse(end))) return null;
	return { place: { bookingId, staffId, start, end }, note: readNote(withoutPlace(comments)) };
}

function withoutPlace(comments: string): string {
	return comments.split('\n').filter((line) => !PLACE_LINE.test(line.trim())).join('\n');
}

function commentsOf({ comment, guestName, tag, client, services }: VisitDraft, place: Place): string {
	return [writeNote({ comment, guestName, made: { tag, clientId: client.id, serviceIds: services.map(({ id }) => id) } }), placeLine(place)].join('\n');
}

function placeLine({ bookingId, staffId, start, end }: Place): string {
	return `[booking ${bookingId} resource ${staffId} from ${start} to ${end}]`;
}

/** Names the booking and the operation that made it: both have to be found after the booking is gone. */
function originOf(bookingId: string, tag: string): string {
	return `booking ${bookingId} ${tag}`;
}

function originIn({ originatorId, originId }: ItemWire): { readonly bookingId: string; readonly tag: string } | null {
	const match = originatorId === ORIGINATOR ? /^booking (\d{1,15}) (aia-[0-9a-f]{32})$/.exec(originId ?? '') : null;
	return match === null ? null : { bookingId: match[1] ?? '', tag: match[2] ?? '' };
}
