import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { entityFields, readEntity } from './entity';

export const getFields = defineOperation<Bitrix24Context>({
	value: 'getFields',
	name: 'Get Fields',
	action: 'Get fields of a kind of record',
	description: 'List the fields of deals, leads, contacts, companies or a smart process, the portal’s own ones among them',
	fields: [...entityFields(['contact', 'company', 'deal', 'lead', 'smartProcess'])],
	run: async ({ parameters, account }, i) => valueOf(await office.itemFields(account.office, readEntity(parameters, i))),
});
