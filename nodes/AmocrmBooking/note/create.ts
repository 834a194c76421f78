import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, readSubject, subjectFields } from '../family/fields';

export const createNote = defineOperation<AmocrmContext>({
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Add a text note to a card',
	fields: [...subjectFields(true), { displayName: 'Text', name: 'noteText', type: 'string', typeOptions: { rows: 3 }, required: true, default: '' }],
	async run({ parameters, account }, i) {
		const text = textOf(parameters.getNodeParameter('noteText', i, ''));
		const subject = readSubject(parameters, i);
		if (text === '' || subject === undefined) throw new ParameterError('The note has no text or no card', 'Choose a card and enter the text.');
		return { id: valueOf(await office.addNote(account.office, subject, text), AFTER_UNKNOWN), text };
	},
});
