import type { Instant } from '../../booking';
import { type PastVisit, recordsByComing } from '../../store/copied';
import { clockOf, type LocalMoment } from '../days';
import { circumstancesOf, type Factor, FACTORS, GROUPS, NO_RECORD, type ClientRecord, withComing } from './factors';

/** Comings of a group, and those of them that nobody came to. */
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

/** Counts the past of a salon; visits are given a record at a time, in any order. */
export interface RiskCounter {
	add(visit: PastVisit): void;
	done(): RiskModel;
}

type Tally = { visits: number; missed: number };

/** A counter for one branch. Only comings that are over as of `now` (UTC) count; cancelled ones only for the client's record. */
export function createRiskCounter(zone: string, now: Instant): RiskCounter {
	const local: (instant: Instant) => LocalMoment = clockOf(zone);
	const byClient = new Map<string, PastVisit[]>();

	function done(): RiskModel {
		const all: Tally = { visits: 0, missed: 0 };
		const groups = Object.fromEntries(FACTORS.map((factor) => [factor, new Map<string, Tally>()])) as { [F in Factor]: Map<string, Tally> };
		const records = new Map<string, ClientRecord>();
		for (const [clientId, visits] of byClient) {
			for (const coming of recordsByComing(visits, now)) {
				// what was to begin later is no past yet, also when it is called off
				if (coming.end === 'ahead' || coming.first.start >= now) continue;
				const before = records.get(clientId) ?? NO_RECORD;
				records.set(clientId, withComing(before, coming));
				if (coming.end === 'cancelled') continue;
				const missed = Number(coming.end === 'missed');
				const circumstances = circumstancesOf(coming.first, local(coming.first.start), before);
				note(all, missed);
				for (const factor of FACTORS) {
					const group = GROUPS[factor](circumstances);
					if (group === null) continue;
					const tally = groups[factor].get(group) ?? { visits: 0, missed: 0 };
					groups[factor].set(group, tally);
					note(tally, missed);
				}
			}
		}
		return { all, groups, records };
	}

	return {
		add(visit) {
			if (visit.clientId === null) return;
			const known = byClient.get(visit.clientId);
			if (known === undefined) byClient.set(visit.clientId, [visit]);
			else known.push(visit);
		},
		done,
	};
}

function note(tally: Tally, missed: number): void {
	tally.visits += 1;
	tally.missed += missed;
}
