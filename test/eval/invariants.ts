import { abuseIsPaused, alarmReachesAPerson, boundedWork, noStaleReply, nothingPersonal, silentForAPerson, startsNothing, tenantsApart } from './invariants-conduct';
import { fitsChannel, noRepetition, oneGreeting, onlyData, onlyFacts, sameLanguage } from './invariants-words';
import { identityOfTheChannel, onlyConfirmed, onlyOffered, onlyOnce, onlyOwn, onlyPossible, onlyProven, takenHasAlternatives, type Check } from './invariants-writes';
import type { DialogueRecord, Violation } from './record';

/** One check a guarantee of the assistant. */
export const INVARIANTS: Readonly<Record<string, Check>> = {
	G1: onlyOffered,
	G2: onlyConfirmed,
	G3: onlyProven,
	G4: onlyOnce,
	G5: onlyFacts,
	G6: oneGreeting,
	G7: takenHasAlternatives,
	G8: noRepetition,
	G9: onlyOwn,
	G10: identityOfTheChannel,
	G11: onlyData,
	G12: silentForAPerson,
	G13: startsNothing,
	G14: sameLanguage,
	G15: fitsChannel,
	G16: boundedWork,
	G17: nothingPersonal,
	G18: onlyPossible,
	G19: noStaleReply,
	G20: tenantsApart,
	G21: alarmReachesAPerson,
	G22: abuseIsPaused,
};

/** Every promise a dialogue broke. */
export function violationsOf(record: DialogueRecord): readonly Violation[] {
	return Object.entries(INVARIANTS).flatMap(([guarantee, check]) => check(record).map((what) => ({ guarantee, what })));
}
