import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readLocator, serviceLocator } from '../../shared/booking/locators';
import { serviceItem } from './item';

export const archiveService = defineOperation<BuiltinContext>({
	value: 'archive',
	name: 'Archive',
	action: 'Archive service',
	description: 'Take a service out of booking; visits already booked stay',
	fields: [serviceLocator],
	async run({ parameters, salon, catalogueChanged }, i) {
		const archived = valueOf(await salon.archiveService(readLocator(parameters, 'serviceId', i)));
		catalogueChanged();
		return serviceItem(archived);
	},
});
