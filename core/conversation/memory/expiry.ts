import type { Instant } from '../../booking';
import type { FactSource, NewFact } from '../../store/assistant';
import type { MemoryKey } from '../context';

const DAY_MS = 86_400_000;

interface KeyRule {
	/** A client has one such fact; a later one replaces it. */
	readonly single: boolean;
	readonly days: number;
}

/** How long each kind of fact is worth remembering. A habit changes sooner than a family. */
const RULES: Readonly<Record<MemoryKey, KeyRule>> = {
	preferred_staff: { single: true, days: 365 },
	preferred_time: { single: true, days: 365 },
	companion: { single: false, days: 730 },
	note: { single: false, days: 365 },
	allergy: { single: false, days: 730 },
};

/** A fact with the expiry of its key. */
export function newFact(key: MemoryKey, value: string, source: FactSource, now: Instant): NewFact {
	const { single, days } = RULES[key];
	return { key, value, source, single, expiresAt: new Date(Date.parse(now) + days * DAY_MS).toISOString() };
}
