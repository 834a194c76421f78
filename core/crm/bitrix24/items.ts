import { type Appointment, type AppointmentQuery, mapOutcome, type OperationKey, type Outcome, ok, refused, unavailable, type Zone } from '../../booking';
import { zoneClock } from '../../calendar';
import { type BusySource, type HeldVisit, type InstantWindow, type Taken, type TakenTime, type VisitDraft } from '../computed';
import { busyInCalendars } from './calendars';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { markFields, markFilter, markIn, wordFields, wordsIn } from './mark';
import { readNote, writeNote } from './note';
import { readAll } from './pages';
import type { VisitItems } from './settings';
import { draftFields, idsIn, placeFields, priceOf, productRows, rankOf, statusOf, textIn, versionOf } from './visit-items';
import type { ItemWire } from './wire';

/** A visit may begin this long before a window and still reach into it. */
const LONGEST_MS = 86_400_000;
/** Length of an element whose end nobody filled in. */
const USUAL_MS = 3_600_000;
const DEALS = 2;
const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** Deals or elements of a smart process as visits: each method is the portal's own, see `BusySource`. */
export function itemSource(context: Context): BusySource {
	return {
		lagMs: 0,
		taken: (window) => taken(context, window),
		read: (id) => read(context, id),
		list: (query) => list(context, query),
		findByTag: (tag) => findByTag(context, tag),
		write: (draft, key) => write(context, draft, key),
		finish: (visit, draft, key) => finish(context, visit, draft, key),
		move: (visit, to, key) => update(context, visit, placeFields(mappingOf(context).fields, to), key),
		cancel: (visit, key) => update(context, visit, { stageId: mappingOf(context).stages.cancelled }, key),
		undo: (visit, key) => undo(context, visit, key),
	};
}

/** The mapping of a portal without online booking. */
function mappingOf({ settings }: Pick<Context, 'settings'>): VisitItems {
	if (settings.mode !== 'crm') throw new TypeError('Visits are elements of the CRM only in the mode crm.');
	return settings.visits;
}

async function taken(context: Context, window: InstantWindow): Promise<Outcome<Taken>> {
	const { fields, calendars } = mappingOf(context);
	const from = new Date(Date.parse(window.from) - LONGEST_MS).toISOString();
	const [items, other] = await Promise.all([
		readItems(context, { [`>=${fields.start}`]: from, [`<${fields.start}`]: window.to }),
		calendars ? busyInCalendars(context, window) : ok<readonly TakenTime[]>([]),
	]);
	if (items.kind !== 'ok') return items;
	if (other.kind !== 'ok') return other;
	return mapOutcome(await zoneOf(context), (zone) => {
		const live = items.value.map((item) => heldOf(context, zone, item)).filter((held) => held !== null).filter(({ appointment }) => appointment.status !== 'cancelled');
		const isPlaced = ({ appointment }: HeldVisit): boolean => appointment.staffId !== '';
		// a visit that nobody was put to may be anybody's
		const nobodys = live.filter((held) => !isPlaced(held)).map(({ appointment: { start, end } }): TakenTime => ({ staffId: null, start, end }));
		return { visits: live.filter(isPlaced), other: [...other.value, ...nobodys] };
	});
}

function readItems(context: Context, filter: Readonly<Record<string, unknown>>): Promise<Outcome<readonly ItemWire[]>> {
	const { entityTypeId, categoryId } = mappingOf(context);
	return readAll(context.transport, (after) => calls.items(entityTypeId, { categoryId, ...filter }, after));
}

