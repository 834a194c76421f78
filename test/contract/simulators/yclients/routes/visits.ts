import { type Answer, empty, fieldsOf, type Route } from '../../kit';
import { allowed, signedInRoute, userRoute } from '../access';
import { Refusal, success } from '../envelope';
import { bodyOf, demand, listOf, numberOf, textOf } from '../inputs';
import type { BookingRecord, Company, User } from '../model';
import type { Sim } from '../sim';
import { recordIso } from '../time';
import { paymentView } from '../views/payment';
import { recordView } from '../views/record';

const ATTENDANCES = [-1, 0, 1, 2];
/** `fast_payment` codes of cash; the others go to the card account. */
const CASH_CODES = [1, 129];

/** A visit: what came of its records, goods and payments. */
export function visitRoutes(sim: Sim): readonly Route[] {
	return [
		signedInRoute(sim, 'GET', '/visits/{visit}', ({ request, user }) => {
			const { company, records: [first, ...others] } = visitOf(sim, user, request.params.visit);
			if (first === undefined) throw new Refusal(404, sim.profile.texts.notFound);
			const records = [first, ...others].map((record) => recordView(sim, company, user, record));
			return success({ attendance: first.attendance, datetime: recordIso(sim, company, first.start), comment: first.comment, records });
		}),
		signedInRoute(sim, 'PUT', '/visits/{visit}/{record}', ({ request, user }) => {
			const { company, records } = visitOf(sim, user, request.params.visit);
			const record = records.find(({ id }) => id === Number(request.params.record));
			if (record === undefined) throw new Refusal(404, sim.profile.texts.notFound);
			allowed(sim, user, 'journal-edit', company.id);
			settle(sim, company, record, bodyOf(sim, request));
			return sim.switches.visitPutBody === 'empty' ? empty(200) : success({ visit_id: String(record.visitId), attendance: record.attendance });
		}),
		userRoute(sim, 'journal', 'GET', '/visit/details/{c}/{record}/{visit}', ({ company, user, request: { params } }) => {
			const record = sim.state.records.get(Number(params.record));
			if (record?.companyId !== company.id || String(record.visitId) !== params.visit) throw new Refusal(404, sim.profile.texts.notFound);
			return visitDetails(sim, company, user, record);
		}),
	];
}

function visitOf(sim: Sim, user: User, id: string | undefined): { readonly company: Company; readonly records: readonly BookingRecord[] } {
	const records = [...sim.state.records.values()].filter(({ visitId, deleted }) => visitId === Number(id) && !deleted);
	const company = sim.state.companies.get(records[0]?.companyId ?? 0);
	if (company === undefined) throw new Refusal(404, sim.profile.texts.notFound);
	allowed(sim, user, 'journal', company.id);
	return { company, records };
}

/** Attendance and comment are required; goods and payments come beside them. */
function settle(sim: Sim, company: Company, record: BookingRecord, body: Readonly<Record<string, unknown>>): void {
	const { state, clock, profile: { texts } } = sim;
	const attendance = numberOf(body.attendance);
	const comment = textOf(body.comment);
	demand(sim, { ...(attendance === undefined ? { attendance: texts.required } : {}), ...(comment === undefined ? { comment: texts.required } : {}) });
	if (attendance === undefined || comment === undefined || !ATTENDANCES.includes(attendance)) throw new Refusal(422, texts.invalid, { errors: { attendance: [texts.invalid] } });
	const now = clock.now();
	Object.assign(record, { attendance, comment, changedAt: now });
	for (const element of listOf(body.goods_transactions).map(fieldsOf)) {
		const good = state.goods.get(numberOf(element.good_id) ?? 0);
		if (good?.companyId !== company.id) throw new Refusal(422, texts.invalid, { errors: { goods_transactions: [texts.notFound] } });
		const amount = Math.abs(numberOf(element.amount) ?? 1);
		const costPerUnit = numberOf(element.price) ?? good.cost;
		state.addGoodsTransaction({
			companyId: company.id, typeId: 1, good: { id: good.id, title: good.title }, amount: -amount, costPerUnit, cost: costPerUnit * amount, discount: 0, staffId: record.staffId,
			clientId: record.clientId, recordId: record.id, visitId: record.visitId, comment: '', createdAt: now,
		});
	}
	for (const id of listOf(body.deleted_transaction_ids)) {
		const payment = state.payments.get(numberOf(id) ?? 0);
		if (payment?.companyId === company.id) payment.deleted = true;
	}
	const fast = numberOf(body.fast_payment) ?? 0;
	const payments = listOf(body.new_transactions).map(fieldsOf).map(({ amount, account_id: account }) => ({ amount: numberOf(amount) ?? 0, isCash: numberOf(account) === 1 }));
	if (fast > 0) payments.push({ amount: record.services.reduce((sum, { cost }) => sum + cost, 0), isCash: CASH_CODES.includes(fast) });
	for (const { amount, isCash } of payments) {
		state.addPayment({
			companyId: company.id, at: now, amount, comment: '', expense: { id: 5, title: 'Оказание услуг' }, account: { id: isCash ? 1 : 2, title: isCash ? 'Касса' : 'Расчётный счёт', isCash },
			clientId: record.clientId, staffId: record.staffId, recordId: record.id, visitId: record.visitId, soldItemId: record.services[0]?.id ?? 0, soldItemType: 'service',
		});
	}
	state.changed(company.id, 'record', record.id, 'update');
}

function visitDetails(sim: Sim, company: Company, user: User, record: BookingRecord): Answer {
	const payments = [...sim.state.payments.values()].filter(({ visitId, deleted }) => visitId === record.visitId && !deleted);
	return success({
		payment_transactions: payments.map((payment) => paymentView(sim, company, user, payment)),
		loyalty_transactions: [],
		items: record.services.map(({ id, title, cost, firstCost, discount, amount }) => ({ id, item_id: id, item_type: 'service', item_title: title, cost, first_cost: firstCost, discount, amount })),
	});
}
