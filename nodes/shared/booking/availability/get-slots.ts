import { valueOf } from '../../errors';
import { listFields, readLimit } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { dayFields, moreServicesField } from '../form-fields';
import { anyStaffLocator, serviceLocator } from '../locators';
import { readSlotQuery } from './query';

export const getSlots = defineOperation<BookingContext>({
	value: 'getSlots',
	name: 'Get Slots',
	action: 'Get available slots',
	description: 'List free starts with staff member and price',
	fields: [serviceLocator, moreServicesField, anyStaffLocator, ...dayFields, ...listFields],
	run: async (context, i) => valueOf(await context.crm.slots(readSlotQuery(context, i))).slice(0, readLimit(context.parameters, i)),
});
