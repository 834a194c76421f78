import { seedDemoSalon } from '../../../core/crm/builtin';
import { wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { now } from '../../shared/salon';
import type { BuiltinContext } from '../context';

export const createDemoSalon = defineOperation<BuiltinContext>({
	value: 'createDemoSalon',
	name: 'Create Demo Salon',
	action: 'Create demo salon',
	description: 'Fill an empty salon with services, staff, clients and half a year of visits; a salon that is set up is left as it is',
	fields: [
		{ displayName: 'Seed', name: 'seed', type: 'number', default: 1, description: 'The same seed and day give the same salon' },
	],
	async run({ parameters, store, tenant, catalogueChanged }, i) {
		const seed = wholeNumberOf(parameters.getNodeParameter('seed', i, 1), 'Seed', { min: 0, max: 2 ** 31 - 1 });
		const { created } = await seedDemoSalon(store, tenant, { seed, now: now(), locale: 'ru' });
		catalogueChanged();
		return { salonId: tenant, created };
	},
});
