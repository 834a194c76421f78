import type { Vault } from '../../store';
import type { MessageItem, Said } from './item';
import type { MediaReference } from './media/reference';

/** A message of a turn as it is kept until the turn is done. */
export interface StoredMessage {
	readonly item: MessageItem;
	/** Where files are to be had that are not here yet, by their place in `item.media`. */
	readonly files: readonly (MediaReference | null)[];
}

export const storeMessage = (message: StoredMessage): string => JSON.stringify(message);

/** Only {@link storeMessage} writes these. */
export const openMessage = (payload: string): StoredMessage => JSON.parse(payload) as StoredMessage;

/** What the table holds; null when no configured key opens it, or it is damaged. */
export function openSealed(vault: Vault, payload: string): StoredMessage | null {
	try {
		return openMessage(vault.open(payload));
	} catch {
		return null;
	}
}

/** Files of a message that are still to be fetched. */
export const filesToFetch = ({ item, files }: StoredMessage): readonly number[] =>
	item.media.flatMap(({ blobId, missing }, place) => (blobId === null && missing === null && files[place] ? [place] : []));

/** Several messages read as one. */
export function mergeSaid(messages: readonly MessageItem[]): Said {
	const last = messages.at(-1);
	const pick = <T>(read: (item: MessageItem) => T | null): T | null => messages.map(read).findLast((value) => value !== null) ?? null;
	const types = new Set(messages.map(({ type }) => type));
	const text = messages.map((item) => item.text).filter((one) => one !== '').join('\n');
	const choice = messages.findLast(({ choiceId }) => choiceId !== null);
	return {
		type: types.size === 1 ? (last?.type ?? 'unsupported') : (choice?.type ?? (text === '' ? (last?.type ?? 'unsupported') : 'text')),
		text,
		choiceId: choice?.choiceId ?? null,
		media: messages.flatMap(({ media }) => media),
		location: pick(({ location }) => location),
		contacts: messages.flatMap(({ contacts }) => contacts),
		quotedId: pick(({ quotedId }) => quotedId),
		fromAd: messages.some(({ fromAd }) => fromAd),
	};
}
