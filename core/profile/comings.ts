import type { Instant } from '../booking';
import type { CopiedVisit, PastVisit } from '../store/copied';

/** How a visit ended, or that it has not. */
export type VisitEnd = 'kept' | 'missed' | 'cancelled' | 'ahead';

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

/** How a visit ended as of `now`, UTC. */
export function endOf({ status, end }: Pick<PastVisit, 'status' | 'end'>, now: Instant): VisitEnd {
	if (status === 'no_show') return 'missed';
	if (status === 'cancelled') return 'cancelled';
	return status === 'arrived' || end <= now ? 'kept' : 'ahead';
}

/** Whether a cancelled visit was called off within a day of it, by the vendor's mark of its last change. */
export function isLateCancel({ status, start, changedAt }: Pick<PastVisit, 'status' | 'start' | 'changedAt'>): boolean {
	if (status !== 'cancelled' || changedAt === null) return false;
	const ahead = Date.parse(start) - Date.parse(changedAt);
	return ahead < LATE_CANCEL_MS && ahead > -LATE_CANCEL_MS;
}

const STRONGEST: readonly VisitEnd[] = ['kept', 'ahead', 'missed', 'cancelled'];

/** Comings of one client, oldest first. What was kept of a coming decides how it ended. */
export function comingsOf(visits: readonly CopiedVisit[], now: Instant): readonly Coming[] {
	const groups = new Map<string, CopiedVisit[]>();
	for (const visit of visits) groups.set(visit.visitId, [...(groups.get(visit.visitId) ?? []), visit]);
	return [...groups].map(([id, records]) => comingOf(id, records, now)).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

function comingOf(id: string, records: readonly CopiedVisit[], now: Instant): Coming {
	const end = STRONGEST.find((one) => records.some((record) => endOf(record, now) === one)) ?? 'cancelled';
	const own = records.filter((record) => endOf(record, now) === end);
	const services = new Map(own.flatMap(({ lines }) => lines).map(({ serviceId, title }) => [serviceId, { id: serviceId, title }]));
	return {
		id,
		end,
		start: own.map(({ start }) => start).sort()[0] ?? '',
		marked: own.some(({ status }) => status === 'arrived'),
		cancelledLate: own.some(isLateCancel),
		services: [...services.values()],
		staffIds: [...new Set(own.flatMap(({ staffId }) => staffId ?? []))],
		amount: own.reduce((sum, { amount }) => sum + amount, 0),
	};
}
