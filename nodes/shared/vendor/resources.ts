import { cancelAppointment } from '../booking/appointment/cancel';
import { createAppointment } from '../booking/appointment/create';
import { getAppointment } from '../booking/appointment/get';
import { rescheduleAppointment } from '../booking/appointment/reschedule';
import { getDays } from '../booking/availability/get-days';
import { getSlots } from '../booking/availability/get-slots';
import { createClient } from '../booking/client/create';
import { findClientByPhone } from '../booking/client/find-by-phone';
import { getCompany } from '../booking/company/get';
import { getAllServices } from '../booking/service/get-all';
import { getAllStaff } from '../booking/staff/get-all';
import type { Resource } from '../operation';
import { getAllAppointments } from './appointment/get-all';
import { updateClient } from './client/update';
import type { VendorContext } from './context';
import { apiRequest } from './raw-request';
import type { VendorAccount } from './vendor';

/** What every vendor's node has, in the same words and with the same items. */
const COMMON: readonly Resource<VendorContext>[] = [
	{ value: 'appointment', name: 'Appointment', operations: [createAppointment, cancelAppointment, getAppointment, getAllAppointments, rescheduleAppointment] },
	{ value: 'availability', name: 'Availability', operations: [getSlots, getDays] },
	{ value: 'client', name: 'Client', operations: [findClientByPhone, createClient, updateClient] },
	{ value: 'company', name: 'Company', operations: [getCompany] },
	{ value: 'service', name: 'Service', operations: [getAllServices] },
	{ value: 'staff', name: 'Staff', operations: [getAllStaff] },
	apiRequest,
];

/** The common resources with the vendor's own; operations of a resource with a common value are added to it. */
export function vendorResources<A extends VendorAccount>(own: readonly Resource<VendorContext<A>>[] = []): readonly Resource<VendorContext<A>>[] {
	const common = COMMON.map((resource): Resource<VendorContext<A>> => {
		const more = own.find(({ value }) => value === resource.value)?.operations ?? [];
		return { ...resource, operations: [...resource.operations, ...more] };
	});
	return [...common, ...own.filter(({ value }) => !COMMON.some((one) => one.value === value))];
}
