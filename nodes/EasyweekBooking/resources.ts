import { vendorResources } from '../shared/vendor/resources';
import { replaceAppointment } from './appointment/replace';
import { completeBooking } from './booking/complete';
import { getBooking } from './booking/get';
import { getAllBookings } from './booking/get-all';
import { getAllCatalogServices } from './catalog-service/get-all';
import { getCustomer } from './customer/get';
import { getAllCustomers } from './customer/get-all';
import { getAllLocations } from './location/get-all';
import { getOrder } from './order/get';
import { getAllOrders } from './order/get-all';
import { getAllServiceCategories } from './service-category/get-all';
import { getAllStaffers } from './staffer/get-all';
import type { EasyweekAccount } from './vendor';

/** Everything the node can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<EasyweekAccount>([
	{ value: 'appointment', name: 'Appointment', operations: [replaceAppointment] },
	{ value: 'booking', name: 'Booking', operations: [getBooking, getAllBookings, completeBooking] },
	{ value: 'catalogService', name: 'Catalog Service', operations: [getAllCatalogServices] },
	{ value: 'customer', name: 'Customer', operations: [getCustomer, getAllCustomers] },
	{ value: 'location', name: 'Location', operations: [getAllLocations] },
	{ value: 'order', name: 'Order', operations: [getOrder, getAllOrders] },
	{ value: 'serviceCategory', name: 'Service Category', operations: [getAllServiceCategories] },
	{ value: 'staffer', name: 'Staffer', operations: [getAllStaffers] },
]);
