import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation, type OperationContext } from '../../shared/operation';
import { now } from '../../shared/salon';
import { collectionOf, wordsOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { readLocator, savedScriptLocator } from '../locators';
import { scriptFields } from './form-fields';

export const saveScript = defineOperation<ManageContext>({
	value: 'save',
	name: 'Save',
	action: 'Save script',
	description: 'Write a script; one with the same ID is replaced as a whole, within a minute for clients',
	fields: [savedScriptLocator, ...scriptFields],
	async run({ parameters, scripts, tenant }, i) {
		const id = readLocator(parameters, savedScriptLocator, i);
		const problems = await scripts.save(scriptOf(parameters, i, id), now());
		if (problems.length === 0) return { salonId: tenant, id, saved: true };
		throw new ParameterError('The script is not valid', `Nothing was saved. Correct: ${problems.slice(0, 10).map(({ field, problem }) => `${field} ${problem}`).join('; ')}.`);
	},
});

/** The form as a script; to be checked like any input. */
function scriptOf(parameters: OperationContext['parameters'], i: number, id: string): unknown {
	const options = collectionOf(parameters, 'options', i);
	const line = (name: string): string | null => textOf(parameters.getNodeParameter(name, i, '')) || null;
	return {
		id,
		kind: parameters.getNodeParameter('kind', i),
		stage: parameters.getNodeParameter('stage', i),
		trigger: { intents: parameters.getNodeParameter('intents', i, []), words: wordsOf(parameters.getNodeParameter('words', i, '')) },
		text: { ru: line('textRu'), en: line('textEn') },
		...(options.maxUses === undefined ? {} : { maxUses: options.maxUses }),
		...(options.serviceIds === undefined ? {} : { serviceIds: wordsOf(options.serviceIds) }),
		...(options.active === undefined ? {} : { active: options.active }),
	};
}
