import { type AppointmentQuery, type OperationKey, type Outcome, ok, refused, unknown } from '../../booking';
import type { BusySource, HeldVisit, InstantWindow, Salon, Taken, VisitDraft, VisitPlace } from '../computed';
import type { VisitMapping } from './base-mapping';
import * as calls from './calls';
import type { Context } from './context';
import { isCancelled, takenBy, visitOf } from './mapping';
import { allOf, anyOf, datetime, guid, isGuid, quoted } from './odata';
import { readAll, type Source } from './pages';
import { isPosted, postAgain, setPosted } from './posting';
import { release, reserve } from './reservation';
import { cellMark, commentOf, lostIn, movedVisit, newVisit, placeOf, withdrawnVisit } from './visit-rows';
import { midnight } from './wall-time';
import { type ObjectWire, shaped } from './wire';

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** The visits of a base, read and written plainly: the objects the mapping names. */
export function createJournal(context: Context, visit: VisitMapping): BusySource {
	return {
		lagMs: 0,
		taken: (window) => taken(context, visit, window),
		read: (id) => read(context, visit, id),
		list: (query, salon) => list(context, visit, query, salon),
		...(isFindable(visit) ? { findByTag: (tag: string) => findByTag(context, visit, tag) } : {}),
		write: (draft, key) => write(context, visit, draft, key),
		...(visit.post ? { finish: (held: HeldVisit, _draft: VisitDraft, key: OperationKey) => finish(context, visit, held, key) } : {}),
		move: (held, to, key) => move(context, visit, held, to, key),
		cancel: (held, key) => cancel(context, visit, held, key),
		undo: (held, key) => undo(context, visit, held, key),
	};
}

/** Whether a visit can be searched by its tag: texts without a length are refused in filters. */
export function isFindable({ marker, commentLength }: VisitMapping): boolean {
	return marker !== null || commentLength !== null;
}

/** What a visit must hold: a time that cannot be read must not become a free one. */
function schemaOf({ start, end, staff, client, lines, status, comment, marker }: VisitMapping) {
	return shaped({
		dates: [start, end],
		keys: [staff, client.section === null ? client.field : null],
		texts: [status, comment, marker],
		sections: [client.section, lines === null ? null : lines.section],
	});
}

function source({ mapping: { allowedOnly } }: Context, visit: VisitMapping, filter: string): Source<ObjectWire> {
	return { name: 'visits', set: visit.entity, options: { filter, orderby: 'Ref_Key', allowedOnly }, schema: schemaOf(visit), idOf: (row) => row.Ref_Key };
}

/** Objects that can touch a window. One without an end may have begun the day before, and rows may have times of their own. */
function touching({ start, end }: VisitMapping, { from, to }: InstantWindow, zone: string): string {
	const [first, last] = [datetime(midnight(from, zone, -1)), datetime(midnight(to, zone, 2))];
	const begun = end === null ? `${start} ge ${first}` : `(${start} ge ${first} or ${end} ge ${first})`;
	return `${start} lt ${last} and ${begun}`;
}

async function taken(context: Context, visit: VisitMapping, window: InstantWindow): Promise<Outcome<Taken>> {
	const salon = await context.facts.salon(context);
	if (salon.kind !== 'ok') return salon;
	const rows = await readAll(context.transport, source(context, visit, allOf('DeletionMark eq false', touching(visit, window, salon.value.company.zone))));
	if (rows.kind !== 'ok') return rows;
	const live = rows.value.filter((row) => !isCancelled(visit, row)).map((row) => ({ row, held: visitOf(visit, row, salon.value, context.count) }));
	return ok({
		visits: live.flatMap(({ held }) => (held === null ? [] : [held])),
		// what is nobody's visit takes time all the same, and so do people whom a row of a visit names beside its own
		other: live.flatMap(({ row, held }) => takenBy(visit, row, salon.value).filter(({ staffId }) => held === null || staffId !== held.appointment.staffId)),
	});
}

async function read(context: Context, visit: VisitMapping, id: string): Promise<Outcome<HeldVisit>> {
	const wire = await readWire(context, visit, id);
	if (wire.kind !== 'ok') return wire;
	const salon = await context.facts.salon(context);
	if (salon.kind !== 'ok') return salon;
	const held = visitOf(visit, wire.value, salon.value, context.count);
	return held === null ? NO_VISIT : ok(held);
}

