import { office } from '../../../core/crm/amocrm';
import { wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { addressField, readAddress } from '../../shared/vendor/webhook-address';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN_SAME } from '../family/fields';

export const addWebhook = defineOperation<AmocrmContext>({
	value: 'add',
	name: 'Add',
	action: 'Add webhook',
	description: 'Have the account tell an address of changes; the addresses of other integrations stay',
	fields: [
		addressField,
		{
			displayName: 'Changes Of',
			name: 'changesOf',
			type: 'multiOptions',
			required: true,
			options: [
				{ name: 'Company Cards', value: 'companyCard' },
				{ name: 'Contacts', value: 'client' },
				{ name: 'Leads', value: 'lead' },
				{ name: 'Tasks', value: 'task' },
			],
			default: ['lead'],
		},
	],
	async run({ parameters, account }, i) {
		const wanted = wordsOf(parameters.getNodeParameter('changesOf', i));
		const settings = Object.entries(office.HOOK_SETTINGS).flatMap(([event, codes]) => (wanted.includes(event) ? codes : []));
		if (settings.length === 0) throw new ParameterError('Nothing is chosen to be told of', 'Choose at least one kind under Changes Of.');
		const { id, destination, disabled, settings: heard } = valueOf(await office.addHook(account.office, readAddress(parameters, i), settings), AFTER_UNKNOWN_SAME);
		return { id, destination, settings: heard, disabled };
	},
});
