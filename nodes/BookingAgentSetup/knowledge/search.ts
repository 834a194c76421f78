import { speakable } from '../../../core/conversation/compose/speakable';
import { createStoredKnowledge } from '../../../core/conversation/knowledge';
import { ParameterError } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';

const MOST = 50;
/** As many as an answer to a client looks at. */
const LOOKED_AT = 3;

export const searchKnowledge = defineOperation<ManageContext>({
	value: 'search',
	name: 'Search',
	action: 'Search knowledge',
	description: 'Try what a client who asks this would get; no items when the assistant would say that it must ask',
	fields: [
		{ displayName: 'Question', name: 'question', type: 'string', required: true, default: '', placeholder: 'e.g. where can I park?', description: 'As a client would write it' },
		{
			displayName: 'Most Results',
			name: 'mostResults',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST },
			default: LOOKED_AT,
			description: 'How many entries to put out; an answer looks at the first three',
		},
	],
	async run({ parameters, store, tenant }, i) {
		const question = textOf(parameters.getNodeParameter('question', i));
		if (question === '') throw new ParameterError('There is no question to search for', 'Fill in Question as a client would write it.');
		const most = wholeNumberOf(parameters.getNodeParameter('mostResults', i, LOOKED_AT), 'Most Results', { min: 1, max: MOST });
		const answer = await createStoredKnowledge(store.knowledge, tenant).search(question, most);
		if (answer.kind === 'none') return [];
		if (answer.kind === 'unavailable') throw new ParameterError(`The knowledge cannot be read [${answer.cause}]`, 'Nothing is known about the answer. Check the store credential, then try again.');
		const sources = new Map((await store.knowledge.entries(tenant)).map((entry) => [entry.id, entry.source]));
		const said = answer.snippets.slice(0, LOOKED_AT).find(({ text }) => speakable(text))?.id;
		return answer.snippets.map(({ id, title, text, score }) => ({ salonId: tenant, id, source: sources.get(id) ?? null, title, text, score, said: id === said }));
	},
});
