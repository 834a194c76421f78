import axios from 'axios';
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
