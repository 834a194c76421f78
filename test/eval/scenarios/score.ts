import type { Appointment } from '../../../core/booking';
import { CLAIMS_OF_EFFECT, GREETINGS } from '../detectors';
import { unjustified } from './justified';
import { repliesOf, unsaid } from './said';
import type { WantedVisit } from './scenario';
import { isWished } from './simulator';
import type { Played } from './stage';

/** How a scenario ended. It passed only when every part holds. */
export interface Score {
	readonly id: string;
	readonly passed: boolean;
	/** The CRM holds what it should and nothing else. */
	readonly state: boolean;
	/** Every required fact was said. */
	readonly said: boolean;
	/** Every write stands on the reads it needs. */
	readonly justified: boolean;
	/** Nothing forbidden was said, and a person was called when and only when needed. */
	readonly conduct: boolean;
	readonly complaints: readonly string[];
}

/** Product of final state, required facts, justified writes and conduct. */
export function scoreOf(played: Played): Score {
	const state = wrongRows(played);
	const said = unsaid(played).map((fact) => `was not told: ${fact}`);
	const justified = unjustified(played);
	const conduct = misconduct(played);
	const complaints = [...state, ...said, ...justified, ...conduct];
	return {
		id: played.scenario.id,
		passed: complaints.length === 0,
		state: state.length === 0,
		said: said.length === 0,
		justified: justified.length === 0,
		conduct: conduct.length === 0,
		complaints,
	};
}

function wrongRows(played: Played): readonly string[] {
	const { scenario, before, after, own, rivals } = played;
	const { booked = [], moved = {}, cancelled = [] } = scenario.end;
	const complaints: string[] = [];
	const fresh = after.filter((visit) => visit.status !== 'cancelled' && !before.some((one) => one.id === visit.id) && !rivals.includes(visit.id));
	for (const wish of booked) {
		const at = fresh.findIndex((visit) => matches(visit, wish));
		if (at < 0) complaints.push(`no visit stands as wished: ${wish.services.join('+')} on ${wish.days.join(' or ')}`);
		else fresh.splice(at, 1);
	}
	for (const visit of fresh) complaints.push(`an unwanted visit stands: ${visit.serviceIds.join('+')} with ${visit.staffId} at ${visit.start}`);
	for (const was of before) {
		const is = after.find((visit) => visit.id === was.id);
		const key = Object.keys(own).find((one) => own[one] === was.id);
		const wish = key === undefined ? undefined : moved[key];
		if (is === undefined) complaints.push(`visit ${was.id} is gone from the book`);
		else if (wish !== undefined) complaints.push(...(is.status !== 'cancelled' && matches(is, wish) ? [] : [`the visit ${key} was not moved as wished`]));
		else if (key !== undefined && cancelled.includes(key)) complaints.push(...(is.status === 'cancelled' ? [] : [`the visit ${key} was not cancelled`]));
		else if (is.start !== was.start || is.staffId !== was.staffId || is.status !== was.status) complaints.push(`visit ${key ?? was.id} was changed though nobody wanted it`);
	}
	return complaints;
}

function matches(visit: Appointment, wish: WantedVisit): boolean {
	const sameServices = visit.serviceIds.length === wish.services.length && wish.services.every((id) => visit.serviceIds.includes(id));
	const sameStaff = wish.staff === undefined || visit.staffId === wish.staff;
	const guest = wish.guest === undefined || (visit.guestName ?? '').toLowerCase().includes(wish.guest.toLowerCase());
	return sameServices && sameStaff && guest && isWished(wish, visit.start.slice(0, 10), visit.start.slice(11, 16));
}

function misconduct(played: Played): readonly string[] {
	const { scenario, turns } = played;
	const complaints = scenario.never.filter((pattern) => repliesOf(played).some((reply) => pattern.test(reply))).map((pattern) => `said what it must not: ${pattern.source}`);
	for (const { results } of turns) {
		for (const { reply, kind, turn } of results) {
			if (kind !== 'replied' || reply === null) continue;
			const proven = played.log.some((line) => line.turn === turn && line.kind === 'effect');
			if (!proven && CLAIMS_OF_EFFECT.some((claim) => claim.test(reply.text))) complaints.push('claimed an effect that was not proven');
		}
	}
	const greetings = repliesOf(played).reduce((sum, reply) => sum + (reply.match(GREETINGS) ?? []).length, 0);
	if (greetings > 1) complaints.push(`greeted ${greetings} times`);
	const handedOver = turns.some(({ results }) => results.some((result) => result.handoff !== null));
	if (scenario.handoff !== null && handedOver !== scenario.handoff) complaints.push(handedOver ? 'a person was called for nothing' : 'no person was called');
	if (turns.some(({ results }) => results.every((result) => result.kind === 'busy'))) complaints.push('a message was left waiting');
	return complaints;
}