async function readWire({ transport }: Context, visit: VisitMapping, id: string): Promise<Outcome<ObjectWire>> {
	if (!isGuid(id)) return NO_VISIT;
	const answer = await transport.read(calls.object('visit', visit.entity, id, schemaOf(visit)));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_VISIT;
	if (answer.kind !== 'ok') return answer;
	return answer.value.Ref_Key === id.toLowerCase() ? answer : NO_VISIT;
}

async function list(context: Context, visit: VisitMapping, { clientId, staffId, from, to, includeCancelled }: AppointmentQuery, salon: Salon): Promise<Outcome<readonly HeldVisit[]>> {
	if ((clientId !== undefined && !isGuid(clientId)) || (staffId !== undefined && !isGuid(staffId))) return ok([]);
	const { client } = visit;
	// a client in a section, or of a composite type, is looked for here: bases differ in whether they can
	const ofClient = clientId === undefined || client.section !== null || client.type !== null ? null : `${client.field} eq ${guid(clientId)}`;
	const { zone } = salon.company;
	const begins = `${visit.start} ge ${datetime(midnight(from, zone, 0))} and ${visit.start} lt ${datetime(midnight(to, zone, 1))}`;
	const rows = await readAll(context.transport, source(context, visit, allOf(includeCancelled === true ? null : 'DeletionMark eq false', begins, ofClient)));
	if (rows.kind !== 'ok') return rows;
	return ok(rows.value.map((row) => visitOf(visit, row, salon, context.count)).filter((held): held is HeldVisit => held !== null));
}

async function findByTag(context: Context, visit: VisitMapping, tag: string): Promise<Outcome<HeldVisit | null>> {
	const salon = await context.facts.salon(context);
	if (salon.kind !== 'ok') return salon;
	const filter = visit.marker === null ? `substringof(${quoted(tag)},${visit.comment})` : anyOf(visit.marker, [quoted(tag)]);
	const rows = await readAll(context.transport, source(context, visit, filter));
	if (rows.kind !== 'ok') return rows;
	const found = rows.value.map((row) => visitOf(visit, row, salon.value, context.count)).filter((held): held is HeldVisit => held?.tag === tag);
	return ok(found.find(({ appointment }) => appointment.status !== 'cancelled') ?? found[0] ?? null);
}

async function write(context: Context, visit: VisitMapping, draft: VisitDraft, key: OperationKey): Promise<Outcome<string>> {
	if (visit.commentLength !== null && commentOf(visit, draft).length > visit.commentLength) {
		return refused('invalid_request', `The comment is longer than the base keeps (${visit.commentLength} characters with what is written beside it); shorten it.`);
	}
	const salon = await context.facts.salon(context);
	if (salon.kind !== 'ok') return salon;
	const place = { staffId: draft.staff.id, start: draft.start, end: draft.end };
	const reserved = await reserve(context, place, draft.tag, key);
	if (reserved.kind !== 'ok') return reserved;
	const made = await context.transport.write(calls.create('create_visit', visit.entity, newVisit(visit, draft, salon.value, context.clock())), key);
	if (made.kind === 'refused' || made.kind === 'unavailable') await release(context, place, draft.tag, key);
	if (made.kind !== 'ok') return made;
	const lost = lostIn(visit, visitOf(visit, made.value, salon.value, () => undefined), draft);
	if (lost.length > 0) return withdraw(context, visit, made.value, place, draft.tag, key, refused('invalid_request', `The base did not keep a part of the visit (${lost.join(', ')}), so it was marked for deletion; compare "visit" of the mapping with the metadata.`));
	if (!visit.post) return ok(made.value.Ref_Key);
	const posted = await setPosted(context, visit.entity, made.value.Ref_Key, true, key);
	if (posted.kind === 'ok') return ok(made.value.Ref_Key);
	return posted.kind === 'refused' ? withdraw(context, visit, made.value, place, draft.tag, key, posted) : unknown(key);
}

/** Takes a visit back that was made and cannot stay; `reason` is told when that is sure. */
async function withdraw(context: Context, visit: VisitMapping, wire: ObjectWire, place: VisitPlace, mark: string, key: OperationKey, reason: Outcome<never>): Promise<Outcome<never>> {
	await context.transport.write(calls.change('withdraw_visit', visit.entity, wire.Ref_Key, withdrawnVisit(visit, wire)), key);
	const after = await readWire(context, visit, wire.Ref_Key);
	if (after.kind !== 'ok' || !after.value.DeletionMark) return unknown(key);
	await release(context, place, mark, key);
	return reason;
}

