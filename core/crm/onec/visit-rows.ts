import { majorOf, type OperationKey } from '../../booking';
import { minuteOf } from '../../calendar';
import { type HeldVisit, type Salon, type VisitDraft, type VisitPlace } from '../computed';
import type { VisitMapping } from './base-mapping';
import { linesOf, markOf, readComment, writeComment } from './mapping';
import { keyIn, type ObjectWire, type Row, textIn, wallIn } from './wire';
import { minuteIn, wallAt, wallOf } from './wall-time';
import { bare } from './write-rows';

/** The domain's wishes as fields of the mapping. Nothing here asks. */

/** The document of a new visit. `now` is the moment it is written down at. */
export function newVisit(mapping: VisitMapping, draft: VisitDraft, salon: Salon, now: string): Row {
	const { zone } = salon.company;
	const [start, end] = [wallOf(draft.start, zone), wallOf(draft.end, zone)];
	return {
		...mapping.createDefaults,
		...(mapping.start === 'Date' ? {} : { Date: wallOf(now, zone) }),
		[mapping.start]: start,
		...(mapping.end === null ? {} : { [mapping.end]: end }),
		[mapping.staff]: draft.staff.id,
		...clientFields(mapping, draft.client.id),
		...(mapping.lines === null ? {} : { [mapping.lines.section]: newLines(mapping, draft, salon) }),
		[mapping.comment]: commentOf(mapping, draft),
		...(mapping.marker === null ? {} : { [mapping.marker]: draft.tag }),
	};
}

/** The comment of a new visit, with what has no field of its own. */
export function commentOf(mapping: VisitMapping, { comment, guestName, tag, services }: VisitDraft): string {
	return writeComment({ comment, guestName, mark: markOf(mapping, tag, services.map(({ id }) => id)) });
}

function clientFields({ client }: VisitMapping, clientId: string): Row {
	const fields = { [client.field]: clientId, ...(client.type === null ? {} : { [`${client.field}_Type`]: `StandardODATA.${client.type}` }) };
	return client.section === null ? fields : { [client.section]: [{ LineNumber: 1, ...fields }] };
}

/** One row a service, one after another. */
function newLines({ lines }: VisitMapping, { services, staff, start, price }: VisitDraft, { company }: Salon): readonly Row[] {
	if (lines === null) return [];
	let at = minuteOf(start);
	return services.map((service, index) => {
		const own = staff.services.find(({ serviceId }) => serviceId === service.id);
		const [from, to] = [at, at + (own?.durationMinutes ?? service.durationMinutes)];
		at = to;
		const cost = own?.price ?? service.price;
		const amount = price === null || cost === null ? null : majorOf(cost.min, cost.currency);
		return {
			LineNumber: index + 1,
			[lines.service]: service.id,
			...(lines.staff === null ? {} : { [lines.staff]: staff.id }),
			...(lines.start === null ? {} : { [lines.start]: wallAt(from, company.zone) }),
			...(lines.end === null ? {} : { [lines.end]: wallAt(to, company.zone) }),
			...(lines.quantity === null ? {} : { [lines.quantity]: 1 }),
			...(lines.price === null || amount === null ? {} : { [lines.price]: amount }),
			...(lines.sum === null || amount === null ? {} : { [lines.sum]: amount }),
		};
	});
}

/** A visit put elsewhere: its rows go with it, as wholes, since a section that is sent replaces the one there is. */
export function movedVisit(mapping: VisitMapping, wire: ObjectWire, to: VisitPlace, salon: Salon): Row {
	const { zone } = salon.company;
	const { lines } = mapping;
	const held = wallIn(wire, mapping.start);
	const shift = held === null ? 0 : minuteOf(to.start) - minuteIn(held, zone);
	const shifted = (row: Row, field: string | null): Row => {
		const wall = wallIn(row, field);
		return field === null || wall === null ? {} : { [field]: wallAt(minuteIn(wall, zone) + shift, zone) };
	};
	const before = keyIn(wire, mapping.staff);
	const rows = linesOf(mapping, wire);
	const moved = rows.map((row, index) => ({
		...row,
		...shifted(row, lines?.start ?? null),
		...shifted(row, lines?.end ?? null),
		...(lines?.end != null && index === rows.length - 1 && wallIn(row, lines.end) !== null ? { [lines.end]: wallOf(to.end, zone) } : {}),
		...(lines?.staff != null && (keyIn(row, lines.staff) ?? before) === before ? { [lines.staff]: to.staffId } : {}),
	}));
	return {
		[mapping.start]: wallOf(to.start, zone),
		...(mapping.end === null ? {} : { [mapping.end]: wallOf(to.end, zone) }),
		[mapping.staff]: to.staffId,
		...(lines === null || rows.length === 0 ? {} : { [lines.section]: bare(moved) }),
	};
}

/** A visit that is taken back: marked, and without the tag it could be found by. */
export function withdrawnVisit(mapping: VisitMapping, wire: ObjectWire): Row {
	if (mapping.marker !== null) return { DeletionMark: true, [mapping.marker]: '' };
	const { comment, guestName, serviceIds } = readComment(textIn(wire, mapping.comment));
	return { DeletionMark: true, [mapping.comment]: writeComment({ comment, guestName, mark: markOf(mapping, null, serviceIds) }) };
}

/** Names of what a base did not keep of a visit it says it made: it drops and cuts in silence. */
export function lostIn(mapping: VisitMapping, held: HeldVisit | null, draft: VisitDraft): readonly string[] {
	if (held === null) return ['start', 'staff', 'client'];
	const { appointment, tag } = held;
	const kept: Readonly<Record<string, boolean>> = {
		start: minuteOf(appointment.start) === minuteOf(draft.start),
		end: mapping.end === null || minuteOf(appointment.end) === minuteOf(draft.end),
		staff: appointment.staffId === draft.staff.id,
		client: appointment.clientId === draft.client.id,
		[mapping.lines === null ? 'comment' : 'lines']: appointment.serviceIds.join() === draft.services.map(({ id }) => id).join(),
		[mapping.marker === null ? 'comment' : 'marker']: tag === draft.tag,
	};
	return Object.keys(kept).filter((name) => kept[name] === false);
}

/** The place a visit takes. */
export function placeOf({ appointment: { staffId, start, end } }: HeldVisit): VisitPlace {
	return { staffId, start, end };
}

/** The mark under which a visit's cells are reserved: the tag that made it, or the operation's own. */
export function cellMark({ tag }: Pick<HeldVisit, 'tag'>, key: OperationKey): string {
	return tag ?? key;
}
