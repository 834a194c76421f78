import { entriesOf } from '../../../core/conversation/knowledge/entries';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import { wordsOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { answerFields } from './answer-fields';
import { MANUAL_SOURCE } from './source';

export const addEntry = defineOperation<ManageContext>({
	value: 'addEntry',
	name: 'Add Entry',
	action: 'Add knowledge entry',
	description: 'Teach one question and its answer; an equal entry is not kept twice',
	fields: answerFields,
	async run({ parameters, tenant, store }, i) {
		const title = textOf(parameters.getNodeParameter('title', i));
		const body = textOf(parameters.getNodeParameter('answer', i));
		const drafts = title === '' ? [] : entriesOf({ title, body, aliases: wordsOf(parameters.getNodeParameter('aliases', i, '')) });
		if (drafts.length === 0) throw new ParameterError('The entry is not complete', 'Fill in Question and Answer.');
		const { added, kept } = await store.knowledge.add(tenant, MANUAL_SOURCE, drafts, now());
		return { salonId: tenant, source: MANUAL_SOURCE, entries: added + kept, added, kept };
	},
});
