import type { Resource } from '../shared/operation';
import { cancelAppointment } from '../shared/booking/appointment/cancel';
import { createAppointment } from '../shared/booking/appointment/create';
import { getAppointment } from '../shared/booking/appointment/get';
import { getAllAppointments } from './appointment/get-all';
import { rescheduleAppointment } from '../shared/booking/appointment/reschedule';
import { setAppointmentStatus } from './appointment/set-status';
import { getDays } from '../shared/booking/availability/get-days';
import { getSlots } from '../shared/booking/availability/get-slots';
import { createClient } from '../shared/booking/client/create';
import { deleteClient } from './client/delete';
import { findClientByPhone } from '../shared/booking/client/find-by-phone';
import { getClient } from './client/get';
import { getAllClients } from './client/get-all';
import { updateClient } from './client/update';
import { getCompany } from '../shared/booking/company/get';
import { updateCompany } from './company/update';
import type { BuiltinContext } from './context';
import { createDemoSalon } from './demo/create-demo-salon';
import { createSale } from './sale/create';
import { getAllSales } from './sale/get-all';
import { archiveService } from './service/archive';
import { createService } from './service/create';
import { getService } from './service/get';
import { getAllServices } from '../shared/booking/service/get-all';
import { updateService } from './service/update';
import { addException } from './staff/add-exception';
import { createStaff } from './staff/create';
import { getStaff } from './staff/get';
import { getAllStaff } from '../shared/booking/staff/get-all';
import { setSchedule } from './staff/set-schedule';
import { updateStaff } from './staff/update';

/** Everything Built-in Booking can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES: readonly Resource<BuiltinContext>[] = [
	{
		value: 'appointment',
		name: 'Appointment',
		operations: [createAppointment, cancelAppointment, getAppointment, getAllAppointments, rescheduleAppointment, setAppointmentStatus],
	},
	{ value: 'availability', name: 'Availability', operations: [getSlots, getDays] },
	{ value: 'client', name: 'Client', operations: [findClientByPhone, createClient, deleteClient, getClient, getAllClients, updateClient] },
	{ value: 'company', name: 'Company', operations: [getCompany, updateCompany] },
	{ value: 'demo', name: 'Demo', operations: [createDemoSalon] },
	{ value: 'sale', name: 'Sale', operations: [createSale, getAllSales] },
	{ value: 'service', name: 'Service', operations: [getAllServices, archiveService, createService, getService, updateService] },
	{ value: 'staff', name: 'Staff', operations: [getAllStaff, addException, createStaff, getStaff, setSchedule, updateStaff] },
];
