import * as v from 'valibot';
import { type ContentKind, keyOf } from './content';
import { MESSAGE_ID, TEXT } from './fields';

const REACTION = v.object({
	kind: v.literal('reaction'),
	targetId: MESSAGE_ID,
	/** Empty takes the reaction back. */
	emoji: v.pipe(v.string(), v.maxLength(32, 'a reaction is one emoji')),
	/** The message is one of ours; one of theirs unless set. */
	isOwn: v.optional(v.boolean(), false),
});
const EDIT = v.object({ kind: v.literal('edit'), targetId: MESSAGE_ID, text: TEXT });
const DELETE = v.object({ kind: v.literal('delete'), targetId: MESSAGE_ID });

export const reaction: ContentKind<typeof REACTION> = {
	schema: REACTION,
	compose: ({ targetId, emoji, isOwn }, { chat }) => ({ react: { text: emoji, key: keyOf(chat, targetId, isOwn) } }),
};

export const edit: ContentKind<typeof EDIT> = {
	schema: EDIT,
	compose: ({ targetId, text }, { chat }) => ({ text, edit: keyOf(chat, targetId, true) }),
	attributes: { edit: '1' },
};

/** For everyone; only a message of ours. */
export const remove: ContentKind<typeof DELETE> = {
	schema: DELETE,
	compose: ({ targetId }, { chat }) => ({ delete: keyOf(chat, targetId, true) }),
	attributes: { edit: '7' },
};
