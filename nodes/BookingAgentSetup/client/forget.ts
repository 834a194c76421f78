import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { ManageContext } from '../context';
import { readClient, whoFields } from './who';

export const forgetClient = defineOperation<ManageContext>({
	value: 'forget',
	name: 'Forget',
	action: 'Forget client',
	description: 'Delete what the assistant remembers of a client; messages and visits stay',
	fields: [
		...whoFields,
		{ displayName: 'Fact ID', name: 'factId', type: 'string', default: '', placeholder: 'e.g. preferred_time', description: 'Only this fact, as Get Memory puts it out; empty forgets all' },
	],
	async run({ parameters, store, tenant }, i) {
		const { ref, item } = readClient(parameters, i, tenant);
		const factId = textOf(parameters.getNodeParameter('factId', i, ''));
		const facts = await store.facts.forget(tenant, ref, factId === '' ? undefined : factId);
		return { ...item, deleted: facts > 0, facts };
	},
});
