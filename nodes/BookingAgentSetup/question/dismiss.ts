import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { questionLocator, readLocator } from '../locators';
import { noQuestion } from './stored';

export const dismissQuestion = defineOperation<ManageContext>({
	value: 'dismiss',
	name: 'Dismiss',
	action: 'Dismiss question',
	description: 'Take a question off the list for good; asked again it stays dismissed',
	fields: [questionLocator],
	async run({ parameters, questions, tenant }, i) {
		const id = readLocator(parameters, questionLocator, i);
		if (!(await questions.dismiss(id))) throw noQuestion();
		return { salonId: tenant, id, status: 'dismissed' };
	},
});
