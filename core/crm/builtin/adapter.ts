import { type BookingCrm, type Capabilities, type Company, type Instant, mapOutcome, ok, type Outcome, type Service, STREAM_NAMES } from '../../booking';
import type { Store } from '../../store';
import { appointments } from './appointments';
import { createAppointment } from './booking';
import { readServices, readSettings, readStaff, type ServiceCard, type Settings } from './catalogue';
import { cancelAppointment, rescheduleAppointment } from './changes';
import { createClient, findClient, updateClient } from './clients';
import { answering, type Context } from './context';
import { findByOperation } from './operations';
import { NOT_SET_UP } from './selection';
import { availableDates, slots } from './slots';
import { stream } from './stream';

const CAPABILITIES: Capabilities = {
	slots: 'native',
	idempotentWrites: true,
	findByOperation: true,
	atomicBooking: true,
	reschedule: true,
	cancel: true,
	createClient: true,
	updateClient: true,
	severalServices: true,
	guestName: true,
	streams: STREAM_NAMES,
};

/**
 * The embedded CRM of one tenant. `clock` gives the moment that decides what is past, too soon or too late. Failures of
 * the store become `unavailable`, or `unknown` when a commit's end is not known; only bugs throw.
 */
export function createBuiltinCrm(store: Store, tenant: string, clock: () => Instant): BookingCrm {
	const context: Context = { store, tenant, clock };
	return {
		capabilities: CAPABILITIES,
		company: async () => mapOutcome(await settingsOf(context), companyOf),
		services: () => withSettings(context, async ({ currency }) => (await readServices(store.db, tenant, currency)).map(serviceOf)),
		staff: () => withSettings(context, ({ currency }) => readStaff(store.db, tenant, currency)),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		findClient: (phone) => findClient(context, phone),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		appointments: (query) => appointments(context, query),
		createAppointment: (appointment, key) => createAppointment(context, appointment, key),
		rescheduleAppointment: (id, to, key) => rescheduleAppointment(context, id, to, key),
		cancelAppointment: (id, key) => cancelAppointment(context, id, key),
		findByOperation: (key) => findByOperation(context, key),
		stream: (name, window) => stream(context, name, window),
	};
}

/** Company settings, or a refusal while the tenant is not set up. */
export function settingsOf({ store, tenant }: Context): Promise<Outcome<Settings>> {
	return answering(async () => {
		const settings = await readSettings(store.db, tenant);
		return settings === null ? NOT_SET_UP : ok(settings);
	});
}

async function withSettings<T>(context: Context, read: (settings: Settings) => Promise<T>): Promise<Outcome<T>> {
	const settings = await settingsOf(context);
	return settings.kind === 'ok' ? answering(async () => ok(await read(settings.value))) : settings;
}

/** A company as every CRM of this package shows one. */
export function companyOf(settings: Settings): Company {
	const { id, name, zone, currency, address, phone, workingHours, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays } = settings;
	return { id, name, zone, currency, address, phone, workingHours, changeNoticeMinutes, bookingNoticeMinutes, bookingHorizonDays };
}

function serviceOf(card: ServiceCard): Service {
	const { id, title, aliases, category, price, durationMinutes, active, bookableOnline } = card;
	return { id, title, aliases, category, price, durationMinutes, active, bookableOnline };
}
