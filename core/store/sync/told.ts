import type { Instant, SyncedRow } from '../../booking';
import { utcInstant } from '../instant';
import type { Told, Value } from './merge';
import type { Voided } from './voided';

/** For searching by name: Cyrillic has no case in SQLite. */
export function nameKey(name: string): string {
	return name.trim().toLowerCase().replaceAll('ё', 'е');
}

const flag = (value: boolean | undefined): number | null => (value === undefined ? null : Number(value));
const instant = (value: string | undefined): string | null => (value === undefined ? null : utcInstant(value));

type Columns = Readonly<Record<string, Value | undefined>>;

const COLUMNS: { readonly [E in SyncedRow['entity']]: (row: Extract<SyncedRow, { entity: E }>) => Columns } = {
	company: ({ name, zone, currency, address, phone }) => ({ name, zone, currency, address, phone }),
	service: ({ title, category, priceMin, priceMax, durationMinutes, active }) => ({ title, category, price_min: priceMin, price_max: priceMax, duration_minutes: durationMinutes, active: flag(active) }),
	staff: ({ name, position, active }) => ({ name, position, active: flag(active) }),
	client: ({ name, phone, email, birthday, totalSpent, visitsCount, firstVisitOn, lastVisitOn, blocked }) => ({
		name, name_key: name === undefined ? undefined : nameKey(name), phone, email, birthday, total_spent: totalSpent, visits_count: visitsCount, first_visit_on: firstVisitOn, last_visit_on: lastVisitOn,
		blocked: flag(blocked),
	}),
	visit: ({ visitId, clientId, staffId, start, end, status, lines, comment, createdAt }) => ({
		visit_id: visitId, client_id: clientId, staff_id: staffId, start_at: utcInstant(start), end_at: utcInstant(end), status, lines: JSON.stringify(lines),
		services_amount: lines.reduce((sum, { cost }) => sum + (cost ?? 0), 0), comment, created_at: instant(createdAt),
	}),
	goods: ({ clientId, staffId, visitId, title, amount, cost, soldAt }) => ({ client_id: clientId, staff_id: staffId, visit_id: visitId, title, amount, cost, sold_at: utcInstant(soldAt) }),
	schedule: ({ staffId, date, hours }) => ({ staff_id: staffId, date, hours: JSON.stringify(hours) }),
};

/** May be what no store takes: a zero byte, or half of a character. */
const DOUBTFUL = /[\0\ud800-\udfff]/;

/** Postgres takes no zero byte, and half a character comes back as another one. */
function storable(text: string): string {
	return DOUBTFUL.test(text) ? text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

/** A record that is none of its stream. Throws {@link StoreError} `invalid_instant`. */
export function voidedOf(id: string, changedAt?: Instant): Voided {
	return { id, changedAt: instant(changedAt) };
}

/** A record read, by the columns of its table. Throws {@link StoreError} `invalid_instant`. */
export function toldOf(row: SyncedRow): Told {
	const fields = (COLUMNS[row.entity] as (row: SyncedRow) => Record<string, Value | undefined>)(row);
	for (const column in fields) {
		const value = fields[column];
		if (typeof value === 'string') fields[column] = storable(value);
	}
	return { id: row.id, fields, extra: storable(JSON.stringify(row.extra)), changedAt: instant(row.changedAt), deleted: row.deleted ?? false };
}
