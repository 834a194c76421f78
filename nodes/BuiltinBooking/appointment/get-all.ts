import { APPOINTMENT_STATUSES, type Appointment } from '../../../core/booking';
import type { AppointmentList } from '../../../core/crm/builtin';
import { appointmentListFields } from '../../shared/booking/appointment/list-fields';
import { valueOf } from '../../shared/errors';
import { readLimit } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { readOptionalLocator } from '../../shared/booking/locators';
import { collectionOf, instantOf } from '../../shared/booking/values';

const PAGE = 500;

export const getAllAppointments = defineOperation<BuiltinContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many appointments',
	description: 'List appointments by start, soonest first',
	fields: appointmentListFields({ from: 'Only visits that start at this moment or later', to: 'Only visits that start before this moment' }),
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
