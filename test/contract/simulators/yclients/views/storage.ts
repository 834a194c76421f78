import type { Company, GoodsTransaction, User } from '../model';
import type { Sim } from '../sim';
import { recordIso } from '../time';
import { numericPhone } from './people';

/** A goods line as nested in a record. */
export function goodsTransactionBrief({ id, good, amount, costPerUnit, cost, discount }: GoodsTransaction): unknown {
	return { id, title: good.title, good_id: good.id, amount, cost_per_unit: costPerUnit, cost, discount, storage_id: 4401 };
}

/** A movement as `storages/transactions` gives it: money and nested ids as strings, what is absent as an empty list. */
export function goodsTransactionView(sim: Sim, company: Company, user: User, transaction: GoodsTransaction): unknown {
	const { state, profile } = sim;
	const staff = transaction.staffId === null ? undefined : state.staff.get(transaction.staffId);
	const client = transaction.clientId === null ? undefined : state.clients.get(transaction.clientId);
	return {
		id: transaction.id, document_id: transaction.documentId, type_id: transaction.typeId, type: transaction.typeId === 1 ? profile.texts.sale : '', operation_unit_type: transaction.typeId === 1 ? 1 : 2,
		amount: transaction.amount, comment: transaction.comment, good: { id: transaction.good.id, title: transaction.good.title }, storage: { id: 4401, title: 'Основной склад' },
		unit: { id: '216761', title: 'шт.' }, create_date: recordIso(sim, company, transaction.createdAt), last_change_date: recordIso(sim, company, transaction.changedAt),
		cost_per_unit: transaction.costPerUnit.toFixed(2), cost: transaction.cost.toFixed(2), discount: transaction.discount.toFixed(2),
		master: staff === undefined ? [] : { id: String(staff.id), title: staff.name }, supplier: [], record_id: transaction.recordId, loyalty_abonement_id: 0, loyalty_certificate_id: 0, service: [],
		[sim.switches.movementClientKey]: client === undefined ? [] : { id: String(client.id), name: client.name, phone: numericPhone(sim, user, client) },
	};
}
