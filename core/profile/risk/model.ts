import type { Instant } from '../../booking';
import type { PastVisit } from '../../store/copied';
import { endOf } from '../comings';
import { clockOf, type LocalMoment } from '../days';
import { circumstancesOf, type Factor, FACTORS, GROUPS, NO_RECORD, type ClientRecord, withVisit } from './factors';

/** Visits of a group, and those of them that nobody came to. */
export interface Count {
	readonly visits: number;
	readonly missed: number;
}

/** What the past of a salon says of no-shows: counts only, so that every figure can be shown. */
export interface RiskModel {
	readonly all: Count;
	readonly groups: Readonly<{ [F in Factor]: ReadonlyMap<string, Count> }>;
	/** What each client had done by the end of the history. */
	readonly records: ReadonlyMap<string, ClientRecord>;
}

/** Counts the past of a salon, a visit at a time, oldest first. */
export interface RiskCounter {
	add(visit: PastVisit): void;
	done(): RiskModel;
}

type Tally = { visits: number; missed: number };

/** A counter for one branch. Only visits that are over as of `now` (UTC) count; cancelled ones only for the client's record. */
export function createRiskCounter(zone: string, now: Instant): RiskCounter {
	const local: (instant: Instant) => LocalMoment = clockOf(zone);
	const all: Tally = { visits: 0, missed: 0 };
	const groups = Object.fromEntries(FACTORS.map((factor) => [factor, new Map<string, Tally>()])) as { [F in Factor]: Map<string, Tally> };
	const records = new Map<string, ClientRecord>();
	return {
		add(visit) {
			if (visit.clientId === null) return;
			const end = endOf(visit, now);
			if (end === 'ahead') return;
			const before = records.get(visit.clientId) ?? NO_RECORD;
			records.set(visit.clientId, withVisit(before, visit, now));
			if (end === 'cancelled') return;
			const missed = Number(end === 'missed');
			const circumstances = circumstancesOf(visit, local(visit.start), before);
			note(all, missed);
			for (const factor of FACTORS) {
				const group = GROUPS[factor](circumstances);
				if (group === null) continue;
				const tally = groups[factor].get(group) ?? { visits: 0, missed: 0 };
				groups[factor].set(group, tally);
				note(tally, missed);
			}
		},
		done: () => ({ all, groups, records }),
	};
}

function note(tally: Tally, missed: number): void {
	tally.visits += 1;
	tally.missed += missed;
}
