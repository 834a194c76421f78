import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { AmocrmContext } from '../family/context';
import { listLocator, readNumber } from '../family/fields';
import { simple } from '../family/simple';

export const getListElements = defineOperation<AmocrmContext>({
	value: 'getElements',
	name: 'Get Elements',
	action: 'Get list elements',
	description: 'Show the elements of a list with their custom fields',
	fields: [listLocator, { displayName: 'Search', name: 'elementSearch', type: 'string', default: '', description: 'A part of any text of the element; leave empty for all' }, ...listFields, simplifyField],
	async run({ parameters, account }, i) {
		const listId = readNumber(parameters, 'listId', 'List', i);
		const rows = valueOf(await office.elements(account.office, listId, textOf(parameters.getNodeParameter('elementSearch', i, '')), readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(simple) : rows;
	},
});
