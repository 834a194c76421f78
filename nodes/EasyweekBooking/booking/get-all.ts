import { workspace } from '../../../core/crm/easyweek';
import { locator, readOptionalLocator } from '../../shared/booking/locators';
import { collectionOf, instantOf } from '../../shared/booking/values';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { simplifyField, wantsSimple } from '../../shared/vendor/simplify';
import type { EasyweekContext } from '../context';

const optional = { required: false, description: 'Leave empty for all' };

export const getAllBookings = defineOperation<EasyweekContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many bookings',
	description: 'List bookings by start, cancelled ones too; the list names neither customer nor services',
	fields: [
		locator('filterClientId', 'Customer', 'searchClients', optional),
		locator('filterStaffId', 'Staffer', 'searchStaff', optional),
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Only bookings that start at this moment or later' },
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'Only bookings that start before this moment' },
			],
		},
		simplifyField,
	],
	async run(context, i) {
		const { parameters, account } = context;
		const { from, to } = collectionOf(parameters, 'filters', i);
		const zone = from || to ? await context.zone() : '';
		const starts = { ...(from ? { from: instantOf(from, zone, 'From') } : {}), ...(to ? { to: instantOf(to, zone, 'To') } : {}) };
		const whose = { customerId: readOptionalLocator(parameters, 'filterClientId', i), staffId: readOptionalLocator(parameters, 'filterStaffId', i) };
		const rows = valueOf(await workspace.bookings(account.workspace, whose, starts, readLimit(parameters, i)));
		return wantsSimple(parameters, i) ? rows.map(workspace.bookingRowOf) : rows;
	},
});
