import { createBuiltinCrm, createBuiltinSalon } from '../../core/crm/builtin';
import type { Outcome } from '../../core/booking';
import type { Store } from '../../core/store';
import { describeEngines, type TestEngine } from '../support/engines';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';

const CAPABILITIES = createBuiltinCrm({} as Store, 'none', () => '').capabilities;

async function valueOf<T>(answer: Promise<Outcome<T>>): Promise<T> {
	const outcome = await answer;
	if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
	return outcome.value;
}

let tenants = 0;

async function setUp(store: Store, engine: TestEngine, spec: SalonSpec): Promise<CrmUnderTest> {
	const tenant = `salon-${(tenants += 1)}`;
	let now = '2026-01-01T00:00:00Z';
	const clock = (): string => now;
	const salon = createBuiltinSalon(store, tenant, clock);
	const { zone, country, currency, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes, stepMinutes } = spec;
	await valueOf(salon.saveSettings({ name: 'Салон', zone, country, currency, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes, stepMinutes }));
	const services = new Map<string, string>();
	for (const { name, minutes, price } of spec.services) {
		services.set(name, (await valueOf(salon.createService({ title: name, durationMinutes: minutes, price: { min: price, max: price } }))).id);
	}
	const serviceId = (name: string): string => services.get(name) ?? name;
	const staff = new Map<string, string>();
	for (const { name, services: does } of spec.staff) {
		const { id } = await valueOf(salon.createStaff({ name, services: does.map((service) => ({ serviceId: serviceId(service) })) }));
		await valueOf(salon.setSchedule(id, Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, { hours: [spec.hours] }]))));
		staff.set(name, id);
	}
	return {
		crm: createBuiltinCrm(store, tenant, clock),
		serviceId,
		staffId: (name) => staff.get(name) ?? name,
		setNow: (instant) => {
			now = instant;
		},
		blockClient: async (id) => {
			await valueOf(salon.setClientFlags(id, { blocked: true }));
		},
		other: () => setUp(store, engine, spec),
		unreachable: async () => {
			const closed = await engine.open();
			await closed.close();
			return createBuiltinCrm(closed, tenant, clock);
		},
	};
}

describeEngines((dialect, engine) => {
	let store: Store | null = null;
	describeBookingCrm(`built-in CRM on ${dialect}`, CAPABILITIES, async (spec) => {
		store ??= await engine.open();
		return setUp(store, engine, spec);
	});
});
