import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import type { ManageContext } from '../context';
import { readClient, whoFields } from './who';

export const getClientMemory = defineOperation<ManageContext>({
	value: 'getMemory',
	name: 'Get Memory',
	action: 'Get memory of client',
	description: 'Show what the assistant remembers of a client, from whom it knows it and until when',
	fields: whoFields,
	async run({ parameters, store, tenant }, i) {
		const { ref, item } = readClient(parameters, i, tenant);
		const facts = await store.facts.recall(tenant, ref, now());
		return { ...item, facts: facts.map(({ id, key, value, source, learnedAt, expiresAt }) => ({ id, key, value, source, learnedAt, expiresAt })) };
	},
});
