import { type Appointment, minorOf, type NewAppointment, ok, type OperationKey, type Outcome, refused, type Refused, unknown } from '../../booking';
import { dateOf, minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { inputs, tagOf } from '../http';
import { readRecord, readRecords } from './appointments';
import * as calls from './calls';
import { type Choice, choose, secondsFor } from './choice';
import { bookingPhone, readClient } from './clients';
import type { Context } from './context';
import { appointmentOf, digitsOf, naiveOf, type Offer, secondsToMinutes, startOf, writeComment } from './mapping';
import { isFree, isWorking, overlaps, readWorkDays, type Span } from './openings';
import { offersOn } from './slots';
import type { ClientWire, RecordWire } from './wire';

/** A wished visit with all that is known about it before it is written. */
interface Plan {
	readonly choice: Choice;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
	readonly visit: Span;
	readonly date: string;
	readonly card: ClientWire;
	readonly phone: string;
	/** The client's records of the day before the write. */
	readonly before: readonly RecordWire[];
	/** The vendor's own offer of this start; the journal needs none. */
	readonly offer: Offer | null;
	readonly comment: string;
	readonly tag: string;
}

/**
 * Books a visit, once for a key: the key's tag stands in the record, an earlier record with it is the answer, and the
 * vendor refuses a second visit in the same time. What the answer says is read back before it is believed.
 */
export async function createAppointment(context: Context, input: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>> {
	const parsed = inputs.parseInput(inputs.NEW_APPOINTMENT, input);
	if (parsed.kind !== 'ok') return parsed;
	const named = inputs.parseInput(inputs.KEY, key);
	if (named.kind !== 'ok') return named;
	const { clientId, serviceIds, staffId, start, comment, guestName } = parsed.value;
	const choice = await choose(context, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const { branch, catalogue } = choice.value;
	const { locale } = branch;
	const at = minuteOf(start);
	const date = dateOf(zoneClock(locale.zone).wall(at).day);
	const [card, before, offers] = await Promise.all([
		readClient(context, clientId),
		readRecords(context, { client_id: clientId, start_date: date, end_date: date, with_deleted: 1 }),
		context.settings.route === 'online' ? offersOn(context, choice.value, staffId, date) : ok([]),
	]);
	if (card.kind !== 'ok') return card;
	if (before.kind !== 'ok') return before;
	const tag = tagOf(key);
	const earlier = before.value.find((record) => record.api_id === tag);
	if (earlier !== undefined) return told(context, choice.value, earlier, key);
	const untimely = momentRefusal(branch.company, at, context.clock());
	if (untimely !== null) return untimely;
	if (offers.kind !== 'ok') return offers;
	const offer = offers.value.find((one) => one.start === at) ?? null;
	const visit = { start: at, end: offer?.end ?? at + secondsToMinutes(secondsFor(catalogue, serviceIds, staffId)) };
	if (guestName === '' && crosses(context, choice.value, before.value, visit, clientId)) return SELF_OVERLAP;
	if (context.settings.route === 'online' && offer === null) return whyTaken(context, locale.zone, staffId, visit);
	if (card.value.name.trim() === '') return refused('name_missing', 'The client has no name; ask for it.');
	const phone = bookingPhone(card.value, context);
	if (phone.kind !== 'ok') return phone;
	const plan: Plan = { choice: choice.value, staffId, serviceIds, visit, date, card: card.value, phone: phone.value, before: before.value, offer, comment: writeComment(comment, guestName, context.brand.guestMark), tag };
	return write(context, plan, key);
}

const SELF_OVERLAP = refused('self_overlap', 'The client has another visit at this time; move or cancel it, or name the guest.');

/** Whether the client has a visit of their own at this time; a visit for a guest is not in the way. */
export function crosses(context: Context, { branch }: Pick<Choice, 'branch'>, records: readonly RecordWire[], visit: Span, clientId: string, exceptId?: string): boolean {
	return records.some((record) => {
		if (record.deleted || record.id === exceptId || record.client?.id !== clientId) return false;
		const start = startOf(record, branch.locale.zone);
		const isOwn = (appointmentOf(record, branch.locale, context.count)?.guestName ?? null) === null;
		return isOwn && overlaps({ start, end: start + secondsToMinutes(record.seance_length) }, visit);
	});
}

/** Whether a refusal means the time: the vendor may say so in words of any language, so a time that is closed by now is believed. */
export async function isTaken(context: Context, { reason }: Refused, zone: string, staffId: string, visit: Span, exceptId?: string): Promise<boolean> {
	if (reason !== 'invalid_request') return reason === 'slot_taken';
	const date = dateOf(zoneClock(zone).wall(visit.start).day);
	const days = await readWorkDays(context, zone, [staffId], date, date);
	return days.kind === 'ok' && !isFree(days.value, visit, exceptId);
}

/** A start that is not free is either taken or no working time. */
export async function whyTaken(context: Context, zone: string, staffId: string, visit: Span): Promise<Refused> {
	const date = dateOf(zoneClock(zone).wall(visit.start).day);
	const days = await readWorkDays(context, zone, [staffId], date, date);
	if (days.kind === 'ok' && !isWorking(days.value, visit)) return refused('outside_hours', 'The visit does not fit into the working hours of the staff member; ask for free slots.');
	return refused('slot_taken', 'The time is taken; ask for free slots again.');
}

async function write(context: Context, plan: Plan, key: OperationKey): Promise<Outcome<Appointment>> {
	const made = await send(context, plan, key);
	if (made.kind === 'unavailable') return made;
	if (made.kind === 'ok') {
		const record = await readRecord(context, made.value);
		if (record.kind === 'ok' && shows(plan, record.value)) return told(context, plan.choice, record.value, key);
	}
	const { zone } = plan.choice.branch.locale;
	if (made.kind === 'refused' && !(await isTaken(context, made, zone, plan.staffId, plan.visit))) return made;
	// the time may be taken by the very visit this key asked for
	const effect = await findEffect(context, plan);
	if (effect.kind === 'ok' && effect.value !== null) return told(context, plan.choice, effect.value, key);
	if (made.kind !== 'refused') return unknown(key);
	return effect.kind === 'ok' ? whyTaken(context, zone, plan.staffId, plan.visit) : unknown(key);
}

/** Sends the booking; the value is the id of its record. A check that fails proves that nothing was booked. */
async function send({ brand, companyId: c, transport }: Context, plan: Plan, key: OperationKey): Promise<Outcome<string>> {
	if (plan.offer === null) return transport.write(calls.createRecord(c, journalBody(plan)), key);
	const appointments = widgetAppointments(plan, plan.offer);
	const checked = brand.checksBookings ? await transport.read(calls.bookCheck(c, { appointments })) : ok(null);
	return checked.kind === 'ok' ? transport.write(calls.bookRecord(c, { ...widgetPerson(plan), appointments }), key) : checked;
}

/** As the client's own widget books: by the rules of online booking. */
function widgetAppointments({ serviceIds, staffId }: Plan, { datetime }: Offer): readonly unknown[] {
	return [{ id: 1, services: serviceIds.map(Number), staff_id: Number(staffId), datetime }];
}

function widgetPerson({ card, phone, comment, tag }: Plan): Readonly<Record<string, unknown>> {
	const { email } = card;
	return {
		phone: digitsOf(phone),
		fullname: card.name.trim(),
		...(typeof email === 'string' && email !== '' ? { email } : {}),
		comment,
		api_id: tag,
		notify_by_sms: 0,
		notify_by_email: 0,
	};
}

/** As an employee books: with prices, which the journal does not fill in, and never over taken time. */
function journalBody({ choice, card, phone, comment, tag, serviceIds, staffId, visit }: Plan): unknown {
	const { branch, catalogue, services } = choice;
	return {
		staff_id: Number(staffId),
		services: services.map(({ id, price }) => {
			const cost = price === null ? 0 : price.min / minorOf(1, price.currency);
			return { id: Number(id), first_cost: cost, discount: 0, cost, amount: 1 };
		}),
		client: { phone: digitsOf(phone), name: card.name.trim() },
		datetime: naiveOf(visit.start, branch.locale.zone),
		seance_length: secondsFor(catalogue, serviceIds, staffId),
		save_if_busy: false,
		send_sms: false,
		sms_remain_hours: 0,
		email_remain_hours: 0,
		attendance: 0,
		comment,
		api_id: tag,
	};
}

/** Whether a record is the visit that was asked for. */
function shows({ choice, visit, staffId, serviceIds, card, phone }: Plan, record: RecordWire): boolean {
	const ids = record.services.map(({ id }) => id);
	const isSameClient = record.client?.id === card.id || (record.client !== null && digitsOf(record.client.phone) === digitsOf(phone));
	const isSameServices = ids.length === serviceIds.length && serviceIds.every((id) => ids.includes(id));
	return !record.deleted && record.staff_id === staffId && startOf(record, choice.branch.locale.zone) === visit.start && isSameServices && isSameClient;
}

/** The record this key made, or null: by its tag, else a visit of the client that stands where it was asked for and was not there before. */
async function findEffect(context: Context, plan: Plan): Promise<Outcome<RecordWire | null>> {
	const records = await readRecords(context, { staff_id: plan.staffId, start_date: plan.date, end_date: plan.date, with_deleted: 1 });
	if (records.kind !== 'ok') return records;
	const tagged = records.value.find((record) => record.api_id === plan.tag);
	if (tagged !== undefined) return ok(tagged);
	const known = new Set(plan.before.map(({ id }) => id));
	return ok(records.value.find((record) => record.api_id === '' && !known.has(record.id) && shows(plan, record)) ?? null);
}

function told(context: Context, { branch }: Choice, record: RecordWire, key: OperationKey): Outcome<Appointment> {
	const appointment = appointmentOf(record, branch.locale, context.count);
	return appointment === null ? unknown(key) : ok(appointment);
}
