import { DAYS, type Hours, type Location, type World } from './world';

/** The salon a workspace is set up for. Prices are minor units. */
export interface SalonPlan {
	readonly zone: string;
	readonly stepMinutes: number;
	readonly hours: Hours;
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	readonly staff: readonly { readonly name: string; readonly services: readonly string[] }[];
}

export const DEFAULT_SALON: SalonPlan = {
	zone: 'Europe/Berlin',
	stepMinutes: 30,
	hours: { from: '10:00', to: '19:00' },
	services: [
		{ name: 'cut', minutes: 60, price: 4500 },
		{ name: 'color', minutes: 90, price: 9000 },
	],
	staff: [
		{ name: 'Anna', services: ['cut', 'color'] },
		{ name: 'Maria', services: ['cut'] },
	],
};

/** uuids by the names of the plan. */
export interface SalonIds {
	readonly location: string;
	readonly services: ReadonlyMap<string, string>;
	readonly staff: ReadonlyMap<string, string>;
}

/** Adds one location with its services and people; open alike on every day. */
export function furnish(world: World, plan: SalonPlan, name = 'Studio North – Mitte'): SalonIds {
	const place: Location = {
		...world.ids(),
		name,
		zone: plan.zone,
		hours: Object.fromEntries(DAYS.map((day) => [day, [plan.hours]])),
		stepMinutes: plan.stepMinutes,
	};
	world.locations.set(place.uuid, place);
	const category = world.uuid();
	world.categories.set(category, 'Hair');
	const services = new Map<string, string>();
	for (const { name: title, minutes, price } of plan.services) {
		const known = [...world.services.values()].find((one) => one.name === title);
		const service = known ?? { ...world.ids(), name: title, minutes, price, category, startingAt: false };
		world.services.set(service.uuid, service);
		services.set(title, service.uuid);
	}
	const staff = new Map<string, string>();
	for (const { name: person, services: does } of plan.staff) {
		const [firstName = '', lastName = ''] = person.split(' ');
		const staffer = { ...world.ids(), firstName, lastName, location: place.uuid, services: new Set(does.map((title) => services.get(title) ?? '')) };
		world.staffers.set(staffer.uuid, staffer);
		staff.set(person, staffer.uuid);
	}
	return { location: place.uuid, services, staff };
}
