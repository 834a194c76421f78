import { journalOf } from '../journal';
import type { BookingRecord, Company, RecordService, User } from '../model';
import type { Sim } from '../sim';
import { naive, recordIso } from '../time';
import { customFields, phoneFor, staffBrief } from './people';
import { goodsTransactionBrief } from './storage';
import { paymentView } from './payment';

/** What a caller asked to see beside the record. */
export interface RecordExtras {
	readonly consumables?: boolean;
	readonly payments?: boolean;
}

/** A record of the journal as `/records` and `/record` give it. */
export function recordView(sim: Sim, company: Company, user: User | null, record: BookingRecord, extras: RecordExtras = {}): Readonly<Record<string, unknown>> {
	const { state } = sim;
	return {
		id: record.id, company_id: record.companyId, staff_id: record.staffId,
		services: record.services.map(serviceLine),
		goods_transactions: (journalOf(sim).goodsByRecord.get(record.id) ?? []).map(goodsTransactionBrief),
		staff: staffBrief(state.staff.get(record.staffId)),
		client: clientBrief(sim, user, record),
		comer: null, clients_count: 1,
		date: naive(company, record.start), datetime: recordIso(sim, company, record.start),
		create_date: recordIso(sim, company, record.createdAt), last_change_date: recordIso(sim, company, record.changedAt),
		comment: record.comment, online: record.online, visit_attendance: record.attendance, attendance: record.attendance, confirmed: record.confirmed,
		seance_length: record.seanceLength, length: record.seanceLength + record.breakSeconds, technical_break_duration: record.breakSeconds,
		sms_before: 0, sms_now: 0, sms_now_text: '', email_now: 0, notified: 0, sms_remain_hours: record.smsRemainHours, email_remain_hours: record.emailRemainHours,
		master_request: 1, api_id: record.apiId, from_url: '', review_requested: 0,
		visit_id: String(record.visitId), created_user_id: record.createdUserId, deleted: record.deleted,
		paid_full: 0, payment_status: 0, prepaid: false, prepaid_confirmed: false,
		custom_color: record.customColor, custom_font_color: '', record_labels: record.labels.map((id) => ({ id, title: `label ${id}` })), activity_id: record.activityId,
		custom_fields: customFields(record.customFields),
		bookform_id: 0, record_from: '', is_mobile: 0, short_link: `https://example.org/r/${record.id}`,
		documents: documents(sim, company, record),
		consumables: extras.consumables === true ? consumables(sim, record) : [],
		finance_transactions: extras.payments === true ? [...state.payments.values()].filter(({ recordId, deleted }) => recordId === record.id && !deleted).map((payment) => paymentView(sim, company, user, payment)) : [],
	};
}

/** What a record is worth: the lines' costs. */
export function recordCost(record: BookingRecord): number {
	return record.services.reduce((sum, { cost, amount }) => sum + cost * amount, 0);
}

function serviceLine({ id, title, cost, firstCost, discount, amount }: RecordService): unknown {
	return { id, title, cost, cost_to_pay: cost, manual_cost: cost, cost_per_unit: firstCost, discount, first_cost: firstCost, amount };
}

function clientBrief(sim: Sim, user: User | null, record: BookingRecord): unknown {
	const client = record.clientId === null ? undefined : sim.state.clients.get(record.clientId);
	// Blocked time has no client: null or an empty list, both are seen.
	if (client === undefined) return record.id % 2 === 0 ? null : [];
	const visits = (journalOf(sim).byClient.get(client.id) ?? []).filter(({ deleted }) => !deleted);
	const came = visits.filter(({ attendance }) => attendance === 1).length;
	return {
		id: client.id, name: client.name, surname: client.surname, patronymic: client.patronymic, display_name: [client.name, client.surname].filter((part) => part !== '').join(' '),
		phone: phoneFor(sim, user, client), card: client.card, email: client.email, success_visits_count: came, fail_visits_count: visits.filter(({ attendance }) => attendance === -1).length,
		discount: client.discount, is_new: came === 0, custom_fields: customFields(client.customFields),
	};
}

function documents({ profile }: Sim, company: Company, record: BookingRecord): unknown {
	return [{
		id: record.documentId, type_id: 7, storage_id: 0, user_id: record.createdUserId, company_id: record.companyId, number: record.documentId % 1000, comment: '',
		date_created: naive(company, record.createdAt), category_id: 0, visit_id: record.visitId, record_id: record.id, type_title: profile.texts.visit, is_sale_bill_printed: false,
	}];
}

function consumables(sim: Sim, record: BookingRecord): unknown {
	return (journalOf(sim).goodsByRecord.get(record.id) ?? []).filter(({ typeId }) => typeId === 8).map(goodsTransactionBrief);
}
