import { fieldsOf } from '../kit';
import { bookableStaff, isFree } from './availability';
import { clientById, matchedClient } from './clients';
import { Refusal } from './envelope';
import { demand, flagOf, isPhone, listOf, numberOf, textOf } from './inputs';
import type { BookingRecord, Company, RecordService, Staff } from './model';
import type { Sim } from './sim';
import { naive, readDatetime } from './time';

/** The part of a record that a journal write sets. */
export interface JournalFields {
	readonly staff: Staff;
	readonly clientId: number | null;
	readonly services: readonly RecordService[];
	readonly start: number;
	readonly seanceLength: number;
	readonly breakSeconds: number;
	readonly rest: Pick<BookingRecord, 'comment' | 'attendance' | 'apiId' | 'labels' | 'customFields' | 'customColor' | 'smsRemainHours' | 'emailRemainHours' | 'activityId'>;
}

/** Required keys of PUT; POST requires fewer. */
const PUT_KEYS = ['staff_id', 'services', 'client', 'datetime', 'seance_length', 'save_if_busy', 'send_sms'];
const POST_KEYS = ['staff_id', 'services', 'datetime', 'seance_length'];

/** Reads and checks the body of POST /records or PUT /record; `existing` is the record being changed. */
export function readJournal(sim: Sim, company: Company, sent: Readonly<Record<string, unknown>>, existing: BookingRecord | null): JournalFields {
	const body = existing === null ? sent : completed(sim, company, sent, existing);
	demand(sim, Object.fromEntries((existing === null ? POST_KEYS : PUT_KEYS).filter((key) => body[key] === undefined).map((key) => [key, sim.profile.texts.required])));
	const start = readDatetime(sim, company, body.datetime);
	const seanceLength = numberOf(body.seance_length);
	const invalid = sim.profile.texts.invalid;
	demand(sim, {
		...(start === null ? { datetime: invalid } : {}),
		...(seanceLength === undefined || seanceLength <= 0 ? { seance_length: invalid } : {}),
	});
	const breakSeconds = numberOf(body.technical_break_duration) ?? existing?.breakSeconds ?? 0;
	if (start === null || seanceLength === undefined) throw new Refusal(422, invalid);
	if (breakSeconds % 300 !== 0 || breakSeconds < 0 || breakSeconds > 3600) throw new Refusal(422, invalid, { errors: { technical_break_duration: [invalid] } });
	const staff = staffFor(sim, company, body.staff_id, start, seanceLength);
	if (!flagOf(body.save_if_busy) && !isFree(sim, company, staff, start, seanceLength + breakSeconds, existing?.id)) throw conflict(sim, company, staff, start);
	return {
		staff, start, seanceLength, breakSeconds,
		clientId: clientFor(sim, company, body.client),
		services: servicesFor(sim, company, body.services),
		rest: {
			comment: textOf(body.comment) ?? '', attendance: numberOf(body.attendance) ?? 0, apiId: textOf(body.api_id) ?? '', labels: listOf(body.record_labels).map(String),
			customFields: { ...fieldsOf(body.custom_fields) }, customColor: textOf(body.custom_color) ?? '', smsRemainHours: numberOf(body.sms_remain_hours) ?? 0,
			emailRemainHours: numberOf(body.email_remain_hours) ?? 0, activityId: numberOf(body.activity_id) ?? 0,
		},
	};
}

/** What the vendor makes of a PUT body that is not whole. */
function completed(sim: Sim, company: Company, sent: Readonly<Record<string, unknown>>, existing: BookingRecord): Readonly<Record<string, unknown>> {
	const { partialPut } = sim.switches;
	if (partialPut === '422') return sent;
	const kept = {
		staff_id: existing.staffId, datetime: naive(company, existing.start), seance_length: existing.seanceLength, save_if_busy: false, send_sms: false,
		client: existing.clientId === null ? null : { id: existing.clientId },
	};
	if (partialPut === 'loses') return { ...kept, services: [], ...sent };
	const rest = { comment: existing.comment, attendance: existing.attendance, api_id: existing.apiId, record_labels: existing.labels, custom_fields: existing.customFields, custom_color: existing.customColor };
	const services = existing.services.map(({ id, cost, firstCost, discount, amount }) => ({ id, cost, first_cost: firstCost, discount, amount }));
	return { ...kept, ...rest, services, ...sent };
}

function staffFor(sim: Sim, company: Company, value: unknown, start: number, seconds: number): Staff {
	const id = numberOf(value);
	const staff = sim.state.staff.get(id ?? -1);
	if (staff?.companyId === company.id) return staff;
	const free = id === 0 && sim.switches.journalAnyStaff === 'picks-one' ? bookableStaff(sim, company).find((one) => isFree(sim, company, one, start, seconds)) : undefined;
	if (free === undefined) throw new Refusal(id === 0 ? 422 : 404, sim.profile.texts.notFound, id === 0 ? { errors: { staff_id: [sim.profile.texts.invalid] } } : {});
	return free;
}

function clientFor(sim: Sim, company: Company, value: unknown): number | null {
	const fields = fieldsOf(value);
	const id = numberOf(fields.id);
	if (id !== undefined && id !== 0) return clientById(sim, company, id).id;
	if ((fields.phone ?? '') === '') return null;
	if (!isPhone(fields.phone)) throw new Refusal(422, sim.profile.texts.invalid, { errors: { 'client.phone': [sim.profile.texts.badPhone] } });
	return matchedClient(sim, company, { phone: fields.phone, name: textOf(fields.name) ?? '', surname: textOf(fields.surname), email: textOf(fields.email) }).id;
}

/** A line without a price is kept without one. */
function servicesFor({ state, profile }: Sim, company: Company, value: unknown): readonly RecordService[] {
	return listOf(value).map((element) => {
		const fields = fieldsOf(element);
		const service = state.services.get(numberOf(fields.id) ?? -1);
		if (service?.companyId !== company.id) throw new Refusal(422, profile.texts.invalid, { errors: { services: [profile.texts.notFound] } });
		const firstCost = numberOf(fields.first_cost) ?? 0;
		return { id: service.id, title: service.title, cost: numberOf(fields.cost) ?? firstCost, firstCost, discount: numberOf(fields.discount) ?? 0, amount: numberOf(fields.amount) ?? 1 };
	});
}

function conflict(sim: Sim, company: Company, staff: Staff, start: number): Refusal {
	const { texts } = sim.profile;
	const wall = naive(company, start).replace(' ', 'T');
	if (sim.switches.conflictStyle === '409-conflict') return new Refusal(409, texts.journalBusy(wall), { conflict: true });
	return new Refusal(422, texts.busy(staff.name, staff.id, wall), sim.switches.conflictStyle === '422-code' ? { code: 433 } : {});
}
