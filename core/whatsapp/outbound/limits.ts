import type { Store } from '../../store';
import type { SessionSettings } from '../session/settings';
import { Bucket } from './buckets';

/** How much a session may send: practice, not published by anybody. */
export type SendLimits = Pick<SessionSettings, 'perChat' | 'perSession' | 'perCompany'>;

/** Chats are looked through for full buckets when there are more. */
const MANY_CHATS = 500;

/** What the sessions of a company share within a process. */
const COMPANIES = new WeakMap<Store, Map<string, Bucket>>();

/** Token buckets of one session. What does not fit waits in the outbox. */
export class SendBuckets {
	readonly #session = new Bucket();
	readonly #chats = new Map<string, Bucket>();
	readonly #company: Bucket;

	constructor(store: Store, tenant: string) {
		this.#company = companyBucket(store, tenant);
	}

	/** Milliseconds until one more may go to this person. */
	wait(person: string, { perChat, perSession, perCompany }: SendLimits, now: number): number {
		return Math.max(this.#chats.get(person)?.wait(perChat, now) ?? 0, this.#session.wait(perSession, now), this.#company.wait(perCompany, now));
	}

	/** Counts a message of this moment, or one that an earlier process sent. */
	take(person: string, { perChat, perSession, perCompany }: SendLimits, at: number): void {
		if (this.#chats.size > MANY_CHATS) this.#forget(at);
		const chat = this.#chats.get(person) ?? new Bucket();
		this.#chats.set(person, chat);
		chat.take(perChat, at);
		this.#session.take(perSession, at);
		this.#company.take(perCompany, at);
	}

	#forget(now: number): void {
		for (const [person, bucket] of this.#chats) if (bucket.isFull(now)) this.#chats.delete(person);
	}
}

function companyBucket(store: Store, tenant: string): Bucket {
	const tenants = COMPANIES.get(store) ?? new Map<string, Bucket>();
	COMPANIES.set(store, tenants);
	const bucket = tenants.get(tenant) ?? new Bucket();
	tenants.set(tenant, bucket);
	return bucket;
}
