import { MOST_QUESTIONS, type QuestionStatus } from '../../../core/store';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { collectionOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { questionItem } from './item';

/** Open ones first: they are the salon's to-do list. */
const ORDER: readonly QuestionStatus[] = ['open', 'answered', 'dismissed'];

export const getAllQuestions = defineOperation<ManageContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many questions',
	description: 'List what clients asked and the knowledge could not answer, open questions first',
	fields: [
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Answered', value: 'answered' },
						{ name: 'Dismissed', value: 'dismissed' },
						{ name: 'Open', value: 'open' },
					],
					default: 'open',
				},
			],
		},
	],
	async run({ parameters, questions, tenant }, i) {
		const { status } = collectionOf(parameters, 'filters', i);
		const limit = Math.min(readLimit(parameters, i), MOST_QUESTIONS);
		const found: object[] = [];
		for (const one of ORDER) {
			if (status !== undefined && status !== one) continue;
			if (found.length >= limit) break;
			found.push(...(await questions.list({ status: one, limit: limit - found.length })).map((record) => questionItem(tenant, record)));
		}
		return found;
	},
});
