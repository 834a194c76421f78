import { vendorResources } from '../shared/vendor/resources';
import { getAllCategories } from '../YclientsBooking/category/get-all';
import type { YclientsAccount } from '../YclientsBooking/family/vendor';
import { getAllGoodsTransactions } from '../YclientsBooking/goods-transaction/get-all';
import { getAllSchedules } from '../YclientsBooking/schedule/get-all';
import { getVisit } from '../YclientsBooking/visit/get';
import { getVisitDetails } from '../YclientsBooking/visit/get-details';
import { setAttendance } from '../YclientsBooking/visit/set-attendance';
import { getBookingForm } from './booking-form/get';
import { getPrivacyPolicy } from './privacy-policy/get';

/** Everything the node can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<YclientsAccount>([
	{ value: 'bookingForm', name: 'Booking Form', operations: [getBookingForm] },
	{ value: 'category', name: 'Category', operations: [getAllCategories] },
	{ value: 'goodsTransaction', name: 'Goods Transaction', operations: [getAllGoodsTransactions] },
	{ value: 'privacyPolicy', name: 'Privacy Policy', operations: [getPrivacyPolicy] },
	{ value: 'schedule', name: 'Schedule', operations: [getAllSchedules] },
	{ value: 'visit', name: 'Visit', operations: [getVisit, getVisitDetails, setAttendance] },
]);
