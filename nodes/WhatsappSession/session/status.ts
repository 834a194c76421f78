import { defineOperation } from '../../shared/operation';
import type { SessionContext } from '../context';
import { sessionItem } from './item';

export const getStatus = defineOperation<SessionContext>({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get status of session',
	description: 'Where the number stands, what that means, and what waits',
	fields: [],
	run: async ({ service, key }) => sessionItem(await service.status(key)),
});

export const getAllSessions = defineOperation<SessionContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sessions',
	description: 'All numbers of the salon that were ever used',
	fields: [],
	run: async ({ service, key }) => (await service.list(key.tenant)).map(sessionItem),
});
