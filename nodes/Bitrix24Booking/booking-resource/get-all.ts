import { office } from '../../../core/crm/bitrix24';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';

export const getAllResources = defineOperation<Bitrix24Context>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many booking resources',
	description: 'List the resources of Online Booking: people, rooms, equipment',
	fields: [],
	run: async ({ account }) => valueOf(await office.resources(account.office)),
});
