import { office } from '../../../core/crm/bitrix24';
import { dayOf, wordsOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import { dayFields } from './fields';

export const getBusy = defineOperation<Bitrix24Context>({
	value: 'getBusy',
	name: 'Get Busy Times',
	action: 'Get busy times of employees',
	description: 'List when employees are busy, absent or free by their calendars, in UTC',
	fields: [{ displayName: 'User IDs', name: 'userIds', type: 'string', required: true, default: '', placeholder: 'e.g. 6, 9', description: 'Numbers of employees, separated by commas' }, ...dayFields],
	async run({ parameters, account }, i) {
		const [from, to] = [dayOf(parameters.getNodeParameter('from', i), 'From'), dayOf(parameters.getNodeParameter('to', i), 'To')];
		return valueOf(await office.busyTimes(account.office, wordsOf(parameters.getNodeParameter('userIds', i, '')), from, to));
	},
});
