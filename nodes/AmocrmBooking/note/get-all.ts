import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { AmocrmContext } from '../family/context';
import { readSubject, subjectFields } from '../family/fields';
import { simple } from '../family/simple';

export const getAllNotes = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many notes',
	description: 'List the notes of a card',
	fields: [...subjectFields(true), ...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const subject = readSubject(parameters, i);
		if (subject === undefined) throw new ParameterError('No card is chosen', 'Choose the card whose notes are meant.');
		const rows = valueOf(await office.notes(account.office, subject, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(simple) : rows;
	},
});
