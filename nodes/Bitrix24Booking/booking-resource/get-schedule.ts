import { office } from '../../../core/crm/bitrix24';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { resourceLocator } from './fields';

export const getSchedule = defineOperation<Bitrix24Context>({
	value: 'getSchedule',
	name: 'Get Schedule',
	action: 'Get schedule of booking resource',
	description: 'List the working hours of a resource; they are no free times',
	fields: [resourceLocator],
	run: async ({ parameters, account }, i) => valueOf(await office.schedule(account.office, readLocator(parameters, 'resourceId', i))),
});
