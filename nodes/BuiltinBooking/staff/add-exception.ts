import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { timeField } from '../../shared/booking/form-fields';
import { readLocator, staffLocator } from '../../shared/booking/locators';
import { dayOf, rangeOf } from '../../shared/booking/values';

export const addException = defineOperation<BuiltinContext>({
	value: 'addException',
	name: 'Add Exception',
	action: 'Add staff schedule exception',
	description: 'Give one date other hours, a day off, or the weekly hours back',
	fields: [
		staffLocator,
		{ displayName: 'Date', name: 'date', type: 'dateTime', required: true, default: '', description: 'Only the date is used' },
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Day Off', value: 'off' },
				{ name: 'Other Hours', value: 'hours' },
				{ name: 'Weekly Hours Again', value: 'none' },
			],
			default: 'off',
		},
		{ ...timeField('From', 'fromTime', '10:00', 'First minute, HH:mm'), displayOptions: { show: { kind: ['hours'] } } },
		{ ...timeField('To', 'toTime', '20:00', 'End, HH:mm up to 24:00'), displayOptions: { show: { kind: ['hours'] } } },
	],
	async run({ parameters, salon }, i) {
		const staffId = readLocator(parameters, 'staffId', i);
		const date = dayOf(parameters.getNodeParameter('date', i), 'Date');
		const kind = parameters.getNodeParameter('kind', i);
		const hours = kind === 'hours' ? rangeOf(parameters.getNodeParameter('fromTime', i), parameters.getNodeParameter('toTime', i)) : [];
		return { staffId, ...valueOf(await salon.setException(staffId, date, kind === 'none' ? null : { hours })) };
	},
});
