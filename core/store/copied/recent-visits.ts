import { sql } from 'kysely';
import type { AppointmentStatus, Instant, Phone } from '../../booking';
import { statement } from '../statement';
import type { Store } from '../store';
import { linesOf } from './visits';

/** A visit in short, with what the copy says of its client. */
export interface RecentVisit {
	readonly clientId: string;
	/** The client asked for no more messages, or the CRM has barred the card. */
	readonly barred: boolean;
	/** Live cards of the same phone. */
	readonly cards: number;
	readonly staffId: string | null;
	readonly serviceIds: readonly string[];
	readonly start: Instant;
	readonly end: Instant;
	readonly status: AppointmentStatus;
}

const MOST = 24;
/** Cards of one phone that are looked at; more of them are no person's. */
const MOST_CARDS = 10;

const READ = statement((db, { tenant, phone }: { readonly tenant: string; readonly phone: string }) =>
	db
		.selectFrom(
			// a limit keeps the engines from turning the join round: they would walk the visits of the whole branch
			db
				.selectFrom('sync_client')
				.select(['tenant', 'id', 'opted_out_at', 'blocked'])
				.select(sql<number>`count(*) over ()`.as('cards'))
				.where('tenant', '=', tenant)
				.where('phone', '=', phone)
				.where('deleted_at', 'is', null)
				.orderBy('id')
				.limit(MOST_CARDS)
				.as('c'),
		)
		.innerJoin('sync_visit as v', (join) => join.onRef('v.tenant', '=', 'c.tenant').onRef('v.client_id', '=', 'c.id'))
		.innerJoin('sync_stream as s', (join) => join.onRef('s.tenant', '=', 'c.tenant').on('s.stream', '=', 'visits').on('s.full_at', 'is not', null))
		.select(['v.client_id', 'v.staff_id', 'v.lines', 'v.start_at', 'v.end_at', 'v.status', 'c.opted_out_at', 'c.blocked', 'c.cards'])
		.where('v.deleted_at', 'is', null)
		.orderBy('v.start_at', 'desc')
		.limit(MOST),
);

/**
 * The latest visits of a phone, coming ones too, newest first, in one read. Empty where nothing is copied, where the
 * visits were not yet read whole, and for a phone the copy does not know: one cannot tell these apart here.
 */
export async function recentVisitsByPhone({ db }: Pick<Store, 'db'>, tenant: string, phone: Phone): Promise<readonly RecentVisit[]> {
	const rows = await READ(db, { tenant, phone });
	return rows.flatMap(({ client_id: clientId, staff_id: staffId, lines, start_at: start, end_at: end, status, opted_out_at: optedOut, blocked, cards }) =>
		clientId === null
			? []
			: [{ clientId, barred: optedOut !== null || blocked === 1, cards: Number(cards), staffId, serviceIds: linesOf(lines).map(({ serviceId }) => serviceId), start, end, status: status as AppointmentStatus }],
	);
}
