import { valueOf } from '../../errors';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';

export const getCompany = defineOperation<BookingContext>({
	value: 'get',
	name: 'Get',
	action: 'Get company',
	description: 'Retrieve name, zone, working hours and booking rules of the salon',
	fields: [],
	run: async ({ crm }) => valueOf(await crm.company()),
});
