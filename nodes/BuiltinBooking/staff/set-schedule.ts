import type { WeekInput } from '../../../core/crm/builtin';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { weekField } from '../../shared/booking/form-fields';
import { readLocator, staffLocator } from '../../shared/booking/locators';
import { rowsOf, weekOf } from '../../shared/booking/values';

export const setSchedule = defineOperation<BuiltinContext>({
	value: 'setSchedule',
	name: 'Set Schedule',
	action: 'Set staff schedule',
	description: 'Replace the weekly working hours of a person; visits already booked stay',
	fields: [staffLocator, weekField('Hours', 'schedule', true)],
	async run({ parameters, salon }, i) {
		const staffId = readLocator(parameters, 'staffId', i);
		const week: WeekInput = weekOf(rowsOf(parameters.getNodeParameter('schedule', i), 'hours'));
		return { staffId, ...valueOf(await salon.setSchedule(staffId, week)) };
	},
});
