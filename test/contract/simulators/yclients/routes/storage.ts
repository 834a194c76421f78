import { type Answer, type Route } from '../../kit';
import { userRoute, type UserCall } from '../access';
import { Refusal, success } from '../envelope';
import { flagOf, numberOf, pageOf } from '../inputs';
import type { Company, Payment } from '../model';
import type { Sim } from '../sim';
import { dateOf, readDate } from '../time';
import { paymentView } from '../views/payment';
import { goodsTransactionView } from '../views/storage';
import { changedWithin } from './records';

const GOODS_CAP = 100;

/** Goods, their movements, and payments. None of these lists tells how many there are. */
export function storageRoutes(sim: Sim): readonly Route[] {
	return [
		userRoute(sim, 'storage', 'GET', '/goods/{c}', ({ company, request: { query } }) => {
			const goods = [...sim.state.goods.values()].filter(({ companyId }) => companyId === company.id);
			const asked = numberOf(query.get('count')) ?? 25;
			const count = asked > GOODS_CAP && sim.switches.goodsOverCap === '25' ? 25 : asked;
			return success(pageOf(goods, query.get('page'), count).map(({ id, title, cost, categoryId }) => ({
				good_id: id, title, value: title, label: title, category_id: categoryId, cost, actual_cost: cost, unit_id: 216_761, unit_short_title: 'шт.', actual_amounts: [{ storage_id: 4401, amount: 10 }],
			})));
		}),
		userRoute(sim, 'storage', 'GET', '/storages/transactions/{c}', (call) => movements(sim, call)),
		userRoute(sim, 'finance', 'GET', '/transactions/{c}', (call) => payments(sim, call)),
		userRoute(sim, 'finance', 'GET', '/timetable/transactions/{c}', ({ company, request: { query }, user }) => {
			const [recordId, visitId] = [numberOf(query.get('record_id')), numberOf(query.get('visit_id'))];
			const found = paymentsOf(sim, company).filter((payment) => !payment.deleted && (payment.recordId === recordId || payment.visitId === visitId));
			return success(found.map((payment) => paymentView(sim, company, user, payment)));
		}),
	];
}

function movements(sim: Sim, { company, request: { query }, user }: UserCall): Answer {
	if (sim.switches.storageTransactions === '404') throw new Refusal(404, sim.profile.texts.notFound);
	const documentId = numberOf(query.get('document_id'));
	const isChanged = changedWithin(sim, company, query);
	const found = [...sim.state.goodsTransactions.values()].filter((transaction) =>
		transaction.companyId === company.id && (documentId === undefined || transaction.documentId === documentId) &&
		inDates(dateOf(company, transaction.createdAt), query) && isChanged(transaction.changedAt));
	return success(pageOf(found, query.get('page'), numberOf(query.get('count')) ?? 20).map((transaction) => goodsTransactionView(sim, company, user, transaction)));
}

function payments(sim: Sim, { company, request: { query }, user }: UserCall): Answer {
	const filters: readonly [string, (payment: Payment) => number | null][] = [
		['account_id', ({ account }) => account.id], ['client_id', ({ clientId }) => clientId], ['master_id', ({ staffId }) => staffId], ['document_id', ({ documentId }) => documentId],
	];
	const deleted = flagOf(query.get('deleted'));
	const found = paymentsOf(sim, company).filter((payment) =>
		payment.deleted === deleted && inDates(dateOf(company, payment.at), query) &&
		filters.every(([name, value]) => !query.has(name) || numberOf(query.get(name)) === value(payment)));
	return success(pageOf(found, query.get('page'), numberOf(query.get('count')) ?? 25).map((payment) => paymentView(sim, company, user, payment)));
}

function paymentsOf({ state }: Sim, company: Company): readonly Payment[] {
	return [...state.payments.values()].filter(({ companyId }) => companyId === company.id);
}

function inDates(date: string, query: URLSearchParams): boolean {
	return date >= (readDate(query.get('start_date')) ?? '') && date <= (readDate(query.get('end_date')) ?? '~');
}
