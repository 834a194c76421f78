import { office } from '../../../core/crm/amocrm';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { AmocrmContext } from '../family/context';
import { AFTER_UNKNOWN, cardLocator, CONTACT, LEAD, readNumber } from '../family/fields';

export const startSalesbot = defineOperation<AmocrmContext>({
	value: 'start',
	name: 'Start',
	action: 'Start salesbot',
	description: 'Start a bot on a lead or a contact, to write in the channel the client wrote from; it is queued, nothing says that a message left',
	fields: [
		{ displayName: 'Bot ID', name: 'botId', type: 'string', required: true, default: '', placeholder: 'e.g. 15', description: 'Number in the address of the bot in the CRM' },
		{
			displayName: 'Card Type',
			name: 'cardType',
			type: 'options',
			options: [
				{ name: 'Contact', value: 'contact' },
				{ name: 'Lead', value: 'lead' },
			],
			default: 'lead',
		},
		{ ...cardLocator(LEAD), name: 'leadCardId', displayOptions: { show: { cardType: ['lead'] } } },
		{ ...cardLocator(CONTACT), name: 'contactCardId', displayOptions: { show: { cardType: ['contact'] } } },
	],
	async run({ parameters, account }, i) {
		const botId = textOf(parameters.getNodeParameter('botId', i, ''));
		if (!/^[1-9]\d{0,14}$/.test(botId)) throw new ParameterError('"Bot ID" is not a number', 'Enter the number that stands in the address of the bot in the CRM.');
		const kind = parameters.getNodeParameter('cardType', i, 'lead') === 'contact' ? 'contact' : 'lead';
		const id = readNumber(parameters, `${kind}CardId`, kind === 'lead' ? 'Lead' : 'Contact', i);
		valueOf(await office.startBot(account.office, botId, { kind, id }), AFTER_UNKNOWN);
		return { botId, cardId: id, queued: true };
	},
});
