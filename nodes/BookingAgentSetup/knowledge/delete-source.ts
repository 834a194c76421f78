import { OutcomeError } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import type { ManageContext } from '../context';
import { readLocator, sourceLocator } from '../locators';

export const deleteSource = defineOperation<ManageContext>({
	value: 'deleteSource',
	name: 'Delete Source',
	action: 'Delete knowledge source',
	description: 'Forget everything that came from one file, page or name',
	fields: [sourceLocator],
	async run({ parameters, store, tenant }, i) {
		const source = readLocator(parameters, sourceLocator, i);
		const { removed } = await store.knowledge.replaceSource(tenant, source, [], now());
		if (removed > 0) return { salonId: tenant, source, deleted: true, entries: removed };
		throw new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'Nothing in the knowledge of this salon came from this source. Choose one from the list.' });
	},
});
