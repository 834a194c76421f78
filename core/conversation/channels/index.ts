import { chatTrigger } from './chat-trigger';
import type { Channel, Recognised, RecogniseContext } from './recognised';
import { telegram } from './telegram';
import { webhook } from './webhook';
import { whatsappCloud } from './whatsapp-cloud';
import { whatsappSession } from './whatsapp-session';

export type { Channel, Recognised, RecogniseContext } from './recognised';
export { retold } from './retold';

/** Channels in the order they are tried: a provider's own shape before the universal one. */
export const CHANNEL_RECOGNISERS: readonly Channel[] = [telegram, whatsappCloud, whatsappSession, chatTrigger, webhook];

/**
 * The messages of an item, whatever trigger it came from; an empty list when the item asks for nothing. Null when no
 * channel knows the item: the caller must say which shapes are accepted. With `allowed` only these channels are tried:
 * an item whose sender is a stranger must not choose its own channel.
 */
export function recognise(item: unknown, context: RecogniseContext, allowed?: readonly string[]): readonly Recognised[] | null {
	for (const channel of CHANNEL_RECOGNISERS) {
		if (allowed?.includes(channel.name) === false) continue;
		const found = channel.recognise(item, context);
		if (found !== null) return found;
	}
	return null;
}