/** Posts what an earlier, broken attempt left unposted. */
async function finish(context: Context, visit: VisitMapping, held: HeldVisit, key: OperationKey): Promise<Outcome<HeldVisit>> {
	const posted = await setPosted(context, visit.entity, held.appointment.id, true, key);
	return posted.kind === 'ok' ? read(context, visit, held.appointment.id) : posted;
}

async function move(context: Context, visit: VisitMapping, held: HeldVisit, to: VisitPlace, key: OperationKey): Promise<Outcome<unknown>> {
	const { id, version } = held.appointment;
	const [wire, salon] = await Promise.all([readWire(context, visit, id), context.facts.salon(context)]);
	if (wire.kind !== 'ok') return wire;
	if (salon.kind !== 'ok') return salon;
	if (wire.value.DataVersion !== version) return refused('version_conflict', 'The visit was changed meanwhile; read it again.');
	const [mark, from] = [cellMark(held, key), placeOf(held)];
	const reserved = await reserve(context, to, mark, key);
	if (reserved.kind !== 'ok') return reserved;
	const moved = await context.transport.write(calls.change('move_visit', visit.entity, id, movedVisit(visit, wire.value, to, salon.value), version), key);
	if (moved.kind === 'refused' || moved.kind === 'unavailable') {
		await release(context, to, mark, key, from);
		return moved;
	}
	if (moved.kind !== 'ok') return moved;
	const posted = isPosted(wire.value) ? await postAgain(context, visit.entity, id, key) : ok(true);
	if (posted.kind !== 'ok') return backTo(context, visit, { held, wire: wire.value, from, to, mark, salon: salon.value }, posted, key);
	await release(context, from, mark, key, to);
	return moved;
}

interface Moved {
	readonly held: HeldVisit;
	readonly wire: ObjectWire;
	readonly from: VisitPlace;
	readonly to: VisitPlace;
	readonly mark: string;
	readonly salon: Salon;
}

/** Puts a visit back whose posting at its new place was refused; the refusal is told when it stands as it was. */
async function backTo(context: Context, visit: VisitMapping, { held, wire, from, to, mark, salon }: Moved, posted: Outcome<unknown>, key: OperationKey): Promise<Outcome<unknown>> {
	const { id } = held.appointment;
	if (posted.kind !== 'refused') return unknown(key);
	const back = await context.transport.write(calls.change('move_visit', visit.entity, id, movedVisit(visit, wire, from, salon)), key);
	const stands = back.kind === 'ok' ? await postAgain(context, visit.entity, id, key) : back;
	if (stands.kind !== 'ok') return unknown(key);
	await release(context, to, mark, key, from);
	return posted;
}

async function cancel(context: Context, visit: VisitMapping, held: HeldVisit, key: OperationKey): Promise<Outcome<unknown>> {
	const byStatus = visit.cancelBy === 'status' && visit.status !== null && visit.statusCancelled !== null;
	const changes = byStatus && visit.status !== null ? { [visit.status]: visit.statusCancelled, ...visit.cancelDefaults } : { DeletionMark: true };
	return end(context, visit, held, changes, !byStatus, key);
}

async function undo(context: Context, visit: VisitMapping, held: HeldVisit, key: OperationKey): Promise<Outcome<unknown>> {
	const wire = await readWire(context, visit, held.appointment.id);
	return wire.kind === 'ok' ? end(context, visit, held, withdrawnVisit(visit, wire.value), true, key) : wire;
}

/** Ends a visit. A posted document is unposted first, and posted again when the change is refused. */
async function end(context: Context, visit: VisitMapping, held: HeldVisit, changes: Readonly<Record<string, unknown>>, unpost: boolean, key: OperationKey): Promise<Outcome<unknown>> {
	const { id } = held.appointment;
	const wasPosted = unpost && visit.entity.startsWith('Document_') ? await setPosted(context, visit.entity, id, false, key) : ok(false);
	if (wasPosted.kind !== 'ok') return wasPosted;
	const changed = await context.transport.write(calls.change('end_visit', visit.entity, id, changes), key);
	if (changed.kind === 'ok') await release(context, placeOf(held), cellMark(held, key), key);
	if ((changed.kind !== 'refused' && changed.kind !== 'unavailable') || !wasPosted.value) return changed;
	const posted = await setPosted(context, visit.entity, id, true, key);
	return posted.kind === 'ok' ? changed : unknown(key);
}
