import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { readWall } from '../fields';
import { registerLocator } from './fields';

export const getBalance = defineOperation<OnecContext>({
	value: 'getBalance',
	name: 'Get Balance',
	action: 'Get accumulation register balance',
	description: 'What is left of every combination of dimensions at a moment',
	fields: [registerLocator, { displayName: 'Moment', name: 'moment', type: 'dateTime', default: '', description: 'Without one: now' }],
	async run({ parameters, account }, i) {
		const moment = readWall(parameters, 'moment', 'Moment', i, account.zone);
		return valueOf(await office.balance(account.office, readLocator(parameters, 'accumulationRegister', i), moment)).map(office.simpleRow);
	},
});
