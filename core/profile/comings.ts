import type { Instant } from '../booking';
import { type CopiedVisit, type PastVisit, recordsByComing, type VisitEnd } from '../store/copied';

/** A cancellation within this time before the visit is a late one. */
export const LATE_CANCEL_MS = 24 * 3_600_000;

/** One coming of a client: the records that share it. */
export interface Coming {
	readonly id: string;
	readonly end: VisitEnd;
	readonly start: Instant;
	/** The salon marked the arrival; many never do, and then a visit that was not called off and is over counts as kept. */
	readonly marked: boolean;
	/** Cancelled within a day of the visit; false where the vendor does not tell when. */
	readonly cancelledLate: boolean;
	readonly services: readonly { readonly id: string; readonly title: string }[];
	readonly staffIds: readonly string[];
	/** Minor units. */
	readonly amount: number;
}

/** Whether a cancelled visit was called off within a day of it, by the vendor's mark of its last change. */
export function isLateCancel({ status, start, changedAt }: Pick<PastVisit, 'status' | 'start' | 'changedAt'>): boolean {
	if (status !== 'cancelled' || changedAt === null) return false;
	const ahead = Date.parse(start) - Date.parse(changedAt);
	return ahead < LATE_CANCEL_MS && ahead > -LATE_CANCEL_MS;
}

/** Comings of one client, oldest first. What was kept of a coming decides how it ended. */
export function comingsOf(visits: readonly CopiedVisit[], now: Instant): readonly Coming[] {
	return recordsByComing(visits, now).map(({ id, end, records, first }) => ({
		id,
		end,
		start: first.start,
		marked: records.some(({ status }) => status === 'arrived'),
		cancelledLate: records.some(isLateCancel),
		services: servicesOf(records),
		staffIds: [...new Set(records.flatMap(({ staffId }) => staffId ?? []))],
		amount: records.reduce((sum, { amount }) => sum + amount, 0),
	}));
}

/** What is done in these records, each service once. */
export function servicesOf(records: readonly Pick<CopiedVisit, 'lines'>[]): Coming['services'] {
	return [...new Map(records.flatMap(({ lines }) => lines).map(({ serviceId, title }) => [serviceId, { id: serviceId, title }])).values()];
}
