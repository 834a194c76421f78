import { office } from '../../../core/crm/amocrm';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { AmocrmContext } from '../family/context';
import { readOptionalNumber, readSubject, subjectFields, userLocator } from '../family/fields';
import { simple } from '../family/simple';

export const getAllTasks = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'List tasks, the one due first first',
	fields: [
		{
			displayName: 'State',
			name: 'taskState',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Closed', value: 'closed' },
				{ name: 'Open', value: 'open' },
			],
			default: 'open',
		},
		...subjectFields(false),
		userLocator('Leave empty for everybody'),
		...listFields,
		simplifyField,
	],
	async run({ parameters, account }, i) {
		const state = parameters.getNodeParameter('taskState', i, 'open') as unknown;
		const query = { ...(state === 'any' ? {} : { isCompleted: state === 'closed' }), responsibleUserId: readOptionalNumber(parameters, 'responsibleUserId', 'Responsible User', i), subject: readSubject(parameters, i) };
		const rows = valueOf(await office.tasks(account.office, query, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(simple) : rows;
	},
});
