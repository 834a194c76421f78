import type { SessionKey } from '../lease';
import type { Environment } from './environment';
import { type DegradedReason, readDeliveryShare, readPhoneSeen, readQueue, THRESHOLDS } from './figures';
import type { SessionRecords } from './records';

/** How often it is noted that the phone was heard of, in milliseconds. */
const PHONE_NOTE_MS = 3_600_000;

/** Looks at the figures of a connected session now and then. */
export class HealthWatch {
	#lookedAt = -Infinity;
	#deliveryAt = -Infinity;
	#deliveryLow = false;
	#phoneSeenAt: number | null = null;
	#phoneNotedAt = -Infinity;

	constructor(
		private readonly env: Pick<Environment, 'store' | 'clock' | 'tempo'>,
		private readonly key: SessionKey,
		private readonly records: Pick<SessionRecords, 'event'>,
		/** The half that sends begins no new chats before then. */
		private readonly pauseNewChats: (until: number) => Promise<void>,
	) {}

	/** Something came from the phone. */
	phoneSeen(): void {
		const now = this.env.clock();
		this.#phoneSeenAt = now;
		if (now - this.#phoneNotedAt < PHONE_NOTE_MS) return;
		this.#phoneNotedAt = now;
		this.records.event('phone_seen');
	}

	/** What is not as it should be, null when all is well, undefined when it is not yet time to look. Rejects with a StoreError, and as pausing new chats does. */
	async look(): Promise<DegradedReason | null | undefined> {
		const { store, clock, tempo } = this.env;
		const now = clock();
		if (now - this.#lookedAt < tempo.health) return undefined;
		this.#lookedAt = now;
		this.#phoneSeenAt ??= (await readPhoneSeen(store, this.key)) ?? now;
		if (now - this.#deliveryAt >= tempo.deliveryHealth) {
			this.#deliveryAt = now;
			await this.#lookAtDelivery(now);
		}
		if (now - this.#phoneSeenAt >= THRESHOLDS.phoneSilentMs) return 'phone_silent';
		if (this.#deliveryLow) return 'delivery_low';
		const { queueAgeMs } = await readQueue(store, this.key, now);
		return queueAgeMs >= THRESHOLDS.queueAgeMs ? 'queue_old' : null;
	}

	/** New chats are paused first; answers go on. */
	async #lookAtDelivery(now: number): Promise<void> {
		const share = await readDeliveryShare(this.env.store, this.key, now);
		const isLow = share !== null && share < THRESHOLDS.deliveryShare;
		if (isLow && !this.#deliveryLow) this.records.event('delivery_low', { share: Math.round(share * 100) });
		this.#deliveryLow = isLow;
		if (isLow) await this.pauseNewChats(now + THRESHOLDS.newChatsPauseMs);
	}
}
