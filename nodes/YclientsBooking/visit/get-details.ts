import { office } from '../../../core/crm/yclients';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

export const getVisitDetails = defineOperation<YclientsContext>({
	value: 'getDetails',
	name: 'Get Details',
	action: 'Get visit details',
	description: 'Retrieve services, goods and payments of the visit an appointment belongs to',
	fields: [appointmentLocator],
	run: async ({ parameters, account }, i) => valueOf(await office.visitDetails(account.office, readLocator(parameters, 'appointmentId', i))),
});
