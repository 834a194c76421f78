import { office } from '../../../core/crm/amocrm';
import { wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation, type Operation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, type CardWords, customFieldsField, leadPipelineLocator, leadStageLocator, readOptionalNumber } from '../family/fields';
import { simpleCard } from '../family/simple';
import { optionFields, readCardFields } from './fields';

/** Opens a card of a kind. */
export function createCard(words: CardWords): Operation<AmocrmContext> {
	const isLead = words.kind === 'lead';
	return defineOperation<AmocrmContext>({
		value: 'create',
		name: 'Create',
		action: `Create ${words.word}`,
		description: `Open a ${words.word} with its custom fields${isLead ? '; visits are booked with Appointment > Create' : ''}`,
		fields: [
			{ displayName: 'Name', name: 'cardName', type: 'string', required: true, default: '' },
			...(isLead
				? [
						leadPipelineLocator(false, 'Leave empty for the main pipeline of the account'),
						leadStageLocator(false, 'Leave empty for the first stage of the pipeline'),
						{ displayName: 'Contact IDs', name: 'contactIds', type: 'string' as const, default: '', placeholder: 'e.g. 275, 276', description: 'Contacts of the lead, the main one first' },
					]
				: []),
			customFieldsField(words),
			optionFields(words, true),
		],
		async run(context, i) {
			const { parameters, account } = context;
			const name = textOf(parameters.getNodeParameter('cardName', i, ''));
			if (name === '') throw new ParameterError(`The ${words.word} has no name`, 'Enter a name.');
			const fields = await readCardFields(context, words, 'options', i);
			const lead = isLead ? leadPlace(context, i) : {};
			return simpleCard(words.kind, valueOf(await office.createCard(account.office, words.kind, { ...fields, ...lead, name }), AFTER_UNKNOWN));
		},
	});
}

function leadPlace({ parameters }: AmocrmContext, i: number): Pick<office.CardFields, 'pipelineId' | 'statusId' | 'contactIds'> {
	const contactIds = wordsOf(parameters.getNodeParameter('contactIds', i, ''));
	if (contactIds.some((id) => !/^[1-9]\d{0,14}$/.test(id))) throw new ParameterError('"Contact IDs" holds what is no number of the CRM', 'Enter numbers of contacts, separated by commas.');
	return { pipelineId: readOptionalNumber(parameters, 'leadPipelineId', 'Pipeline', i), statusId: readOptionalNumber(parameters, 'leadStageId', 'Stage', i), contactIds };
}
