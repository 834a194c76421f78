import { workspace } from '../../core/crm/easyweek';
import type { VendorTrigger } from '../shared/vendor/trigger/trigger';
import { EASYWEEK_BOOKING, type EasyweekAccount } from './vendor';

/** What becomes of a visit in each event, as other vendors word it: a cancelled visit is one that is gone. */
const CHANGES: Readonly<Record<workspace.HookEvent, string>> = {
	'booking-created': 'create',
	'booking-updated': 'update',
	'booking-rescheduled': 'update',
	'booking-canceled': 'delete',
	'booking-succeeded': 'update',
};

/**
 * The vendor signs nothing and names no event: the secret and the event are in the address that is entered by hand. It has
 * no list of changes, so there is nothing to poll.
 */
export const EASYWEEK_TRIGGER: VendorTrigger<EasyweekAccount> = {
	vendor: EASYWEEK_BOOKING,
	events: [{ name: 'Appointment', value: 'appointment' }],
	signalsOf(account, { body, query }) {
		const signal = workspace.hookSignalOf(body, query.event);
		if (signal === null || signal.locationId !== account.workspace.locationId) return [];
		return [{ key: signal.key, event: 'appointment', change: signal.event === null ? 'update' : CHANGES[signal.event], id: signal.bookingId }];
	},
	read: (account, { id }) => account.crm.appointment(id),
	streams: {},
};
