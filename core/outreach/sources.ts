import type { Instant } from '../booking';
import type { Profiles } from '../profile';
import type { CopiedClient, CopiedClients, CopiedVisit, CopiedVisits } from '../store/copied';
import type { DueNotice, OutreachKind, OutreachOrder } from './outreach';

/** Somebody to whom something may be said. */
export interface Candidate {
	readonly client: CopiedClient;
	readonly visit: DueNotice['visit'];
	/** Names the reason: the same one is used once. */
	readonly occasion: string;
}

export interface Sources {
	readonly profiles: Profiles;
	readonly clients: Pick<CopiedClients, 'byIds'>;
	readonly visits: Pick<CopiedVisits, 'starting'>;
	readonly now: Instant;
}

type Source = (sources: Sources, order: OutreachOrder) => AsyncIterable<readonly Candidate[]>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A review is asked for within a day after its time has come. */
const REVIEW_WINDOW_HOURS = 24;
/** Longest visit, from the first of its records to the last. */
const LONGEST_VISIT_HOURS = 12;
/** Somebody who has just booked knows when they come. */
const FRESH_HOURS = 3;
const PART = 200;

/** Where the messages of each kind come from. */
export const SOURCES: Readonly<Record<OutreachKind, Source>> = {
	async *reminder(sources, { hoursBefore, leastMinutesBefore }) {
		const now = Date.parse(sources.now);
		const [from, to] = [instant(now + leastMinutesBefore * MINUTE_MS), instant(now + hoursBefore * HOUR_MS)];
		const coming = await comings(sources, from, to);
		const due = coming.filter(({ start, first }) => start >= from && start < to && isPlanned(first) && !isFresh(first, now));
		// a visit that is moved is another occasion
		yield* withClients(sources, due, ({ visitId, start }) => `reminder:${hoursBefore}:${visitId}:${start}`);
	},

	async *review(sources, { hoursAfter }) {
		const until = Date.parse(sources.now) - hoursAfter * HOUR_MS;
		const from = until - REVIEW_WINDOW_HOURS * HOUR_MS;
		const over = (await comings(sources, instant(from), instant(until))).filter(({ end }) => Date.parse(end) > from && Date.parse(end) <= until);
		yield* withClients(sources, over, ({ visitId }) => `review:${visitId}`);
	},

	async *win_back(sources) {
		const month = sources.now.slice(0, 7);
		for await (const part of inParts(sources.profiles.all('sleeping'))) yield* people(sources, part, (id) => `win_back:${id}:${month}`);
	},

	async *birthday(sources) {
		const year = sources.now.slice(0, 4);
		for await (const part of inParts(sources.profiles.all('birthday'))) yield* people(sources, part, (id) => `birthday:${id}:${year}`);
	},
};

/** A visit as its client sees it: records that the CRM keeps apart, one for each master, are one coming. */
interface Coming {
	readonly visitId: string;
	/** The record that begins first. */
	readonly first: CopiedVisit;
	readonly start: Instant;
	readonly end: Instant;
	/** Some CRMs name the services of a visit by their ids alone: then they are called as in the copied list. */
	readonly services: readonly string[];
}

/** Visits around [from, to), with room for a long one on both sides: its first and its last record are seen whichever lies inside. What was called off is no part of a visit. */
async function comings({ visits, profiles }: Sources, from: Instant, to: Instant): Promise<readonly Coming[]> {
	const { service } = await profiles.names();
	const around = LONGEST_VISIT_HOURS * HOUR_MS;
	const records = new Map<string, CopiedVisit[]>();
	for (const record of await visits.starting(instant(Date.parse(from) - around), instant(Date.parse(to) + around))) {
		if (isOn(record)) records.set(record.visitId, [...(records.get(record.visitId) ?? []), record]);
	}
	return [...records].flatMap(([visitId, parts]) => {
		const [first] = parts;
		if (first === undefined) return [];
		const end = parts.reduce((latest, part) => (Date.parse(part.end) > Date.parse(latest) ? part.end : latest), first.end);
		return [{ visitId, first, start: first.start, end, services: parts.flatMap(({ lines }) => lines.flatMap(({ serviceId, title }) => title || (service(serviceId)?.name ?? []))) }];
	});
}

async function* withClients({ clients }: Sources, visits: readonly Coming[], occasion: (visit: Coming) => string): AsyncIterable<readonly Candidate[]> {
	const ids = [...new Set(visits.flatMap(({ first }) => first.clientId ?? []))];
	const byId = new Map((await clients.byIds(ids)).map((client) => [client.id, client]));
	yield visits.flatMap((visit) => {
		const client = byId.get(visit.first.clientId ?? '');
		if (client === undefined) return [];
		const { first, start, end, services } = visit;
		return [{ client, visit: { id: first.id, start, end, services }, occasion: occasion(visit) }];
	});
}

async function* people({ clients }: Sources, ids: readonly string[], occasion: (id: string) => string): AsyncIterable<readonly Candidate[]> {
	yield (await clients.byIds(ids)).map((client) => ({ client, visit: null, occasion: occasion(client.id) }));
}

async function* inParts(profiles: AsyncIterable<{ readonly client: { readonly id: string } }>): AsyncIterable<readonly string[]> {
	let part: string[] = [];
	for await (const { client } of profiles) {
		part.push(client.id);
		if (part.length < PART) continue;
		yield part;
		part = [];
	}
	if (part.length > 0) yield part;
}

const instant = (ms: number): Instant => new Date(ms).toISOString();

function isPlanned({ status }: CopiedVisit): boolean {
	return status === 'booked' || status === 'confirmed';
}

/** Many salons never mark an arrival: what was not called off, and is over, took place. */
function isOn({ status }: CopiedVisit): boolean {
	return status !== 'cancelled' && status !== 'no_show';
}

function isFresh({ createdAt }: CopiedVisit, now: number): boolean {
	return createdAt !== null && now - Date.parse(createdAt) < FRESH_HOURS * HOUR_MS;
}
