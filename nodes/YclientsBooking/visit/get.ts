import { office } from '../../../core/crm/yclients';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

export const getVisit = defineOperation<YclientsContext>({
	value: 'get',
	name: 'Get',
	action: 'Get visit',
	description: 'Retrieve the visit an appointment belongs to, with its other appointments',
	fields: [appointmentLocator],
	run: async ({ parameters, account }, i) => valueOf(await office.visit(account.office, readLocator(parameters, 'appointmentId', i))),
});
