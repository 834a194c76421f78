import { discover } from '../../../core/crm/onec';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';

export const discoverMapping = defineOperation<OnecContext>({
	value: 'discover',
	name: 'Discover',
	action: 'Discover mapping',
	description: 'Look into the base and propose a mapping to paste into Mapping; reads only, a large base takes half a minute',
	fields: [],
	async run({ account }) {
		const { proposal, preset, complete, notes, choices, published } = valueOf(await discover(account.transport));
		return { preset, complete, mapping: proposal, mappingJson: JSON.stringify(proposal, null, 2), notes, choices, published };
	},
});
