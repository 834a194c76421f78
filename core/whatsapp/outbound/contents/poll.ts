import * as v from 'valibot';
import type { ContentKind } from './content';
import { NAME, QUOTED } from './fields';

/** What the apps let a person ask. */
const MOST_OPTIONS = 12;
const OPTION = v.pipe(v.string(), v.trim(), v.nonEmpty('an option is empty'), v.maxLength(100, 'an option is too long'));

const POLL = v.object({
	kind: v.literal('poll'),
	question: NAME,
	options: v.pipe(
		v.array(OPTION),
		v.minLength(2, 'a poll needs two options'),
		v.maxLength(MOST_OPTIONS, `a poll has ${MOST_OPTIONS} options at most`),
		// a vote names an option by the hash of its text
		v.check((options) => new Set(options).size === options.length, 'two options of a poll are the same'),
	),
	/** Several options may be chosen; one unless set. */
	isMultiple: v.optional(v.boolean(), false),
	quotedId: QUOTED,
});

export const poll: ContentKind<typeof POLL> = {
	schema: POLL,
	compose: ({ question, options, isMultiple }) => ({ poll: { name: question, values: [...options], selectableCount: isMultiple ? 0 : 1 } }),
	nodes: [{ tag: 'meta', attrs: { polltype: 'creation' } }],
	preparing: ({ question, options }) => ({ shown: 'composing', characters: question.length + options.join('').length }),
};
