import { valueOf } from '../../errors';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { dayFields, moreServicesField } from '../form-fields';
import { anyStaffLocator, serviceLocator } from '../locators';
import { readSlotQuery } from './query';

export const getDays = defineOperation<BookingContext>({
	value: 'getDays',
	name: 'Get Days',
	action: 'Get available days',
	description: 'List the days that have at least one free start',
	fields: [serviceLocator, moreServicesField, anyStaffLocator, ...dayFields],
	run: async (context, i) => valueOf(await context.crm.availableDates(readSlotQuery(context, i))).map((date) => ({ date })),
});
