import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { sql } from 'kysely';
import * as core from '../../core';
import { addSalon, startYclients } from './simulators/yclients';

it('a script reaches a vendor with what the package exports, as docs/api.md shows it', async () => {
	const sim = await startYclients();
	const salon = addSalon(sim, {
		zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 0, bookingHorizonDays: 30, changeNoticeMinutes: 0, stepMinutes: 30,
		services: [{ name: 'cut', minutes: 60, price: 200_000 }], hours: { from: '10:00', to: '20:00' }, staff: [{ name: 'Anna', services: ['cut'] }],
	});
	const crm = core.yclients.createYclientsCrm({
		companyId: String(salon.company.id),
		clock: () => sim.clock.instant(),
		transport: core.yclients.createYclientsTransport({
			port: core.http.createAxiosPort(axios.create()),
			limiter: core.createMemoryLimiter({ windows: core.yclients.RATE_WINDOWS }),
			headers: core.yclients.signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token }),
			baseUrl: sim.url,
		}),
	});
	expect(await crm.services()).toMatchObject({ kind: 'ok', value: [{ id: salon.serviceId('cut') }] });
	await sim.close();
});

it.each(['amocrm', 'bitrix24', 'dikidi', 'easyweek', 'onec', 'yclients'] as const)('%s is exported with a way to make its CRM and to tell what it can', (vendor) => {
	const names = Object.keys(core[vendor]);
	expect(names).toEqual(expect.arrayContaining(['capabilitiesOf', expect.stringMatching(/^create\w+Crm$/), expect.stringMatching(/^create\w+Transport$/)]));
});

it('a script copies a salon and counts its week, as docs/api.md shows it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-script-'));
	const store = await core.openStore({ engine: 'sqlite', path: join(folder, 'example.sqlite') }, { keys: ['a long secret'] });
	const now = '2026-11-20T10:00:00Z';
	await core.seedDemoSalon(store, 'copied', { seed: 1, now, locale: 'ru' });
	const crm = core.createBuiltinCrm(store, 'copied', () => now);
	const sync = core.createSync({ store, crm, reader: core.createBuiltinReader(), tenant: 'copied' });
	expect(await sync.run({ kind: 'full' })).toMatchObject({ kind: 'ok', value: { status: 'done' } });
	const profiles = await core.profile.openProfiles({ store, tenant: 'copied', now });
	const ids: string[] = [];
	for await (const { client } of profiles?.all(null) ?? []) ids.push(client.id);
	const { rows } = await sql<{ id: string }>`select id from crm_client where tenant = 'copied' order by id`.execute(store.db);
	expect(rows.length).toBeGreaterThan(0);
	expect([...ids].sort()).toEqual(rows.map(({ id }) => id));
	const figures = await core.report.weeklyFigures({ store, tenant: 'copied', day: '2026-11-20' });
	expect(figures && core.report.reportSummary(figures, 'en')).toMatch(/Visits: \d/);
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});
