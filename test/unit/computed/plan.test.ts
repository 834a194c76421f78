import { mergeSalon, parsePlan, type VendorSalon } from '../../../core/crm/computed';
import { crmAt, DAY, reasonOf, valueOf, Vendor } from './support/vendor';

const HOURS = { mon: ['10:00-14:00', '15:00-20:00'], sat: '11:00–16:00' };
const EMPTY: VendorSalon = { company: { id: '1', name: 'Luna', zone: 'Europe/Moscow', currency: 'RUB', country: 'RU' }, services: null, staff: null };
const salonOf = (plan: unknown, vendor: Partial<VendorSalon> = {}) => valueOf(mergeSalon(parsePlan(plan), { ...EMPTY, ...vendor }));

describe('a plan', () => {
	it.each([
		[{ staff: [{ name: 'Анна', week: { mon: ['10-20'] } }] }, /staff\.0\.week\.mon.*10:00-20:00/],
		[{ staff: [{ name: 'Анна', week: { monday: [] } }] }, /staff\.0\.week\.monday: there is no such field/],
		[{ staff: [{ name: 'Анна', exceptions: { '31.12.2026': [] } }] }, /staff\.0\.exceptions.*2026-12-31/],
		[{ services: [{ title: ' ' }] }, /services\.0\.title: is empty/],
		[{ services: [{ title: 'A', durationMinutes: 0 }] }, /services\.0\.durationMinutes: write minutes as a whole number from 1 to 1440/],
		[{ services: [{ title: 'A', price: '2000' }] }, /services\.0\.price: write a price as a number/],
		[{ services: [{ title: 'A', price: { min: 5, max: 2 } }] }, /services\.0\.price: the lowest price is above the highest/],
		[{ services: [{ title: 'A' }, { title: 'A' }] }, /services\.1: stands there twice/],
		[{ company: { zone: 'Moscow' } }, /company\.zone: use an IANA zone/],
		[{ company: { phone: '12' } }, /company\.phone/],
		[{ company: { workingHours: { mon: '10:00-10:00' } } }, /company\.workingHours\.mon/],
		['{"company":', /not valid JSON/],
		[7, /the plan: expected Object/],
	])('says where and what: %j', (plan, message) => {
		expect(() => parsePlan(plan)).toThrow(TypeError);
		expect(() => parsePlan(plan)).toThrow(message);
	});

	it('does not repeat what stands in it', () => {
		expect(() => parsePlan({ company: { phone: 'SECRET' } })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('SECRET') }));
		expect(() => parsePlan({ company: { currency: 'SECRET' } })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('SECRET') }));
	});

	it('may be empty, or JSON', () => {
		expect(parsePlan('')).toEqual(parsePlan({}));
		expect(parsePlan('{"company":{"zone":"Europe/Moscow"}}').company.zone).toBe('Europe/Moscow');
	});

	it('is the list where the CRM has none: names stand for ids', () => {
		const { services, staff } = salonOf({ services: [{ title: 'Стрижка', price: 2000, durationMinutes: 60 }], staff: [{ name: 'Анна' }] });
		expect(services).toMatchObject([{ id: 'Стрижка', price: { min: 200_000, max: 200_000, currency: 'RUB' }, durationMinutes: 60, bookableOnline: true }]);
		expect(staff).toMatchObject([{ id: 'Анна', services: [{ serviceId: 'Стрижка' }] }]);
	});

	it('adds to the rows of the CRM by id or by name, and is stronger where it says something', () => {
		const { services, problems } = salonOf(
			{ services: [{ title: 'Стрижка Жёсткая', durationMinutes: 45 }, { id: 7, title: 'x', price: 100 }, { title: 'Нет такой' }] },
			{ services: [{ id: '5', title: 'стрижка  жесткая', durationMinutes: 60, price: { min: 1, max: 1, currency: 'RUB' } }, { id: '7', title: 'Другая', durationMinutes: 30 }, { id: '8', title: 'Без длины' }] },
		);
		expect(services).toMatchObject([
			{ id: '5', title: 'стрижка  жесткая', durationMinutes: 45, price: { min: 1 } },
			{ id: '7', title: 'Другая', durationMinutes: 30, price: { min: 10_000 } },
			{ id: '8', durationMinutes: 0, bookableOnline: false },
		]);
		expect(problems).toEqual([expect.stringMatching(/^services\.2:/), expect.stringMatching(/service 8 has no length/)]);
	});

	it('gives a person the hours of the plan, else of the CRM, else of the company; holidays replace a day', () => {
		const plan = { company: { workingHours: HOURS, exceptions: { '2026-12-31': [] } }, staff: [{ name: 'Анна', week: { tue: '09:00-12:00' }, exceptions: { '2026-12-31': '10:00-12:00' } }] };
		const { staff } = salonOf(plan, { staff: [{ id: '1', name: 'Анна' }, { id: '2', name: 'Мария', schedule: { weekly: { 3: { hours: [{ from: '10:00', to: '11:00' }] } } } }, { id: '3', name: 'Ольга', active: false }] });
		expect(staff.map(({ schedule }) => schedule)).toEqual([
			{ weekly: { 2: { hours: [{ from: '09:00', to: '12:00' }] } }, exceptions: { '2026-12-31': { hours: [{ from: '10:00', to: '12:00' }] } } },
			{ weekly: { 3: { hours: [{ from: '10:00', to: '11:00' }] } }, exceptions: { '2026-12-31': { hours: [] } } },
			{ weekly: { 1: { hours: [{ from: '10:00', to: '14:00' }, { from: '15:00', to: '20:00' }] }, 6: { hours: [{ from: '11:00', to: '16:00' }] } }, exceptions: { '2026-12-31': { hours: [] } } },
		]);
		expect(staff.map(({ bookable }) => bookable)).toEqual([true, true, false]);
	});

	it('names the service a person does by title or id, with a length and price of the person', () => {
		const { staff, problems } = salonOf({ services: [{ title: 'Стрижка', durationMinutes: 60 }], staff: [{ name: 'Анна', services: [{ service: 'СТРИЖКА', durationMinutes: 90, price: 3000 }, 'Нет'] }] });
		expect(staff[0]?.services).toEqual([{ serviceId: 'Стрижка', durationMinutes: 90, price: { min: 300_000, max: 300_000, currency: 'RUB' } }]);
		expect(problems[0]).toMatch(/does a service that is not in the list/);
	});

	it('is refused when nobody names the zone or the currency', () => {
		const nowhere = { ...EMPTY, company: { ...EMPTY.company, zone: null } };
		expect(reasonOf(mergeSalon(parsePlan({}), nowhere))).toBe('invalid_request');
		expect(reasonOf(mergeSalon(parsePlan({}), { ...EMPTY, company: { ...EMPTY.company, currency: null } }))).toBe('invalid_request');
		expect(mergeSalon(parsePlan({ company: { zone: 'Asia/Almaty' } }), nowhere).kind).toBe('ok');
		expect(reasonOf(mergeSalon(parsePlan({}), { ...EMPTY, company: { ...EMPTY.company, zone: '__proto__' } }))).toBe('invalid_request');
	});

	it('makes the slots: breaks, days off and a night shift', async () => {
		const plan = {
			company: { zone: 'Europe/Moscow', currency: 'RUB', stepMinutes: 60 },
			services: [{ title: 'cut', durationMinutes: 60 }],
			staff: [{ name: 'anna', week: { tue: '10:00-12:00, 13:00-14:00', wed: '23:00-01:00' }, exceptions: { '2026-12-01': [] } }],
		};
		const crm = crmAt(new Vendor(), { plan });
		const starts = async (from: string, to = from) => valueOf(await crm.slots({ serviceIds: ['cut'], from, to })).map(({ start }) => start.slice(5, 16));
		expect(await starts(DAY)).toEqual(['11-24T10:00', '11-24T11:00', '11-24T13:00']);
		expect(await starts('2026-11-25', '2026-11-26')).toEqual(['11-25T23:00', '11-26T00:00']);
		expect(await starts('2026-12-01')).toEqual([]);
		expect((await crm.createAppointment({ clientId: 'x', serviceIds: ['cut'], staffId: 'anna', start: '2026-11-26T00:00:00+03:00' }, 'night')).kind).toBe('ok');
		expect(await starts('2026-11-25', '2026-11-26')).toEqual(['11-25T23:00']);
	});
});
