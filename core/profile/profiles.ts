import type { CalendarDate, Instant, Phone } from '../booking';
import { copiedClients, copiedVisits, type ClientNotes, type CopiedClient, type CopiedVisit, recordsByComing } from '../store/copied';
import type { Store } from '../store';
import { type Coming, servicesOf } from './comings';
import { clockOf } from './days';
import { historyOf, type VisitHistory } from './history';
import { byRisk, createRiskScore, type Risk } from './risk/score';
import { createRiskCounter, type RiskModel } from './risk/model';
import { SEGMENT_RULES, type Segment, type SegmentRules, segmentsOf } from './segments';

/** What a client spent, minor units. Null: nobody has told, which is not zero. */
export interface Spending {
	readonly currency: string;
	/** The CRM's own sum. */
	readonly total: number | null;
	/** Lines of the visits that were marked as come to. */
	readonly services: number | null;
	/** What is left of the total, never below zero. */
	readonly goods: number | null;
	/** The two do not agree with each other or with the sales. */
	readonly mismatch: boolean;
}

export interface NameOf {
	(id: string): { readonly name: string; readonly active: boolean } | null;
}

/** One client of the copy. */
export interface ClientProfile {
	readonly client: Pick<CopiedClient, 'id' | 'name' | 'phone' | 'email' | 'birthday'> & { readonly blocked: boolean | null };
	/** Null while the visits were not read whole. */
	readonly history: VisitHistory | null;
	readonly spending: Spending;
	readonly notes: { readonly note: string | null; readonly nameForms: string | null; readonly consentAt: Instant | null; readonly optedOutAt: Instant | null };
	readonly segments: readonly Segment[];
}

/** A visit ahead with its risk. */
export interface VisitAtRisk {
	/** Of the records of one coming the one that begins first. */
	readonly visit: CopiedVisit;
	/** What is to be done in all its records. */
	readonly services: Coming['services'];
	readonly start: Instant;
	/** By the branch's clock. */
	readonly date: CalendarDate;
	readonly minute: number;
	readonly client: Pick<CopiedClient, 'id' | 'name' | 'phone'> | null;
	readonly risk: Risk;
}

/** Names behind the ids of a profile. */
export interface Names {
	readonly service: NameOf;
	readonly staff: NameOf;
}

/** Profiles of the clients of one branch, from the copy. Errors of the database are StoreErrors. */
export interface Profiles {
	readonly zone: string;
	readonly currency: string;
	/** The visits were read whole. */
	readonly visitsKnown: boolean;
	byId(id: string): Promise<ClientProfile | null>;
	/** Every card of the phone. */
	byPhone(phone: Phone): Promise<readonly ClientProfile[]>;
	/** Profiles by client id, of one segment or all; ends where the caller stops. */
	all(segment: Segment | null): AsyncIterable<ClientProfile>;
	/** Visits ahead that begin in [from, to), the riskiest first. */
	risks(from: Instant, to: Instant): Promise<readonly VisitAtRisk[]>;
	names(): Promise<Names>;
	/** Writes our own fields; false where there is no such client. */
	note(id: string, notes: ClientNotes): Promise<boolean>;
}

export interface ProfileParts {
	readonly store: Store;
	readonly tenant: string;
	/** UTC. */
	readonly now: Instant;
	readonly rules?: Partial<SegmentRules>;
}

const PAGE = 200;
/** The past that risks are counted from. */
const RISK_YEARS = 3;
const YEAR_MS = 365 * 86_400_000;
/** Longest visit, from the first of its records to the last: so much is read beyond a moment, for a visit is judged by all its records. */
const LONGEST_VISIT_MS = 12 * 3_600_000;

