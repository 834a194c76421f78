import type { Instant } from '../../booking';
import type { InboundMessage } from '../message';

/** A client's message found in an item, with the chat it belongs to. */
export interface Recognised {
	/** Channel name of a {@link ChannelProfile}. */
	readonly channel: string;
	readonly chatId: string;
	readonly message: InboundMessage;
}

/** What is needed beside the item. */
export interface RecogniseContext {
	/** Arrival time, used where the item carries none of its own. */
	readonly now: Instant;
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly phoneCountry: string;
}

/**
 * What a channel makes of an item: messages to answer; an empty list for an item of this channel that asks for nothing
 * (an edit, a delivery status); null when the item is not of this channel.
 */
export type Recogniser = (item: unknown, context: RecogniseContext) => readonly Recognised[] | null;

/** A channel in the registry; `shape` tells an operator what an item of it looks like. */
export interface Channel {
	readonly name: string;
	readonly shape: string;
	readonly recognise: Recogniser;
}