async function read(context: Context, id: string): Promise<Outcome<HeldVisit>> {
	if (!isWireId(id)) return NO_VISIT;
	const { entityTypeId, categoryId } = mappingOf(context);
	const answer = await context.transport.read(calls.item(entityTypeId, id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_VISIT;
	if (answer.kind !== 'ok') return answer;
	if (answer.value.id !== id) return unavailable('Bitrix24 answered about another element.');
	const zone = await zoneOf(context);
	if (zone.kind !== 'ok') return zone;
	const held = answer.value.categoryId === String(categoryId) ? heldOf(context, zone.value, answer.value) : null;
	return held === null || held.appointment.clientId === '' ? NO_VISIT : ok(held);
}

async function list(context: Context, { clientId, staffId, from, to }: AppointmentQuery): Promise<Outcome<readonly HeldVisit[]>> {
	if (clientId !== undefined && !isWireId(clientId)) return ok([]);
	const { fields } = mappingOf(context);
	const items = await readItems(context, {
		[`>=${fields.start}`]: from,
		[`<${fields.start}`]: to,
		...(clientId === undefined ? {} : { contactIds: Number(clientId) }),
		...(staffId === undefined ? {} : { [`=${fields.staff}`]: staffId }),
	});
	if (items.kind !== 'ok') return items;
	return mapOutcome(await zoneOf(context), (zone) => items.value.map((item) => heldOf(context, zone, item, clientId)).filter((held) => held !== null).filter(({ appointment }) => appointment.clientId !== ''));
}

async function findByTag(context: Context, tag: string): Promise<Outcome<HeldVisit | null>> {
	const { entityTypeId } = mappingOf(context);
	const items = await readItems(context, markFilter(entityTypeId, tag));
	if (items.kind !== 'ok') return items;
	const zone = await zoneOf(context);
	return mapOutcome(zone, (name) => items.value.filter((item) => markIn(entityTypeId, item) === tag).map((item) => heldOf(context, name, item)).find((held) => held !== null) ?? null);
}

async function write(context: Context, draft: VisitDraft, key: OperationKey): Promise<Outcome<string>> {
	const mapping = mappingOf(context);
	const forms = await context.facts.forms(context);
	if (forms.kind !== 'ok') return forms;
	const { comment, guestName, tag } = draft;
	const own = { ...markFields(mapping.entityTypeId, tag), ...wordFields(mapping.entityTypeId, writeNote({ comment, guestName, made: null })) };
	const made = await context.transport.write(calls.addItem(mapping.entityTypeId, { ...draftFields(draft, mapping, forms.value), ...own }), key);
	return mapOutcome(made, ({ id }) => id);
}

/** Lines of services belong to deals; a smart process need not have any. */
async function finish(context: Context, visit: HeldVisit, draft: VisitDraft, key: OperationKey): Promise<Outcome<HeldVisit>> {
	const rows = productRows(draft);
	if (mappingOf(context).entityTypeId !== DEALS || rows.length === 0) return ok(visit);
	return mapOutcome(await context.transport.write(calls.setProductRows(visit.appointment.id, rows), key), () => visit);
}

function update(context: Context, { appointment }: HeldVisit, fields: Readonly<Record<string, unknown>>, key: OperationKey): Promise<Outcome<unknown>> {
	return context.transport.write(calls.updateItem(mappingOf(context).entityTypeId, appointment.id, fields), key);
}

/** A deal is not deleted: it goes to the lost ones, and its mark no longer names the operation. */
function undo(context: Context, visit: HeldVisit, key: OperationKey): Promise<Outcome<unknown>> {
	const { entityTypeId, stages } = mappingOf(context);
	return update(context, visit, { stageId: stages.cancelled, ...markFields(entityTypeId, `lost ${visit.appointment.id}`) }, key);
}

async function zoneOf(context: Context): Promise<Outcome<Zone>> {
	return mapOutcome(await context.facts.salon(context), ({ company }) => company.zone);
}

/** An element as a visit; null for one without a time. `asked` is the client it was found by, when it has several. */
export function heldOf(context: Pick<Context, 'settings' | 'count'>, zone: Zone, item: ItemWire, asked?: string): HeldVisit | null {
	const { entityTypeId, fields, stages } = mappingOf(context);
	const start = momentIn(item, fields.start);
	if (start === null) return null;
	const end = momentIn(item, fields.end);
	const clock = zoneClock(zone);
	const { comment, guestName } = readNote(wordsIn(entityTypeId, item));
	const contacts = [...new Set([...(item.contactId === null || item.contactId === undefined ? [] : [item.contactId]), ...(item.contactIds ?? [])])];
	const seen: Omit<Appointment, 'version'> = {
		id: item.id,
		clientId: asked !== undefined && contacts.includes(asked) ? asked : (contacts[0] ?? ''),
		serviceIds: idsIn(item, fields.services),
		staffId: textIn(item, fields.staff) ?? '',
		start: clock.format(Math.floor(start / 60_000)),
		end: clock.format(Math.ceil((end !== null && end > start ? end : start + USUAL_MS) / 60_000)),
		status: statusOf(item, stages, context.count),
		price: priceOf(item),
		comment: comment === '' ? null : comment,
		guestName: guestName === '' ? null : guestName,
	};
	const touchedAt = item.updatedTime ?? null;
	return { appointment: { ...seen, version: versionOf([seen, item.stageId]) }, tag: markIn(entityTypeId, item), rank: rankOf(item.id), touchedAt };
}

function momentIn(item: ItemWire, code: string): number | null {
	const text = textIn(item, code);
	const moment = text === null || !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Number.NaN : Date.parse(text);
	return Number.isNaN(moment) ? null : moment;
}
