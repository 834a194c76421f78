import { APPOINTMENT_STATUSES, type Appointment } from '../../../core/booking';
import type { AppointmentList } from '../../../core/crm/builtin';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { locator, readOptionalLocator } from '../locators';
import { collectionOf, instantOf } from '../values';

const PAGE = 500;

const optional = { required: false, description: 'Leave empty for all' };

export const getAllAppointments = defineOperation<BuiltinContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many appointments',
	description: 'List appointments by start, soonest first',
	fields: [
		locator('filterClientId', 'Client', 'searchClients', optional),
		locator('filterStaffId', 'Staff Member', 'searchStaff', optional),
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Only visits that start at this moment or later' },
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Arrived', value: 'arrived' },
						{ name: 'Booked', value: 'booked' },
						{ name: 'Cancelled', value: 'cancelled' },
						{ name: 'Confirmed', value: 'confirmed' },
						{ name: 'No Show', value: 'no_show' },
					],
					default: 'booked',
				},
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'Only visits that start before this moment' },
			],
		},
	],
	async run(context, i) {
		const { parameters, salon } = context;
		const filters = collectionOf(parameters, 'filters', i);
		const zone = await context.zone();
		const clientId = readOptionalLocator(parameters, 'filterClientId', i);
		const staffId = readOptionalLocator(parameters, 'filterStaffId', i);
		const status = APPOINTMENT_STATUSES.find((one) => one === filters.status);
		const query: AppointmentList = {
			...(clientId === undefined ? {} : { clientId }),
			...(staffId === undefined ? {} : { staffId }),
			...(status === undefined ? {} : { status }),
			...(filters.from ? { from: instantOf(filters.from, zone, 'From') } : {}),
			...(filters.to ? { to: instantOf(filters.to, zone, 'To') } : {}),
		};
		return readPages((page) => salon.listAppointments({ ...query, ...page }).then(valueOf), readLimit(parameters, i));
	},
});

/** Pages overlap at their border, because several visits may start at one moment: ids keep each visit once. */
async function readPages(read: (page: { from?: string; limit: number }) => Promise<readonly Appointment[]>, limit: number): Promise<readonly Appointment[]> {
	const found = new Map<string, Appointment>();
	for (let from: string | undefined; ; ) {
		const page = await read({ ...(from === undefined ? {} : { from }), limit: Math.min(limit, PAGE) });
		const before = found.size;
		for (const visit of page) found.set(visit.id, visit);
		if (found.size >= limit || page.length < PAGE || found.size === before) return [...found.values()].slice(0, limit);
		from = page[page.length - 1]?.start;
	}
}
