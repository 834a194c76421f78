import type { ComingRecords, PastVisit } from '../../store/copied';
import { isLateCancel } from '../comings';
import type { LocalMoment } from '../days';

/** What a client had done before a visit. */
export interface ClientRecord {
	readonly kept: number;
	readonly missed: number;
	readonly lateCancels: number;
}

export const NO_RECORD: ClientRecord = { kept: 0, missed: 0, lateCancels: 0 };

/** What is known of a visit before it takes place. */
export interface Circumstances {
	/** By the branch's clock. */
	readonly start: LocalMoment;
	/** Hours from booking to the visit; null where the vendor does not tell. */
	readonly leadHours: number | null;
	readonly before: ClientRecord;
}

export const FACTORS = ['leadTime', 'firstVisit', 'lateCancellations', 'hour', 'weekday'] as const;
export type Factor = (typeof FACTORS)[number];

const HOUR_MS = 3_600_000;
const LEAD_BOUNDS = [24, 72, 168, 336] as const;
const LEADS = ['under a day', '1 to 3 days', '3 to 7 days', '1 to 2 weeks', 'over 2 weeks'] as const;
const PARTS = [[11, 'before 11:00'], [14, '11:00 to 14:00'], [17, '14:00 to 17:00'], [24, 'from 17:00']] as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The group of a visit by each factor, in words; null where it cannot be told. Visits of one group are counted together. */
export const GROUPS: Readonly<{ [F in Factor]: (visit: Circumstances) => string | null }> = {
	leadTime: ({ leadHours }) => (leadHours === null ? null : (LEADS[LEAD_BOUNDS.filter((bound) => leadHours >= bound).length] ?? null)),
	firstVisit: ({ before }) => (before.kept + before.missed === 0 ? 'first visit' : 'has come before'),
	lateCancellations: ({ before }) => (before.lateCancels === 0 ? 'none before' : before.lateCancels === 1 ? 'one before' : 'several before'),
	hour: ({ start }) => PARTS.find(([until]) => start.minute < until * 60)?.[1] ?? null,
	weekday: ({ start }) => WEEKDAYS[start.weekday - 1] ?? null,
};

/** What is known of a visit, with the client's record before it. */
export function circumstancesOf({ start, createdAt }: Pick<PastVisit, 'start' | 'createdAt'>, local: LocalMoment, before: ClientRecord): Circumstances {
	const lead = createdAt === null ? null : (Date.parse(start) - Date.parse(createdAt)) / HOUR_MS;
	return { start: local, leadHours: lead === null || lead < 0 ? null : lead, before };
}

/** The record after one more coming that is over. */
export function withComing(before: ClientRecord, { end, records }: Pick<ComingRecords<PastVisit>, 'end' | 'records'>): ClientRecord {
	return {
		kept: before.kept + Number(end === 'kept'),
		missed: before.missed + Number(end === 'missed'),
		lateCancels: before.lateCancels + Number(records.some(isLateCancel)),
	};
}
