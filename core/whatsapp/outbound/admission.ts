import type { WASocket } from '@whiskeysockets/baileys';
import { phoneOf } from '../inbound/values';
import { isOnWhatsapp } from '../on-whatsapp';
import type { HalfParts } from '../ports';
import { SendBuckets } from './limits';
import { type OutboxHead, readBegunAfter, readSentAfter } from './outbox';
import { isCold, isNewChat, readPerson, refusalFor } from './person';
import type { ReachOut } from './reach-out';
import { Refused } from './refusals';

const DAY_MS = 86_400_000;
/** Who is held back is looked at again so soon: they may have written meanwhile. */
const HELD_MS = 30_000;
/** The longest a bucket of the usual settings needs to fill again. */
const REPLAYED_MS = 60_000;

/** Whether a row may go now. */
export type Admitted = { readonly kind: 'go'; readonly beginsChat: boolean } | { readonly kind: 'later' };

const LATER: Admitted = { kind: 'later' };

/** Who may be written to, and when: stops, agreement, pauses, quotas and buckets. */
export class Admission {
	readonly #buckets: SendBuckets;
	/** Persons held back by a pause or a quota, and until when. */
	readonly #held = new Map<string, number>();
	/** New chats on their way into the table that counts them. */
	readonly #beginning = new Set<string>();

	constructor(
		private readonly parts: HalfParts,
		private readonly reachOut: ReachOut,
	) {
		this.#buckets = new SendBuckets(parts.store, parts.lease.tenant);
	}

	/** Takes over what an earlier process sent; to be called once. */
	async load(): Promise<void> {
		const { store, lease, settings, clock } = this.parts;
		await this.reachOut.load(store, lease);
		for (const { chat, sentAt } of await readSentAfter(store.db, lease, clock() - REPLAYED_MS)) this.#buckets.take(chat, settings(), sentAt);
	}

	/** When it is worth to look at the person's next row, in milliseconds since the epoch. */
	soonest(person: string): number {
		const now = this.parts.clock();
		return Math.max(this.#held.get(person) ?? 0, now + this.#buckets.wait(person, this.parts.settings(), now));
	}

	/** Takes the row's place in every limit. Throws `Refused` when the person may not be written to; other errors are of the store and the client. */
	async admit(head: OutboxHead, isAnswer: boolean, socket: WASocket): Promise<Admitted> {
		const { store, lease, clock } = this.parts;
		const wasSent = head.sentAt !== null;
		const person = await readPerson(store.db, store.vault, lease, head.chat);
		if (!wasSent) {
			const refusal = refusalFor(person, isAnswer, clock());
			if (refusal !== null) throw new Refused(refusal);
		}
		const beginsChat = !wasSent && isNewChat(person);
		const until = isCold(person) ? Math.max(this.reachOut.pausedUntil, beginsChat ? await this.#quotaOpensAt() : 0) : 0;
		if (until > clock()) {
			this.#held.set(head.person, Math.min(until, clock() + HELD_MS));
			return LATER;
		}
		this.#held.delete(head.person);
		if (beginsChat) {
			this.#beginning.add(head.chat);
			await checkNumber(socket, head.chat);
		}
		// others may have gone while this one was looked at
		const now = clock();
		if (this.#buckets.wait(head.person, this.parts.settings(), now) > 0) return LATER;
		this.#buckets.take(head.person, this.parts.settings(), now);
		return { kind: 'go', beginsChat };
	}

	/** The row is through; a new chat is in the table by now, or was not begun. */
	done({ chat }: OutboxHead): void {
		this.#beginning.delete(chat);
	}

	/** When one more chat may be begun; 0 when it may be now. */
	async #quotaOpensAt(): Promise<number> {
		const { store, lease, settings, clock } = this.parts;
		const { newChatsPerDay } = settings();
		if (newChatsPerDay === 0) return Infinity;
		const begun = await readBegunAfter(store.db, lease, clock() - DAY_MS);
		// one that is being sent may be in the table already
		const counted = new Set([...begun.map(({ chat }) => chat), ...this.#beginning]);
		const over = counted.size - newChatsPerDay;
		return over < 0 ? 0 : (begun[over]?.begunAt ?? clock()) + DAY_MS;
	}
}

/** Throws `Refused` when a phone does not use WhatsApp: messages to such numbers count against the account. */
async function checkNumber(socket: WASocket, chat: string): Promise<void> {
	const phone = phoneOf(chat);
	if (phone === null) return;
	if (!(await isOnWhatsapp(socket, phone))) throw new Refused('not_on_whatsapp');
}
