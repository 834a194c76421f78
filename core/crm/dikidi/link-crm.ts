import { type BookingCrm, type Capabilities, type Company, type Outcome, ok, type Service, type StaffMember } from '../../booking';
import { pageFor, unsupported } from './handoff';
import { manualCompany, manualServices, manualStaff } from './manual';
import type { Settings } from './settings';

/** What is left when nothing answers for the vendor: the client books on the page, a person does the rest. */
export const LINK_CAPABILITIES: Capabilities = {
	slots: 'native',
	idempotentWrites: false,
	findByOperation: false,
	atomicBooking: false,
	reschedule: false,
	cancel: false,
	createClient: false,
	updateClient: false,
	severalServices: false,
	guestName: false,
	streams: [],
};

/** A company that is known by its settings and its booking page only. */
export function createLinkCrm(settings: Settings, companyId: string): BookingCrm {
	return {
		capabilities: LINK_CAPABILITIES,
		company: async (): Promise<Outcome<Company>> => ok(manualCompany(settings, companyId)),
		services: async (): Promise<Outcome<readonly Service[]>> => (settings.services.length === 0 ? unsupported('DIKIDI has no API that lists services, and none are set by hand.', pageFor(settings)) : ok(manualServices(settings, false))),
		staff: async (): Promise<Outcome<readonly StaffMember[]>> => (settings.staff.length === 0 ? unsupported('DIKIDI has no API that lists staff, and nobody is set by hand.', pageFor(settings)) : ok(manualStaff(settings, false))),
		availableDates: async (query) => unsupported('DIKIDI has no API that tells free days.', pageFor(settings, query)),
		slots: async (query) => unsupported('DIKIDI has no API that tells free times.', pageFor(settings, query)),
		findClient: async () => unsupported('DIKIDI has no API that finds clients; import an export of the back office.'),
		createClient: async () => unsupported('DIKIDI has no API that opens client cards; the booking page opens one by itself.', pageFor(settings)),
		updateClient: async () => unsupported('DIKIDI has no API that changes client cards.'),
		appointments: async () => unsupported('DIKIDI has no API that lists visits; import an export of the back office.'),
		createAppointment: async (wish) => unsupported('DIKIDI has no API that books.', pageFor(settings, wish)),
		rescheduleAppointment: async () => unsupported('DIKIDI has no API that moves visits.'),
		cancelAppointment: async () => unsupported('DIKIDI has no API that cancels visits.'),
		findByOperation: async () => unsupported('DIKIDI has no API that finds a visit by an operation.'),
		async *stream(name) {
			yield unsupported(`DIKIDI has no API that gives ${name}; import an export of the back office, or listen to a gateway’s events.`);
		},
	};
}
