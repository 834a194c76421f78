import { office } from '../../../core/crm/onec';
import { readLocator } from '../../shared/booking/locators';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { OnecContext } from '../context';
import { readRowOptions, readWall, rowOptions } from '../fields';
import { registerLocator } from './fields';

export const getSlice = defineOperation<OnecContext>({
	value: 'getSlice',
	name: 'Get Slice',
	action: 'Get information register slice',
	description: 'What a periodic register holds at a moment, such as the prices of a day; Order By is needed',
	fields: [
		registerLocator,
		{
			displayName: 'Slice',
			name: 'slice',
			type: 'options',
			options: [
				{ name: 'First', value: 'SliceFirst', description: 'The first rows from the moment on' },
				{ name: 'Last', value: 'SliceLast', description: 'The last rows up to the moment' },
			],
			default: 'SliceLast',
			description: 'Which rows of each combination of dimensions',
		},
		{ displayName: 'Moment', name: 'moment', type: 'dateTime', default: '', description: 'Without one: of all time' },
		...listFields,
		simplifyField,
		rowOptions,
	],
	async run({ parameters, account }, i) {
		const kind = parameters.getNodeParameter('slice', i, 'SliceLast') === 'SliceFirst' ? 'SliceFirst' : 'SliceLast';
		const moment = readWall(parameters, 'moment', 'Moment', i, account.zone);
		const rows = valueOf(await office.slice(account.office, readLocator(parameters, 'informationRegister', i), kind, moment, readRowOptions(parameters, i), readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(office.simpleRow) : rows;
	},
});