/** Opens the profiles of a branch; null where nothing of it is copied. */
export async function openProfiles({ store, tenant, now, rules: own = {} }: ProfileParts): Promise<Profiles | null> {
	const clients = copiedClients(store, tenant);
	const visits = copiedVisits(store, tenant);
	const branch = await clients.branch();
	if (branch === null) return null;
	const { zone, currency, visitsKnown } = branch;
	const rules: SegmentRules = { ...SEGMENT_RULES, ...own };
	const local = clockOf(zone);
	const today = local(now).date;
	let vip: Promise<number | null> | null = null;
	let model: Promise<RiskModel> | null = null;

	async function vipFrom(): Promise<number | null> {
		const place = Math.ceil((await clients.spenders()) * rules.vipShare) - 1;
		return place < 0 ? null : clients.spentAt(place);
	}

	async function profilesOf(rows: readonly CopiedClient[]): Promise<readonly ClientProfile[]> {
		const found = visitsKnown ? await visits.ofClients(rows.map(({ id }) => id)) : [];
		const byClient = new Map<string | null, CopiedVisit[]>();
		for (const visit of found) byClient.set(visit.clientId, [...(byClient.get(visit.clientId) ?? []), visit]);
		const best = await (vip ??= vipFrom());
		return rows.map((row) => {
			const history = visitsKnown ? historyOf(byClient.get(row.id) ?? [], now, zone) : null;
			const spent = row.total_spent ?? (visitsKnown ? row.services_amount : null);
			return {
				client: { id: row.id, name: row.name, phone: row.phone, email: row.email, birthday: row.birthday, blocked: row.blocked === null ? null : row.blocked === 1 },
				history,
				spending: { currency, total: row.total_spent, services: visitsKnown ? row.services_amount : null, goods: visitsKnown ? row.goods_amount : null, mismatch: row.money_mismatch === 1 },
				notes: { note: row.note, nameForms: row.name_forms, consentAt: row.consent_at, optedOutAt: row.opted_out_at },
				segments: segmentsOf({ history, spent, vipFrom: best, birthday: row.birthday, today }, rules),
			};
		});
	}

	async function riskModel(): Promise<RiskModel> {
		const counter = createRiskCounter(zone, now);
		for await (const part of visits.history(shifted(now, -RISK_YEARS * YEAR_MS), shifted(now, LONGEST_VISIT_MS))) for (const visit of part) counter.add(visit);
		return counter.done();
	}

	return {
		zone,
		currency,
		visitsKnown,

		async byId(id) {
			const row = await clients.byId(id);
			return row === null ? null : ((await profilesOf([row]))[0] ?? null);
		},

		byPhone: async (phone) => profilesOf(await clients.byPhone(phone)),

		async *all(segment) {
			for (let after = ''; ; ) {
				const rows = await clients.page(after, PAGE);
				for (const profile of await profilesOf(rows)) if (segment === null || profile.segments.includes(segment)) yield profile;
				const last = rows.at(-1);
				if (rows.length < PAGE || last === undefined) return;
				after = last.id;
			}
		},

		async risks(from, to) {
			const since = from < now ? now : from;
			const near = await visits.starting(shifted(since, -LONGEST_VISIT_MS), shifted(to, LONGEST_VISIT_MS));
			const ahead = recordsByComing(near, now).filter(({ end, first }) => end === 'ahead' && first.start >= since && first.start < to);
			if (ahead.length === 0) return [];
			const score = createRiskScore(await (model ??= riskModel()), zone);
			const people = new Map((await clients.byIds([...new Set(ahead.flatMap(({ first }) => first.clientId ?? []))])).map((row) => [row.id, row]));
			return byRisk(
				ahead.map(({ first: visit, records }) => {
					const person = people.get(visit.clientId ?? '');
					const { date, minute } = local(visit.start);
					return { visit, services: servicesOf(records), start: visit.start, date, minute, client: person === undefined ? null : { id: person.id, name: person.name, phone: person.phone }, risk: score(visit) };
				}),
			);
		},

		async names() {
			const { services, staff } = await clients.names();
			return { service: (id) => services.get(id) ?? null, staff: (id) => staff.get(id) ?? null };
		},

		note: (id, notes) => clients.note(id, notes),
	};
}

function shifted(instant: Instant, ms: number): Instant {
	return new Date(Date.parse(instant) + ms).toISOString();
}
