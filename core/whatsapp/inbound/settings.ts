import type { MediaKind } from './item';

/** What the owner of a session decides about what comes in. */
export interface InboundSettings {
	/** Silence that ends a turn, in milliseconds; 0 hands every message on by itself. */
	readonly quietMs: number;
	/** A turn ends at the latest this long after its first message. */
	readonly mostMs: number;
	/** Older messages are not answered any more. */
	readonly maxAgeMs: number;
	/** Larger files are not fetched. */
	readonly mediaLimitBytes: number;
	readonly mediaKinds: readonly MediaKind[];
	/** How long a chat is left to a person of the salon who wrote in it on the phone; 0 never. */
	readonly humanPauseMs: number;
	/** People see that they were read when a workflow begins with what they wrote. */
	readonly markRead: boolean;
	/** Adds the message as the protocol has it. */
	readonly raw: boolean;
}
