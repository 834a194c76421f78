import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, listLocator, readNumber } from '../family/fields';

export const addListElement = defineOperation<AmocrmContext>({
	value: 'addElement',
	name: 'Add Element',
	action: 'Add list element',
	description: 'Add an element, such as a service, to a list',
	fields: [listLocator, { displayName: 'Name', name: 'elementName', type: 'string', required: true, default: '' }],
	async run({ parameters, account }, i) {
		const listId = readNumber(parameters, 'listId', 'List', i);
		const name = textOf(parameters.getNodeParameter('elementName', i, ''));
		if (name === '') throw new ParameterError('The element has no name', 'Enter a name.');
		return { id: valueOf(await office.addElement(account.office, listId, name), AFTER_UNKNOWN), name };
	},
});
