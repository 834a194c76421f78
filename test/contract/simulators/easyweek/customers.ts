import { fieldsOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { BASE } from './catalogue';
import { failed, invalid, list, single } from './envelope';
import type { Customer, World } from './world';

const E164 = /^\+\d{8,15}$/;

/** `/customers`: found by the exact phone, which is unique in the workspace. */
export function customerRoutes(world: World): readonly Route[] {
	return [
		route('GET', `${BASE}/customers`, (request) => {
			const phone = request.query.get('phone');
			return list(request, [...world.customers.values()].filter((one) => phone === null || one.phone === phone).map(showCustomer));
		}),
		route('GET', `${BASE}/customers/{uuid}`, ({ params }) => {
			const customer = world.customers.get(params.uuid ?? '');
			return customer === undefined ? failed(404, 'No query results for model [Customer].') : single(world, 200, showCustomer(customer));
		}),
		route('POST', `${BASE}/customers`, (request) => create(world, request)),
		route('PUT', `${BASE}/customers/{uuid}`, (request) => update(world, request)),
	];
}

function create(world: World, request: SimRequest): Answer {
	const { first_name: first, last_name: last, phone, email } = fieldsOf(request.json);
	if (typeof first !== 'string' || first === '') return invalid({ first_name: 'The first name field is required.' });
	if (typeof phone !== 'string' || !E164.test(phone)) return invalid({ phone: 'The phone field must be a valid phone number.' });
	const taken = world.customerByPhone(phone) !== undefined ? 'phone' : typeof email === 'string' && emailTaken(world, email) ? 'email' : null;
	if (taken !== null) return world.switches.customerTaken === '422' ? invalid({ [taken]: `The ${taken} has already been taken.` }) : failed(409, `The ${taken} has already been taken.`);
	const customer = addCustomer(world, { firstName: first, lastName: typeof last === 'string' ? last : '', phone, email: typeof email === 'string' ? email : null });
	return single(world, Number(world.switches.createStatus), showCustomer(customer));
}

function update(world: World, request: SimRequest): Answer {
	if (world.switches.customerUpdate !== '200') return failed(Number(world.switches.customerUpdate), 'Not Found');
	const customer = world.customers.get(request.params.uuid ?? '');
	if (customer === undefined) return failed(404, 'No query results for model [Customer].');
	const { first_name: first, last_name: last, phone } = fieldsOf(request.json);
	const owner = typeof phone === 'string' ? world.customerByPhone(phone) : undefined;
	if (owner !== undefined && owner !== customer) return invalid({ phone: 'The phone has already been taken.' });
	if (typeof first === 'string') customer.firstName = first;
	if (typeof last === 'string') customer.lastName = last;
	if (typeof phone === 'string') customer.phone = phone;
	return single(world, 200, showCustomer(customer));
}

/** Opens a card, past every check. */
export function addCustomer(world: World, card: Pick<Customer, 'firstName' | 'lastName' | 'phone' | 'email'>): Customer {
	const customer: Customer = { ...world.ids(), ...card };
	world.customers.set(customer.uuid, customer);
	return customer;
}

export function showCustomer(customer: Customer): Readonly<Record<string, unknown>> {
	return { uuid: customer.uuid, first_name: customer.firstName, last_name: customer.lastName, middle_name: null, phone: customer.phone, email: customer.email };
}

/** A phone the API takes. */
export function isPhone(value: unknown): value is string {
	return typeof value === 'string' && E164.test(value);
}

function emailTaken(world: World, email: string): boolean {
	return [...world.customers.values()].some((one) => one.email === email);
}
