import { mapOutcome, refused } from '../../core/booking';
import { office } from '../../core/crm/bitrix24';
import { BITRIX24_BOOKING, type Bitrix24Account } from '../Bitrix24Booking/vendor';
import { textOf } from '../shared/fields';
import { sameSecret } from '../shared/vendor/trigger/secret';
import type { Registration, Signal, VendorTrigger } from '../shared/vendor/trigger/trigger';

/** Kinds whose record is an element of the CRM. */
const ELEMENTS: Readonly<Record<string, number>> = { client: office.KINDS.contact, deal: office.KINDS.deal, lead: office.KINDS.lead };
const NO_VISIT = refused('unsupported', 'The deal is no visit: it stands in another pipeline or has no time.');

/** Only an application binds its events; what a webhook's portal sends is set by hand there. */
const registration: Registration<Bitrix24Account> = {
	isRegistered: async (account, { url, events }) => mapOutcome(await office.boundEvents(account.office, url), (bound) => namesFor(account, events).every((name) => bound.includes(name))),
	register: (account, { url, events }) => office.bindEvents(account.office, url, namesFor(account, events)),
	unregister: (account, { url }) => office.unbindEvents(account.office, url),
};

/** Where visits are deals, a change of a deal is one of a visit. */
function namesFor({ areDeals }: Bitrix24Account, events: readonly string[]): readonly string[] {
	return office.eventNames(events.map((event) => (event === 'appointment' && areDeals ? 'deal' : event)));
}

/**
 * The trigger of a portal. A delivery holds only a number, which is read back; a failed one is never sent again. Bookings
 * have no time of change, so a poll finds clients alone.
 */
export const TRIGGER: VendorTrigger<Bitrix24Account> = {
	vendor: BITRIX24_BOOKING,
	events: [{ name: 'Appointment', value: 'appointment' }, { name: 'Client', value: 'client' }, { name: 'Deal', value: 'deal' }, { name: 'Lead', value: 'lead' }],
	signalsOf({ areDeals }, { body }) {
		const signal = office.hookSignalOf(body);
		if (signal === null) return [];
		const { key, event, change, id } = signal;
		const visit: readonly Signal[] = event === 'deal' && areDeals ? [{ key: `${key} visit`, event: 'appointment', change, id }] : [];
		return [{ key, event, change, id }, ...visit];
	},
	async read(account, { event, id }) {
		const kind = ELEMENTS[event];
		if (kind !== undefined) return office.item(account.office, kind, id);
		const visit = await account.crm.appointment(id);
		if (!account.areDeals || visit.kind !== 'refused' || visit.reason !== 'not_found') return visit;
		const deal = await office.item(account.office, office.KINDS.deal, id);
		return deal.kind === 'ok' ? NO_VISIT : deal;
	},
	registration,
	streams: { client: 'clients' },
	// the portal shows its token in every delivery; without one in the credential the secret of the address has to do
	isGenuine({ body, query }, credential, secrets) {
		const token = textOf(credential.applicationToken);
		return token === '' ? sameSecret(query.secret, secrets) : sameSecret(office.applicationTokenIn(body), [token]);
	},
};
