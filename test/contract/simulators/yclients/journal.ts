import type { BookingRecord, GoodsTransaction, Payment } from './model';
import type { Sim } from './sim';
import type { VendorState } from './state';

interface Journal {
	readonly version: number;
	readonly byStaff: ReadonlyMap<number, readonly BookingRecord[]>;
	readonly byClient: ReadonlyMap<number, readonly BookingRecord[]>;
	readonly goodsByRecord: ReadonlyMap<number, readonly GoodsTransaction[]>;
	readonly goodsByClient: ReadonlyMap<number, readonly GoodsTransaction[]>;
	readonly paymentsByClient: ReadonlyMap<number, readonly Payment[]>;
}

const journals = new WeakMap<VendorState, Journal>();

/** Records and goods of one owner, deleted ones included; indexed anew after every change, so that large salons stay quick. */
export function journalOf({ state }: Sim): Journal {
	const known = journals.get(state);
	if (known?.version === state.version) return known;
	const records = [...state.records.values()];
	const goods = [...state.goodsTransactions.values()];
	const journal: Journal = {
		version: state.version,
		byStaff: grouped(records, ({ staffId }) => staffId),
		byClient: grouped(records, ({ clientId }) => clientId),
		goodsByRecord: grouped(goods, ({ recordId }) => recordId),
		goodsByClient: grouped(goods, ({ clientId }) => clientId),
		paymentsByClient: grouped([...state.payments.values()], ({ clientId }) => clientId),
	};
	journals.set(state, journal);
	return journal;
}

function grouped<T>(items: readonly T[], owner: (item: T) => number | null): ReadonlyMap<number, readonly T[]> {
	const groups = new Map<number, T[]>();
	for (const item of items) {
		const id = owner(item);
		if (id === null || id === 0) continue;
		const group = groups.get(id);
		if (group === undefined) groups.set(id, [item]);
		else group.push(item);
	}
	return groups;
}
