import type { Instant } from '../booking';
import { zoneClock, minuteOf } from '../calendar';
import { openProfiles, type Profiles } from '../profile';
import { copiedClients, copiedVisits, type CopiedClient } from '../store/copied';
import { createOutreachBook, type OutreachBook, type OutreachEnd, type Peace, phoneOwners } from '../store/outreach';
import type { Store } from '../store';
import { isQuiet, type QuietHours } from './quiet';
import { type Candidate, SOURCES } from './sources';

export const OUTREACH_KINDS = ['reminder', 'review', 'win_back', 'birthday'] as const;
export type OutreachKind = (typeof OUTREACH_KINDS)[number];

/** What is to be said. Hours and days that a kind does not know are ignored. */
export interface OutreachOrder {
	readonly kind: OutreachKind;
	/** Reminder: so many hours before the visit. */
	readonly hoursBefore: number;
	/** Reminder: not when fewer minutes are left. */
	readonly leastMinutesBefore: number;
	/** Review: so many hours after the visit's end. */
	readonly hoursAfter: number;
	/** Win-back and birthday: only clients who agreed to be written to. */
	readonly needsConsent: boolean;
	readonly quiet: QuietHours;
	readonly limit: number;
}

/** A message to begin with. */
export interface DueNotice {
	/** Names this try; what comes back is noted under it. */
	readonly id: string;
	readonly client: Pick<CopiedClient, 'id' | 'name'> & { readonly phone: string };
	/** `id` is the record that begins first; services of all its records. */
	readonly visit: { readonly id: string; readonly start: Instant; readonly end: Instant; readonly services: readonly string[] } | null;
}

/** `quiet`: not at this hour; `unknown`: nothing of the branch is copied, or its visits were never read whole. */
export type Due = { readonly kind: 'due'; readonly notices: readonly DueNotice[] } | { readonly kind: 'quiet' } | { readonly kind: 'unknown' };

export interface Outreach {
	/** Takes what is to be said now; the same is given once, whoever asks. */
	due(order: OutreachOrder): Promise<Due>;
	/** Notes what became of a message; false for one that was never given. */
	end(id: string, end: OutreachEnd, why: string | null): Promise<boolean>;
}

export interface OutreachParts {
	readonly store: Store;
	readonly tenant: string;
	/** UTC. */
	readonly now: () => Instant;
}

const DAY_MS = 86_400_000;
/** Who was asked or invited is left in peace for a while; reminders of visits do not count. */
const PEACE_DAYS: Readonly<Record<OutreachKind, { readonly kinds: readonly OutreachKind[]; readonly days: number } | null>> = {
	reminder: null,
	review: { kinds: ['review'], days: 30 },
	win_back: { kinds: ['win_back', 'birthday', 'review'], days: 60 },
	birthday: { kinds: ['birthday'], days: 300 },
};
/** Between the occasion and the number of its try. */
const TRY = '#';

/** The messages that a branch begins, from its copy. Errors of the database are StoreErrors. */
export function createOutreach({ store, tenant, now }: OutreachParts): Outreach {
	const book = createOutreachBook(store, { tenant, now });
	return {
		async due(order) {
			const at = now();
			const profiles = await openProfiles({ store, tenant, now: at, rules: { birthdayDays: 0 } });
			if (profiles?.visitsKnown !== true) return { kind: 'unknown' };
			if (isQuiet(minuteOfDay(profiles.zone, at), order.quiet)) return { kind: 'quiet' };
			const sources = { profiles, clients: copiedClients(store, tenant), visits: copiedVisits(store, tenant), now: at };
			const candidates = SOURCES[order.kind](sources, order);
			return { kind: 'due', notices: await take(candidates, order, { store, tenant, book, at }) };
		},
		end: (id, end, why) => book.end(occasionOf(id), end, why),
	};
}

interface Taking {
	readonly store: Store;
	readonly tenant: string;
	readonly book: OutreachBook;
	readonly at: Instant;
}

/** Takes what may be said now. A phone is one person, whatever cards it has: who asked for silence on one is spared on all of them. */
async function take(candidates: AsyncIterable<readonly Candidate[]>, order: OutreachOrder, { store, tenant, book, at }: Taking): Promise<readonly DueNotice[]> {
	const notices: DueNotice[] = [];
	const peace = PEACE_DAYS[order.kind];
	const kinds = peace?.kinds ?? [];
	const since = new Date(Date.parse(at) - (peace?.days ?? 0) * DAY_MS).toISOString();
	for await (const part of candidates) {
		const people = await phoneOwners(store, tenant, part.flatMap(({ client }) => client.phone ?? []));
		const open = part.flatMap(({ client, visit, occasion }) => {
			const { phone } = client;
			const person = people.get(phone ?? '');
			if (phone === null || person === undefined || person.isBarred || !agrees(client, order)) return [];
			// who comes twice is reminded twice
			const left: Peace | null = peace === null ? null : { phone, cardIds: person.cardIds, kinds, since };
			return [{ client: { id: client.id, name: client.name, phone }, visit, occasion, left }];
		});
		const told = await book.toldSince(open.flatMap(({ left }) => left?.cardIds ?? []), kinds, since);
		for (const { client, visit, occasion, left } of open) {
			if (notices.length >= order.limit) return notices;
			if (left?.cardIds.some((id) => told.has(id))) continue;
			const attempt = await book.claim({ id: occasion, kind: order.kind, clientId: client.id }, left);
			if (attempt !== null) notices.push({ id: `${occasion}${TRY}${attempt}`, client, visit });
		}
	}
	return notices;
}

/** Advertising needs consent. */
function agrees({ consent_at }: CopiedClient, { kind, needsConsent }: OutreachOrder): boolean {
	return !needsConsent || kind === 'reminder' || kind === 'review' || consent_at !== null;
}

function minuteOfDay(zone: Profiles['zone'], at: Instant): number {
	return zoneClock(zone).wall(minuteOf(at)).minute;
}

function occasionOf(id: string): string {
	const end = id.lastIndexOf(TRY);
	return end < 0 ? id : id.slice(0, end);
}
