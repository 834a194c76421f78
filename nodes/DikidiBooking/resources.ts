import { vendorResources } from '../shared/vendor/resources';
import { getBookingLink } from './booking-link/get';
import { getConnectionStatus } from './connection/get-status';
import { sendGatewayCommand } from './gateway/send-command';
import { importClientsFile } from './import/clients';
import { importVisitsFile } from './import/visits';
import type { DikidiAccount } from './vendor';

/** Everything the node can do: the panel, the dispatch and the tests are made from this list. */
export const RESOURCES = vendorResources<DikidiAccount>([
	{ value: 'bookingLink', name: 'Booking Link', operations: [getBookingLink] },
	{ value: 'connection', name: 'Connection', operations: [getConnectionStatus] },
	{ value: 'gateway', name: 'Gateway', operations: [sendGatewayCommand] },
	{ value: 'import', name: 'Import', operations: [importClientsFile, importVisitsFile] },
]);
