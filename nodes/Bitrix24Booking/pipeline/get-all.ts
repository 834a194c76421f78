import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { entityFields, readEntity } from './entity';

export const getAllPipelines = defineOperation<Bitrix24Context>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'List pipelines with their stages, whose IDs settings and other operations take',
	fields: [...entityFields(['deal', 'lead', 'smartProcess'])],
	run: async ({ parameters, account }, i) => valueOf(await office.pipelines(account.office, readEntity(parameters, i))),
});
