import type { World } from './world';

/** The salon a company is set up for. Prices are minor units. */
export interface SalonPlan {
	readonly zone: string;
	readonly currency: string;
	readonly stepMinutes: number;
	readonly hours: { readonly from: string; readonly to: string };
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	readonly staff: readonly { readonly name: string; readonly services: readonly string[] }[];
}

export const DEFAULT_SALON: SalonPlan = {
	zone: 'Europe/Moscow',
	currency: 'RUB',
	stepMinutes: 30,
	hours: { from: '10:00', to: '20:00' },
	services: [
		{ name: 'cut', minutes: 60, price: 250_000 },
		{ name: 'color', minutes: 90, price: 450_000 },
	],
	staff: [
		{ name: 'Anna', services: ['cut', 'color'] },
		{ name: 'Maria', services: ['cut'] },
	],
};

/** Ids by the names of the plan. */
export interface SalonIds {
	readonly services: ReadonlyMap<string, string>;
	readonly staff: ReadonlyMap<string, string>;
}

/** Opens the company's services and masters. */
export function furnish(world: World, plan: SalonPlan): SalonIds {
	const services = new Map<string, string>();
	for (const [index, { name, minutes, price }] of plan.services.entries()) {
		const id = String(9001 + index);
		world.services.set(id, { id, companyServiceId: String(55_001 + index), name, minutes, price });
		services.set(name, id);
	}
	const staff = new Map<string, string>();
	for (const [index, { name, services: does }] of plan.staff.entries()) {
		const id = String(501 + index);
		world.masters.set(id, { id, name, services: new Set(does.map((title) => services.get(title) ?? '')) });
		staff.set(name, id);
	}
	return { services, staff };
}
