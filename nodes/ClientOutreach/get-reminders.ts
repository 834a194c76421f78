import { wholeNumberOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import type { OutreachContext } from './context';
import { dueFields, dueItems, hoursOf } from './due';

export const getReminders = defineOperation<OutreachContext>({
	value: 'getReminders',
	name: 'Get Due Reminders',
	action: 'Get due reminders',
	description: 'Visits to remind of now: each once for each number of hours, and again when it was moved',
	fields: [
		{ displayName: 'Hours Before', name: 'hoursBefore', type: 'number', typeOptions: { minValue: 1, maxValue: 336 }, default: 24, description: 'How long before the visit the reminder is due', hint: 'Who booked within the last three hours is not reminded' },
		{ displayName: 'Not Later Than (Minutes)', name: 'leastMinutesBefore', type: 'number', typeOptions: { minValue: 0 }, default: 180, description: 'No reminder when the visit begins in less than this; let a later reminder do it' },
		...dueFields,
	],
	run: (context, i) =>
		dueItems(context, i, 'reminder', {
			hoursBefore: hoursOf(context, i, 'hoursBefore', 'Hours Before', 24),
			leastMinutesBefore: wholeNumberOf(context.parameters.getNodeParameter('leastMinutesBefore', i, 180), 'Not Later Than (Minutes)', { min: 0, max: 20_160 }),
		}),
});
