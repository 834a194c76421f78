import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import type { Database, Store } from '../../core/store';
import { describeEngines } from '../support/engines';

const OPTIONS = { seed: 42, now: '2026-11-21T10:00:00+03:00', locale: 'ru' } as const;
const TABLES: readonly (keyof Database)[] = ['crm_service', 'crm_staff', 'crm_client', 'crm_appointment', 'crm_appointment_line', 'crm_busy', 'crm_goods_sale'];

async function dump(store: Store, tenant: string): Promise<string> {
	const tables = await Promise.all(TABLES.map((table) => store.db.selectFrom(table).selectAll().where('tenant' as never, '=', tenant as never).execute()));
	return JSON.stringify(tables.map((rows) => rows.map((row) => JSON.stringify({ ...row, tenant: '' })).sort()));
}

describeEngines((dialect, engine) => {
	it('is the same for the same seed, another for another, and made once', async () => {
		const store = await engine.open();
		const began = performance.now();
		expect(await seedDemoSalon(store, 'one', OPTIONS)).toEqual({ created: true });
		const ms = performance.now() - began;
		process.stdout.write(`demo salon on ${dialect}: ${ms.toFixed(0)} ms\n`);
		expect(ms).toBeLessThan(3000);
		await seedDemoSalon(store, 'two', OPTIONS);
		await seedDemoSalon(store, 'three', { ...OPTIONS, seed: 43 });
		const first = await dump(store, 'one');
		expect(await dump(store, 'two')).toBe(first);
		expect(await dump(store, 'three')).not.toBe(first);
		expect(await seedDemoSalon(store, 'one', { ...OPTIONS, seed: 99 })).toEqual({ created: false });
		expect(await dump(store, 'one')).toBe(first);
	}, 30_000);

	it('is a salon one can book in', async () => {
		const store = await engine.open();
		await seedDemoSalon(store, 'salon', OPTIONS);
		const crm = createBuiltinCrm(store, 'salon', () => OPTIONS.now);
		const [services, staff, company] = await Promise.all([crm.services(), crm.staff(), crm.company()]);
		if (services.kind !== 'ok' || staff.kind !== 'ok' || company.kind !== 'ok') throw new Error('not readable');
		expect(company.value).toMatchObject({ zone: 'Europe/Moscow', currency: 'RUB', name: 'Салон „Лаванда“' });
		expect(services.value.length).toBeGreaterThanOrEqual(14);
		expect(new Set(services.value.map((service) => service.category)).size).toBeGreaterThanOrEqual(4);
		const doers = services.value.map((service) => staff.value.filter((member) => member.services.some(({ serviceId }) => serviceId === service.id)).length);
		expect(Math.min(...doers)).toBeGreaterThanOrEqual(1);
		expect(doers.filter((count) => count >= 2).length).toBeGreaterThan(doers.length / 2);
		for (const service of services.value) {
			const dates = await crm.availableDates({ serviceIds: [service.id], from: '2026-11-22', to: '2026-12-05' });
			expect(dates.kind === 'ok' ? dates.value.length : 0).toBeGreaterThanOrEqual(7);
			expect(service.aliases.some((alias) => /[a-z]/i.test(alias))).toBe(true);
		}
	});

	it('has a past of about 2,500 visits, a partly booked future, and nobody in two places', async () => {
		const store = await engine.open();
		await seedDemoSalon(store, 'history', OPTIONS);
		const crm = createBuiltinCrm(store, 'history', () => OPTIONS.now);
		const read = async (from: string, to: string) => {
			const visits = await crm.appointments({ from, to });
			if (visits.kind !== 'ok') throw new Error(visits.kind);
			return visits.value;
		};
		const past = await read('2026-01-01T00:00:00Z', OPTIONS.now);
		const future = await read(OPTIONS.now, '2026-12-31T00:00:00Z');
		expect(past.length).toBeGreaterThan(2_200);
		expect(past.length).toBeLessThan(2_800);
		expect(future.length).toBeGreaterThan(60);
		for (const key of ['staffId', 'clientId'] as const) {
			const byOwner = new Map<string, string>();
			for (const visit of [...past, ...future]) {
				expect(Date.parse(visit.start)).toBeGreaterThanOrEqual(Date.parse(byOwner.get(visit[key]) ?? '1970-01-01T00:00:00Z'));
				byOwner.set(visit[key], visit.end);
			}
		}
		expect(past.every((visit) => visit.status === 'arrived' || visit.status === 'no_show')).toBe(true);
	});
});
