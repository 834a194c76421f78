import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { readLocator } from '../../shared/booking/locators';
import { rowsOf, wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { resourceLocator } from './fields';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const DAY_NAMES = { Mon: 'Monday', Tue: 'Tuesday', Wed: 'Wednesday', Thu: 'Thursday', Fri: 'Friday', Sat: 'Saturday', Sun: 'Sunday' } as const;

export const setSchedule = defineOperation<Bitrix24Context>({
	value: 'setSchedule',
	name: 'Set Schedule',
	action: 'Set schedule of booking resource',
	description: 'Replace all working hours of a resource; bookings outside them stay',
	fields: [
		resourceLocator,
		{
			displayName: 'Hours',
			name: 'hours',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Hours',
			default: {},
			description: 'Several rows of one day leave a break between them',
			options: [
				{
					displayName: 'Hours',
					name: 'rows',
					values: [
						{ displayName: 'Days', name: 'weekDays', type: 'multiOptions', options: DAYS.map((value) => ({ name: DAY_NAMES[value], value })), default: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] },
						{ displayName: 'From', name: 'from', type: 'string', default: '', placeholder: 'e.g. 10:00' },
						{ displayName: 'Step (Minutes)', name: 'slotSize', type: 'number', typeOptions: { minValue: 5, maxValue: 1440 }, default: 60, description: 'Distance of offered starts' },
						{ displayName: 'To', name: 'to', type: 'string', default: '', placeholder: 'e.g. 20:00' },
					],
				},
			],
		},
	],
	async run({ parameters, account, zone }, i) {
		const timezone = await zone();
		const rows = rowsOf(parameters.getNodeParameter('hours', i, {}), 'rows').map((row): office.ScheduleRow => {
			const weekDays = wordsOf(row.weekDays);
			const [from, to] = [minuteOf(row.from, 'From'), minuteOf(row.to, 'To')];
			if (from >= to) throw new ParameterError('The end is not after the start', 'Set To to a later time than From; hours over midnight need two rows.');
			if (weekDays.length === 0 || weekDays.some((day) => !(DAYS as readonly string[]).includes(day))) throw new ParameterError('No days are chosen', 'Choose at least one day in every row.');
			return { from, to, timezone, weekDays, slotSize: wholeNumberOf(row.slotSize, 'Step', { min: 5, max: 1440 }) };
		});
		if (rows.length === 0) throw new ParameterError('No hours are given', 'Add at least one row: a resource without hours cannot be booked.');
		return valueOf(await office.setSchedule(account.office, readLocator(parameters, 'resourceId', i), rows, randomUUID()), 'Read the schedule back. Setting the same hours again does no harm.');
	},
});

function minuteOf(value: unknown, name: string): number {
	const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(textOf(value));
	if (match !== null) return Number(match[1]) * 60 + Number(match[2]);
	if (textOf(value) === '24:00') return 1440;
	throw new ParameterError(`"${name}" is not a time of day`, 'Use HH:MM, for example 10:00.');
}
