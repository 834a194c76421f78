import type { Company, Payment, User } from '../model';
import type { Sim } from '../sim';
import { recordIso } from '../time';
import { phoneFor } from './people';

/** A payment as `/transactions` gives it. */
export function paymentView(sim: Sim, company: Company, user: User | null, payment: Payment): unknown {
	const { state } = sim;
	const client = payment.clientId === null ? undefined : state.clients.get(payment.clientId);
	const staff = payment.staffId === null ? undefined : state.staff.get(payment.staffId);
	return {
		id: payment.id, document_id: payment.documentId, date: recordIso(sim, company, payment.at), amount: payment.amount, comment: payment.comment, expense: payment.expense,
		account: { id: payment.account.id, title: payment.account.title, is_cash: payment.account.isCash },
		client: client === undefined ? [] : { id: client.id, name: client.name, phone: phoneFor(sim, user, client) },
		master: staff === undefined ? [] : { id: staff.id, name: staff.name }, supplier: [], record_id: payment.recordId, visit_id: payment.visitId,
		sold_item_id: payment.soldItemId, sold_item_type: payment.soldItemType,
	};
}
