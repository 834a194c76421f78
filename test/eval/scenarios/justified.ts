import type { Appointment, Slot, SlotQuery } from '../../../core/booking';
import type { CallRecord } from '../tap';
import type { Played, PlayedTurn } from './stage';

const WRITES = ['createAppointment', 'rescheduleAppointment', 'cancelAppointment'];

/**
 * What each write to the CRM lacked of the reads that justify it: an offer fetched for the same services and person and
 * shown in an earlier turn, a pending action of an earlier turn, the client's own agreement, and a look at the calendar
 * (or at the client's visits) after that agreement and before the write. A right end reached without them is luck.
 */
export function unjustified(played: Played): readonly string[] {
	return played.calls.flatMap((call, index) => {
		if (!WRITES.includes(call.call)) return [];
		const turn = played.turns.find(({ from, to }) => from <= index && index < to);
		return turn === undefined ? ['a write outside any turn'] : lacking(played, turn, call, index);
	});
}

function lacking(played: Played, turn: PlayedTurn, call: CallRecord, index: number): readonly string[] {
	const key = String(call.args[call.args.length - 1]);
	const number = turn.results.find((result) => result.turn !== null)?.turn ?? 0;
	const pending = played.pendings.find((one) => one.id === key);
	const lacks: string[] = [];
	if (pending === undefined || pending.createdTurn >= number) lacks.push('no pending action of an earlier turn');
	if (turn.line.consents !== true) lacks.push('the client agreed to nothing in that turn');
	if (!played.log.some((line) => line.turn === number && line.kind === 'confirmed' && line.data['pending'] === key)) lacks.push('no confirmation in the log');
	const sinceYes = played.calls.slice(turn.from, index);
	const earlier = played.calls.slice(0, turn.from);
	if (call.call === 'cancelAppointment') return [...lacks, ...knewVisit(earlier, String(call.args[0]))];
	const target = targetOf(played, call);
	if (target === null) return [...lacks, 'nothing is known of what was written'];
	if (!sawFree(earlier, target)) lacks.push('its start was never read from the calendar before it was offered');
	if (!wasOffered(played, target, number)) lacks.push('its start was not offered in an earlier turn');
	if (!sawFree(sinceYes, target)) lacks.push('the calendar was not read again before the write');
	return call.call === 'rescheduleAppointment' ? [...lacks, ...knewVisit(earlier, String(call.args[0]))] : lacks;
}

interface Target {
	readonly start: string;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
}

function targetOf(played: Played, call: CallRecord): Target | null {
	if (call.call === 'createAppointment') return call.args[0] as Target;
	const visit = played.before.concat(played.after).find((one) => one.id === call.args[0]);
	const to = call.args[1] as { start: string; staffId?: string };
	return visit === undefined ? null : { start: to.start, staffId: to.staffId ?? visit.staffId, serviceIds: visit.serviceIds };
}

function sawFree(calls: readonly CallRecord[], target: Target): boolean {
	return calls.some(({ call, args, outcome }) => {
		if (call !== 'slots' || outcome.kind !== 'ok') return false;
		const query = args[0] as SlotQuery;
		if (!sameMembers(query.serviceIds, target.serviceIds)) return false;
		return (outcome.value as readonly Slot[]).some((slot) => Date.parse(slot.start) === Date.parse(target.start) && slot.staffId === target.staffId);
	});
}

function wasOffered(played: Played, target: Target, turn: number): boolean {
	return played.offers.some(
		(offer) =>
			Date.parse(offer.start) === Date.parse(target.start) &&
			offer.staffId === target.staffId &&
			sameMembers(offer.serviceIds, target.serviceIds) &&
			played.log.some((line) => line.kind === 'offered' && line.turn < turn && (line.data['offers'] as readonly string[]).includes(offer.id)),
	);
}

function knewVisit(earlier: readonly CallRecord[], id: string): readonly string[] {
	const seen = earlier.some(({ call, outcome }) => call === 'appointments' && outcome.kind === 'ok' && (outcome.value as readonly Appointment[]).some((visit) => visit.id === id));
	return seen ? [] : ["it was never read among the client's visits"];
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((one) => right.includes(one));
}
