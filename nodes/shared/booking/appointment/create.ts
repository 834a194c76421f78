import { valueOf } from '../../errors';
import { textOf } from '../../fields';
import { defineOperation } from '../../operation';
import type { BookingContext } from '../context';
import { moreServicesField, operationKeyField, startField } from '../form-fields';
import { clientLocator, readLocator, serviceLocator, staffLocator } from '../locators';
import { collectionOf, filled, instantOf, wordsOf } from '../values';

export const createAppointment = defineOperation<BookingContext>({
	value: 'create',
	name: 'Create',
	action: 'Create appointment',
	description: 'Book a client for one or more services',
	fields: [
		clientLocator,
		serviceLocator,
		staffLocator,
		startField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Comment', name: 'comment', type: 'string', default: '', description: 'Note for the staff' },
				{ displayName: 'Guest Name', name: 'guestName', type: 'string', default: '', placeholder: 'e.g. Anna', description: 'Who the visit is for when it is not the client' },
				moreServicesField,
				operationKeyField,
			],
		},
	],
	async run(context, i) {
		const { parameters } = context;
		const more = collectionOf(parameters, 'additionalFields', i);
		const appointment = {
			clientId: readLocator(parameters, 'clientId', i),
			serviceIds: [readLocator(parameters, 'serviceId', i), ...wordsOf(more.moreServiceIds)],
			staffId: readLocator(parameters, 'staffId', i),
			start: instantOf(parameters.getNodeParameter('start', i), await context.zone(), 'Start'),
			...filled(more, ['comment', 'guestName']),
		};
		const key = textOf(more.operationKey) || context.operationKey('create', appointment, i);
		return valueOf(await context.crm.createAppointment(appointment, key));
	},
});
