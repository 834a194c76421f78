import type { SyncedEntity } from '../../booking';
import type { SyncClientTable, SyncCompanyTable, SyncGoodsTable, SyncRejectTable, SyncRunTable, SyncScheduleTable, SyncServiceTable, SyncStaffTable, SyncVisitTable } from '../schema/sync';

/** Rows of the copy as nodes give them: instants UTC, days `YYYY-MM-DD`, money in minor units, lists read. */

export type CopyRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

interface Tables {
	readonly company: SyncCompanyTable;
	readonly service: SyncServiceTable;
	readonly staff: SyncStaffTable;
	readonly client: SyncClientTable;
	readonly visit: SyncVisitTable;
	readonly goods: SyncGoodsTable;
	readonly schedule: SyncScheduleTable;
}
export type EntityRow<E extends SyncedEntity> = Tables[E];

const flag = (value: number | null): boolean | null => (value === null ? null : value === 1);

/** A column of JSON that the sync wrote itself; null for what is none, which a person may have put there. */
function listOf(text: string | null): unknown {
	if (text === null || text === '') return null;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}

const RECORDS: { readonly [E in SyncedEntity]: (row: EntityRow<E>) => Readonly<Record<string, unknown>> } = {
	company: ({ name, zone, currency, address, phone }) => ({ name, zone, currency, address, phone }),
	service: ({ title, category, price_min: priceMin, price_max: priceMax, duration_minutes: durationMinutes, active }) => ({ title, category, priceMin, priceMax, durationMinutes, active: flag(active) }),
	staff: ({ name, position, active }) => ({ name, position, active: flag(active) }),
	client: (row) => ({
		name: row.name, phone: row.phone, email: row.email, birthday: row.birthday, totalSpent: row.total_spent, visitsCount: row.visits_count, firstVisitOn: row.first_visit_on, lastVisitOn: row.last_visit_on,
		blocked: flag(row.blocked), servicesAmount: row.services_amount, goodsSold: row.goods_sold, goodsAmount: row.goods_amount, goodsDifference: row.goods_difference, moneyMismatch: flag(row.money_mismatch),
		lastServices: listOf(row.last_services), note: row.note, consentAt: row.consent_at, optedOutAt: row.opted_out_at,
	}),
	visit: (row) => ({
		visitId: row.visit_id, clientId: row.client_id, staffId: row.staff_id, start: row.start_at, end: row.end_at, status: row.status, lines: listOf(row.lines), servicesAmount: row.services_amount,
		comment: row.comment, createdAt: row.created_at,
	}),
	goods: (row) => ({ clientId: row.client_id, staffId: row.staff_id, visitId: row.visit_id, title: row.title, amount: row.amount, cost: row.cost, soldAt: row.sold_at }),
	schedule: ({ staff_id: staffId, date, hours }) => ({ staffId, date, hours: listOf(hours) }),
};

/** A row of the copy as a record. */
export function recordOf<E extends SyncedEntity>(entity: E, row: EntityRow<E>): CopyRecord {
	const { id, changed_at: changedAt, updated_at: updatedAt, deleted_at: deletedAt } = row;
	return { id, ...RECORDS[entity](row), changedAt, updatedAt, deletedAt };
}

/** Counts of one list in one run; no person. */
export function runRecordOf({ run_id: runId, stream, kind, status, started_at: startedAt, updated_at: updatedAt, ended_at: endedAt, pages, rows_in: rows, inserted, updated, unchanged, deleted, rejected, total }: Readonly<SyncRunTable>) {
	return { runId, stream, kind, status, startedAt, updatedAt, endedAt, pages, rows, inserted, updated, unchanged, deleted, rejected, total };
}

export type RunRecord = ReturnType<typeof runRecordOf>;

/** A record that could not be read; the reason names a field. */
export function rejectRecordOf({ stream, id, reason, first_at: firstAt, last_at: lastAt }: Readonly<SyncRejectTable>) {
	return { stream, id, reason, firstAt, lastAt };
}
