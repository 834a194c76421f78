import type { Appointment } from '../../core/booking';
import { CLAIMS_OF_EFFECT } from './detectors';
import type { DialogueRecord, Exchange, LogLine } from './record';

/** Complaints about one guarantee; none when it is kept. Nothing here uses the code that guards it. */
export type Check = (record: DialogueRecord) => readonly string[];

/** A write that the CRM carried out. */
interface Write {
	readonly kind: 'create' | 'reschedule' | 'cancel';
	readonly key: string;
	readonly visit: Appointment;
	readonly at: number;
}

const WRITING = { createAppointment: 'create', rescheduleAppointment: 'reschedule', cancelAppointment: 'cancel' } as const;
const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;

export function writesOf(record: DialogueRecord): readonly Write[] {
	return record.calls.flatMap(({ call, args, outcome, at }) => {
		if (!(call in WRITING) || outcome.kind !== 'ok') return [];
		const kind = WRITING[call as keyof typeof WRITING];
		return [{ kind, key: String(args[args.length - 1]), visit: outcome.value as Appointment, at }];
	});
}

/** The turn in which an operation was sent. */
function turnOf(record: DialogueRecord, key: string): number | null {
	return record.log.find((line) => line.kind === 'commit' && line.data['operation'] === key)?.turn ?? null;
}

export function exchangeOf(record: DialogueRecord, turn: number): Exchange | undefined {
	return record.exchanges.find(({ results }) => results.some((result) => result.turn === turn));
}

export function linesOf(record: DialogueRecord, turn: number, kind: string): readonly LogLine[] {
	return record.log.filter((line) => line.turn === turn && line.kind === kind);
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((one) => right.includes(one));
}

/** G1: every visit written was offered in an earlier turn, for this start, person and services. */
export const onlyOffered: Check = (record) =>
	writesOf(record)
		.filter((write) => write.kind !== 'cancel')
		.flatMap(({ key, visit }) => {
			const turn = turnOf(record, key);
			const offered = record.offers.some((offer) => {
				const shown = record.log.find((line) => line.kind === 'offered' && (line.data['offers'] as readonly string[]).includes(offer.id));
				return (
					shown !== undefined && turn !== null && shown.turn < turn && Date.parse(offer.start) === Date.parse(visit.start) && offer.staffId === visit.staffId && sameMembers(offer.serviceIds, visit.serviceIds)
				);
			});
			return offered ? [] : [`${visit.id} was written without an earlier offer of its start, person and services`];
		});

/** G2: a write has a pending action of an earlier turn, and a message by which the client agreed. */
export const onlyConfirmed: Check = (record) =>
	writesOf(record).flatMap(({ key, visit }) => {
		const turn = turnOf(record, key);
		const pending = record.pendings.find((one) => one.id === key);
		if (turn === null || pending === undefined || pending.createdTurn >= turn) return [`${visit.id} was written without a pending action of an earlier turn`];
		const agreed = exchangeOf(record, turn)?.sent.some((sent) => sent.consents) === true;
		return agreed ? [] : [`${visit.id} was written in turn ${turn}, in which the client agreed to nothing`];
	});

/** G3: an effect is told only in a turn that proved one, and every effect is told. */
export const onlyProven: Check = (record) => {
	const complaints: string[] = [];
	for (const { reply, turn, kind } of record.exchanges.flatMap(({ results }) => results)) {
		if (kind !== 'replied' || reply === null || turn === null) continue;
		const claims = CLAIMS_OF_EFFECT.some((claim) => claim.test(reply.text));
		const proven = linesOf(record, turn, 'effect').length > 0;
		if (claims && !proven) complaints.push(`turn ${turn} claims an effect that was not proven`);
		if (!claims && proven) complaints.push(`turn ${turn} does not tell the effect it proved`);
	}
	const told = record.log.filter((line) => line.kind === 'effect').length;
	if (told !== writesOf(record).length) complaints.push(`${writesOf(record).length} effects, ${told} of them told`);
	return complaints;
};

/** G4: one pending action, one operation, one visit. */
export const onlyOnce: Check = (record) => {
	const complaints: string[] = [];
	const writes = writesOf(record);
	for (const { key } of writes) {
		if (record.operations.filter((operation) => operation.key === key && operation.status === 'done').length !== 1) complaints.push(`operation ${key} is not done exactly once`);
		if (new Set(writes.filter((write) => write.key === key).map((write) => write.visit.id)).size > 1) complaints.push(`operation ${key} touched two visits`);
	}
	if (record.operations.length > record.pendings.length) complaints.push('more operations than pending actions');
	const created = new Set(writes.filter((write) => write.kind === 'create').map((write) => write.visit.id));
	for (const id of record.after.keys()) {
		if (!record.before.has(id) && !record.rivalVisitIds.includes(id) && !created.has(id)) complaints.push(`visit ${id} stands and no operation made it`);
	}
	const standing = [...created].filter((id) => record.after.has(id));
	const cancelled = new Set(writes.filter((write) => write.kind === 'cancel').map((write) => write.visit.id));
	for (const id of created) if (!cancelled.has(id) && !standing.includes(id)) complaints.push(`visit ${id} was confirmed and does not stand`);
	return complaints;
};

