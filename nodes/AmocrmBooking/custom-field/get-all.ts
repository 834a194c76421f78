import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';

export const getAllCustomFields = defineOperation<AmocrmContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many custom fields',
	description: 'Show the fields of cards with their numbers, types and choices',
	fields: [
		{
			displayName: 'Fields Of',
			name: 'fieldsOf',
			type: 'options',
			options: [
				{ name: 'Company Cards', value: 'company' },
				{ name: 'Contacts', value: 'contact' },
				{ name: 'Leads', value: 'lead' },
			],
			default: 'lead',
		},
		...listFields,
	],
	async run({ parameters, account }, i) {
		const given = parameters.getNodeParameter('fieldsOf', i, 'lead') as unknown;
		const kind = (['lead', 'contact', 'company'] as const).find((one) => one === given);
		if (kind === undefined) throw new ParameterError('The kind of cards is not known', 'Choose leads, contacts or company cards.');
		const rows = valueOf(await office.customFields(account.office, kind, readLimit(parameters, i)));
		return rows.map(({ id, name, type, code = null, enums }) => ({ id, name, type, code, choices: Array.isArray(enums) ? enums : [] }));
	},
});
