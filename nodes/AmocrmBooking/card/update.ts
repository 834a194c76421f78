import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation, type Operation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN_SAME, cardLocator, type CardWords, customFieldsField, readNumber } from '../family/fields';
import { simpleCard } from '../family/simple';
import { optionFields, readCardFields } from './fields';

/** Changes a card of a kind. */
export function updateCard(words: CardWords): Operation<AmocrmContext> {
	return defineOperation<AmocrmContext>({
		value: 'update',
		name: 'Update',
		action: `Update ${words.word}`,
		description: `Change fields of a ${words.word}; a custom field is replaced as a whole, all others stay`,
		fields: [cardLocator(words), customFieldsField(words), optionFields(words, false)],
		async run(context, i) {
			const id = readNumber(context.parameters, 'cardId', words.title, i);
			const fields = await readCardFields(context, words, 'updateFields', i);
			if (Object.keys(fields).length === 0) throw new ParameterError('There is nothing to change', 'Add a field under Update Fields or Custom Fields.');
			return simpleCard(words.kind, valueOf(await office.updateCard(context.account.office, words.kind, id, fields), AFTER_UNKNOWN_SAME));
		},
	});
}
