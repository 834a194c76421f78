import type { Capabilities, Company, Service, StaffMember } from '../../core/booking';

/** The salon of the CRM double: open every day from ten to eight, three services, three people. */
export const DOUBLE_COMPANY: Company = {
	id: 'c1',
	name: 'Лотос',
	zone: 'Europe/Moscow',
	currency: 'RUB',
	address: 'ул. Ленина, 5',
	phone: '+74951234567',
	workingHours: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: '10:00', to: '20:00' }]])),
	changeNoticeMinutes: 120,
	bookingNoticeMinutes: 60,
	bookingHorizonDays: 30,
};

function service(id: string, title: string, durationMinutes: number, rubles: number): Service {
	const price = { min: rubles * 100, max: rubles * 100, currency: 'RUB' };
	return { id, title, aliases: [], category: 'Волосы', price, durationMinutes, active: true, bookableOnline: true };
}

function person(id: string, name: string, serviceIds: readonly string[]): StaffMember {
	return { id, name, position: null, active: true, bookable: true, services: serviceIds.map((serviceId) => ({ serviceId })) };
}

export const DOUBLE_SERVICES: readonly Service[] = [
	service('cut', 'Стрижка женская', 60, 2000),
	service('color', 'Окрашивание', 120, 4500),
	service('nails', 'Маникюр', 90, 1800),
];
export const DOUBLE_STAFF: readonly StaffMember[] = [
	person('anna', 'Анна', ['cut', 'color']),
	person('maria', 'Мария', ['cut', 'nails']),
	person('olga', 'Ольга', ['nails']),
];

/** A vendor that keeps no operation key: what the core must cope with at the least. */
export const BARE_CAPABILITIES: Capabilities = {
	slots: 'native',
	idempotentWrites: false,
	findByOperation: false,
	atomicBooking: true,
	reschedule: true,
	cancel: true,
	createClient: true,
	updateClient: true,
	severalServices: true,
	guestName: true,
	streams: [],
};
