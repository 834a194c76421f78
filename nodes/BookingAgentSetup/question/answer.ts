import { updateDisplayOptions } from 'n8n-workflow';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import { wordsOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { answerFields } from '../knowledge/answer-fields';
import { questionLocator, readLocator } from '../locators';
import { noQuestion } from './stored';

export const answerQuestion = defineOperation<ManageContext>({
	value: 'answer',
	name: 'Answer',
	action: 'Answer question',
	description: 'Mark a question answered and teach the knowledge the answer; no client is written to',
	fields: [
		questionLocator,
		{
			displayName: 'Teach the Knowledge',
			name: 'teach',
			type: 'boolean',
			default: true,
			description: 'Whether the next client who asks this gets the answer below; off only marks the question answered',
		},
		...updateDisplayOptions({ show: { teach: [true] } }, [...answerFields]),
	],
	async run({ parameters, questions, tenant }, i) {
		const id = readLocator(parameters, questionLocator, i);
		const teach = parameters.getNodeParameter('teach', i, true) === true;
		const answer = teach
			? {
					title: textOf(parameters.getNodeParameter('title', i)),
					body: textOf(parameters.getNodeParameter('answer', i)),
					aliases: wordsOf(parameters.getNodeParameter('aliases', i, '')),
				}
			: null;
		const answered = await questions.answer(id, answer, now());
		if (answered.kind === 'not_found') throw noQuestion();
		if (answered.kind === 'empty') throw new ParameterError('The answer is not complete', 'Fill in Question and Answer, or turn off Teach the Knowledge. Nothing was changed.');
		return { salonId: tenant, id, status: 'answered', entries: answered.entries };
	},
});
