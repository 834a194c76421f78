import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { OnecContext } from '../context';
import { readWall } from '../fields';
import { registerLocator } from './fields';

export const getTurnovers = defineOperation<OnecContext>({
	value: 'getTurnovers',
	name: 'Get Turnovers',
	action: 'Get accumulation register turnovers',
	description: 'What moved between two moments by every combination of dimensions, such as sales of a month',
	fields: [
		registerLocator,
		{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Without one: from the beginning' },
		{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'Without one: until now' },
	],
	async run({ parameters, account }, i) {
		const [from, to] = [readWall(parameters, 'from', 'From', i, account.zone), readWall(parameters, 'to', 'To', i, account.zone)];
		return valueOf(await office.turnovers(account.office, readLocator(parameters, 'accumulationRegister', i), from, to)).map(office.simpleRow);
	},
});
