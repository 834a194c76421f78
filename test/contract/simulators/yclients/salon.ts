import type { Company, User } from './model';
import type { VendorSimulator } from './vendor';

/** A salon in the words of the contract suite; money in minor units. */
export interface SimulatedSalonSpec {
	readonly zone: string;
	readonly country: string;
	readonly currency: string;
	readonly bookingNoticeMinutes: number;
	readonly bookingHorizonDays: number;
	readonly changeNoticeMinutes: number;
	readonly stepMinutes: number;
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	readonly hours: { readonly from: string; readonly to: string };
	readonly staff: readonly { readonly name: string; readonly services: readonly string[] }[];
}

/** What a test needs of a salon that stands. */
export interface SimulatedSalon {
	readonly company: Company;
	/** An account with every right. */
	readonly user: User;
	/** Id of a service or person of the spec by name; the name itself when there is none. */
	serviceId(name: string): string;
	staffId(name: string): string;
	/** Puts a client on the blacklist. */
	block(clientId: string): void;
}

/** Opens one more branch, with an account of its own, in a running simulator. */
export function addSalon({ state }: VendorSimulator, spec: SimulatedSalonSpec): SimulatedSalon {
	const company = state.addCompany({
		zone: spec.zone, currency: spec.currency, country: spec.country, workingHours: spec.hours, stepMinutes: spec.stepMinutes, noticeMinutes: spec.bookingNoticeMinutes,
		horizonDays: spec.bookingHorizonDays, changeDelaySeconds: spec.changeNoticeMinutes * 60,
	});
	const user = state.addUser([company.id]);
	const category = state.addCategory(company.id, 'Парикмахерский зал');
	const services = new Map(spec.services.map(({ name, price }) => [name, state.addService(company.id, { title: name, categoryId: category.id, priceMin: price / 100 })]));
	const staff = new Map(spec.staff.map(({ name }) => [name, state.addStaff(company.id, { name, specialization: 'Стилист', everyDay: [spec.hours] })]));
	for (const { name, services: does } of spec.staff) {
		for (const title of does) {
			const minutes = spec.services.find((service) => service.name === title)?.minutes;
			const id = staff.get(name)?.id;
			if (minutes !== undefined && id !== undefined) services.get(title)?.staff.set(id, minutes * 60);
		}
	}
	return {
		company,
		user,
		serviceId: (name) => String(services.get(name)?.id ?? name),
		staffId: (name) => String(staff.get(name)?.id ?? name),
		block: (clientId) => {
			const client = state.clients.get(Number(clientId));
			if (client === undefined) throw new Error('no such client');
			client.blacklisted = true;
		},
	};
}
