import { formatOffset, json, offsetOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { durationOf, failed, list, single } from './envelope';
import type { Location, Service, Staffer, World } from './world';

export const BASE = '/api/public/v2';

/** Ping, workspace, locations, services, categories, staffers, and cash accounts that are no people. */
export function catalogueRoutes(world: World): readonly Route[] {
	const located = (path: string, rows: (location: Location) => readonly unknown[]): Route =>
		route('GET', `${BASE}/locations/{location}/${path}`, (request) => inLocation(world, request, (location) => list(request, rows(location))));
	return [
		route('GET', `${BASE}/ping`, () => json(200, { ping: 'pong', version: 'v12.32.3' })),
		route('GET', `${BASE}/workspace`, () => {
			const { uuid, name, country } = world.workspace;
			return single(world, 200, { uuid, name, icon: null, logo: null, country_iso: country, contacts: { phone: '+4930000000' } });
		}),
		route('GET', `${BASE}/locations`, (request) => list(request, [...world.locations.values()].map((one) => showLocation(world, one)))),
		located('services', () => [...world.services.values()].map((one) => showService(world, one))),
		located('service-categories', () => [...world.categories].map(([uuid, name]) => ({ uuid, name, order: 1 }))),
		located('staffers', ({ uuid }) => [...world.staffers.values()].filter((one) => one.location === uuid).map(showStaffer)),
		route('GET', `${BASE}/locations/{location}/accounts`, (request) => inLocation(world, request, ({ uuid }) => json(200, [{ uuid, name: 'Cash desk' }]))),
	];
}

/** Works in the location of the path, or answers 404. */
export function inLocation(world: World, request: SimRequest, work: (location: Location) => Answer): Answer {
	const location = world.locations.get(request.params.location ?? '');
	return location === undefined ? failed(404, 'No query results for model [Location].') : work(location);
}

function showLocation(world: World, location: Location): unknown {
	const offset = formatOffset(offsetOf(world.clock.now(), location.zone));
	return {
		uuid: location.uuid,
		name: location.name,
		description: '',
		images: [],
		opening_hours: { days: location.hours },
		address: { address_1: 'Example str. 1', street: 'Example str.', house: '1', city: 'Berlin', postal_code: '10115', country: world.workspace.country, position: { lat: 52.53, lng: 13.38 } },
		timezone: world.switches.timezoneShape === 'object' ? { name: location.zone, short: location.zone.split('/')[1], offset } : location.zone,
	};
}

function showService(world: World, service: Service): unknown {
	const { currency } = world.workspace;
	const category = service.category === null ? null : { uuid: service.category, name: world.categories.get(service.category), order: 1 };
	return {
		uuid: service.uuid, name: service.name, description: '', currency, price: service.price, price_formatted: `${(service.price / 100).toFixed(2).replace('.', ',')} ${currency}`,
		duration: durationOf(world, service.minutes), category, starting_at: service.startingAt,
	};
}

function showStaffer(staffer: Staffer): unknown {
	return { uuid: staffer.uuid, first_name: staffer.firstName, last_name: staffer.lastName, position: 'Stylist', description: '', avatar: null };
}
