import { office } from '../../../core/crm/yclients';
import { appointmentLocator, readLocator } from '../../shared/booking/locators';
import { collectionOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { YclientsContext } from '../family/context';

const AFTER_UNKNOWN = 'Read the visit back. Setting the same attendance again does no harm.';

export const setAttendance = defineOperation<YclientsContext>({
	value: 'setAttendance',
	name: 'Set Attendance',
	action: 'Set visit attendance',
	description: 'Mark a visit as confirmed, arrived, waiting or missed',
	fields: [
		appointmentLocator,
		{
			displayName: 'Attendance',
			name: 'attendance',
			type: 'options',
			options: [
				{ name: 'Arrived', value: 'arrived' },
				{ name: 'Confirmed', value: 'confirmed' },
				{ name: 'No Show', value: 'noShow' },
				{ name: 'Waiting', value: 'waiting' },
			],
			default: 'confirmed',
			description: 'To free the time of an appointment, cancel it instead',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [{ displayName: 'Comment', name: 'comment', type: 'string', default: '', description: 'Replaces the comment of the visit' }],
		},
	],
	async run({ parameters, account }, i) {
		const attendance = parameters.getNodeParameter('attendance', i);
		if (!isAttendance(attendance)) throw new ParameterError('The attendance is not known', 'Choose one from the list.');
		const { comment } = collectionOf(parameters, 'options', i);
		const mark = { attendance, ...(comment === undefined ? {} : { comment: textOf(comment) }) };
		return valueOf(await office.markVisit(account.office, readLocator(parameters, 'appointmentId', i), mark), AFTER_UNKNOWN);
	},
});

function isAttendance(value: unknown): value is office.Attendance {
	return typeof value === 'string' && Object.hasOwn(office.ATTENDANCES, value);
}