/** G7: a slot that turned out taken comes with other slots, never with the same one. */
export const takenHasAlternatives: Check = (record) =>
	record.log
		.filter((line) => line.kind === 'refused' && ['slot_taken', 'resource_busy'].includes(String(line.data['reason'])) && line.data['kind'] !== 'cancel')
		.flatMap(({ turn }) => {
			const result = record.exchanges.flatMap(({ results }) => results).find((one) => one.turn === turn);
			if (result?.kind !== 'replied') return [];
			const shown = linesOf(record, turn, 'offered').flatMap((line) => line.data['offers'] as readonly string[]);
			const none = /мест нет|свободного времени нет|nothing is free/i.test(result.reply?.text ?? '');
			if (shown.length === 0 && !none) return [`turn ${turn}: taken, and nothing else was offered`];
			const repeats = (result.reply?.text.match(/какой вариант выберете|что вам удобнее|which (one|suits)/gi) ?? []).length;
			return repeats > 1 ? [`turn ${turn} offers the same list twice`] : [];
		});

/** G9: only own visits are moved or cancelled, only own cards are read, and everybody else's visits stand as before. */
export const onlyOwn: Check = (record) => {
	const complaints: string[] = [];
	const writes = writesOf(record);
	const own = new Set([...record.ownVisitIds, ...writes.filter((write) => write.kind === 'create').map((write) => write.visit.id)]);
	for (const { kind, visit } of writes) if (kind !== 'create' && !own.has(visit.id)) complaints.push(`${kind} of ${visit.id}, which is not the client's`);
	for (const [id, was] of record.before) {
		const is = record.after.get(id);
		if (!own.has(id) && (is === undefined || is.start !== was.start || is.staffId !== was.staffId || is.status !== was.status)) complaints.push(`a stranger's visit ${id} changed`);
	}
	const cards = new Set([...cardsOf(record), ...writes.map((write) => write.visit.clientId)]);
	for (const { call, args } of record.calls) {
		if (call !== 'appointments') continue;
		const { clientId } = args[0] as { clientId?: string };
		if (clientId === undefined || !cards.has(clientId)) complaints.push(`visits of card ${clientId ?? 'everybody'} were read`);
	}
	return complaints;
};

function cardsOf(record: DialogueRecord): readonly string[] {
	return record.calls.flatMap(({ call, args, outcome }) => {
		if (outcome.kind !== 'ok') return [];
		if (call === 'findClient' && args[0] === record.verifiedPhone) return (outcome.value as readonly { id: string }[]).map((card) => card.id);
		return call === 'createClient' ? [(outcome.value as { id: string }).id] : [];
	});
}

/** G10: a card is looked for by the phone of the envelope; by a phone from a text only to write a confirmed visit. */
export const identityOfTheChannel: Check = (record) => {
	const confirmed = record.log.filter((line) => line.kind === 'confirmed').length;
	const searches = record.calls.filter((one) => one.call === 'findClient').map((one) => one.args[0]);
	if (record.verifiedPhone !== null) return searches.filter((phone) => phone !== record.verifiedPhone).map(() => 'a card was looked for by another phone than the envelope\'s');
	const complaints = searches.filter((phone) => phone !== record.phone).map(() => 'a card was looked for by a phone that is not the client\'s contact');
	return searches.length > confirmed * 2 ? [...complaints, 'cards were looked for outside a confirmed write'] : complaints;
};

/** G18: a booked visit is in opening hours, after the notice, within the horizon, by a person who does it, and overlaps none. */
export const onlyPossible: Check = (record) => {
	const { company, staff } = record.facts;
	return writesOf(record)
		.filter((write) => write.kind !== 'cancel')
		.flatMap(({ visit, at }) => {
			const complaints: string[] = [];
			const start = Date.parse(visit.start);
			const day = new Date(start + MOSCOW_MS).toISOString();
			const weekday = new Date(start + MOSCOW_MS).getUTCDay() || 7;
			const from = day.slice(11, 16);
			const to = new Date(Date.parse(visit.end) + MOSCOW_MS).toISOString().slice(11, 16);
			const open = company.workingHours[weekday as 1]?.some((range) => range.from <= from && to <= range.to) === true;
			if (!open) complaints.push(`${visit.id} is outside opening hours`);
			if (start < at + company.bookingNoticeMinutes * 60_000) complaints.push(`${visit.id} is too soon`);
			const days = (Date.parse(day.slice(0, 10)) - Date.parse(new Date(at + MOSCOW_MS).toISOString().slice(0, 10))) / DAY_MS;
			if (days > company.bookingHorizonDays) complaints.push(`${visit.id} is too far`);
			const person = staff.find((one) => one.id === visit.staffId);
			if (!visit.serviceIds.every((id) => person?.services.some((cell) => cell.serviceId === id))) complaints.push(`${visit.id} is with a person who does not do it`);
			if (record.after.get(visit.id)?.start !== visit.start) return complaints;
			for (const other of record.after.values()) {
				const apart = other.id === visit.id || other.staffId !== visit.staffId || Date.parse(other.end) <= start || Date.parse(visit.end) <= Date.parse(other.start);
				if (!apart) complaints.push(`${visit.id} overlaps ${other.id}`);
			}
			return complaints;
		});
};
