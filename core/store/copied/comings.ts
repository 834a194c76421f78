import type { Instant } from '../../booking';
import type { PastVisit } from './visits';

/** How a visit ended, or that it has not. */
export type VisitEnd = 'kept' | 'missed' | 'cancelled' | 'ahead';

/** Records of one coming of a client: a CRM may keep a visit to several masters as several records. */
export interface ComingRecords<T extends PastVisit> {
	/** The visit id they share. */
	readonly id: string;
	readonly end: VisitEnd;
	/** Those that ended as the coming did, the first to begin first; the others are no part of it. */
	readonly records: readonly T[];
	/** The first of them. */
	readonly first: T;
}

/** How a record ended as of `now`, UTC. Many salons never mark an arrival: what was not called off and is over took place. */
export function endOf({ status, end }: Pick<PastVisit, 'status' | 'end'>, now: Instant): VisitEnd {
	if (status === 'no_show') return 'missed';
	if (status === 'cancelled') return 'cancelled';
	return status === 'arrived' || end <= now ? 'kept' : 'ahead';
}

const STRONGEST: readonly VisitEnd[] = ['kept', 'ahead', 'missed', 'cancelled'];

/** Comings of these records, oldest first. What was kept of a coming decides how it ended. Pure. */
export function recordsByComing<T extends PastVisit>(visits: readonly T[], now: Instant): readonly ComingRecords<T>[] {
	const groups = new Map<string, T[]>();
	for (const visit of visits) {
		// a client's own: whoever else shares the id came, or not, for themselves
		const key = JSON.stringify([visit.clientId, visit.visitId]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [visit]);
		else group.push(visit);
	}
	return [...groups.values()].flatMap((group) => comingOf(group, now)).sort((a, b) => byStart(a.first, b.first));
}

function comingOf<T extends PastVisit>(group: readonly T[], now: Instant): readonly ComingRecords<T>[] {
	const end = STRONGEST.find((one) => group.some((record) => endOf(record, now) === one));
	const records = group.filter((record) => endOf(record, now) === end).sort(byStart);
	const [first] = records;
	return end === undefined || first === undefined ? [] : [{ id: first.visitId, end, records, first }];
}

function byStart(a: PastVisit, b: PastVisit): number {
	return a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
}
