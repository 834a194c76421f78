export { HOOK_EVENTS, hookSignalOf, type HookEvent, type HookSignal } from './hook';
export { bookings, categories, customers, locations, orders, services, staffers, type Starts, type Whose } from './lists';
export { completeBooking, record, type Completion, type RecordKind } from './records';
export {
	bookingOf, bookingRowOf, categoryOf, customerOf, locationOf, orderOf, serviceOf, stafferOf, type SimpleBooking, type SimpleBookingRow, type SimpleCustomer, type SimpleOrder,
} from './simple';
export type { Row, Workspace } from './workspace';
