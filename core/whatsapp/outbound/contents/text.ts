import * as v from 'valibot';
import type { ContentKind } from './content';
import { QUOTED, TEXT } from './fields';

const TEXT_MESSAGE = v.object({ kind: v.literal('text'), text: TEXT, quotedId: QUOTED });

export const text: ContentKind<typeof TEXT_MESSAGE> = {
	schema: TEXT_MESSAGE,
	compose: (content) => ({ text: content.text }),
	preparing: (content) => ({ shown: 'composing', characters: content.text.length }),
};
