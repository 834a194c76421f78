import { createPairingLinks, VISIT_MS } from '../../../core/whatsapp/pairing-links';
import { describeEngines } from '../../support/engines';

const KEY = { tenant: 'salon', session: 'main' };
const TTL = 15 * 60_000;

describeEngines((_dialect, engine) => {
	let at = 1_800_000_000_000;

	async function links() {
		const store = await engine.open();
		return { store, links: createPairingLinks(store, () => at) };
	}

	it('opens once: of many who try at once one gets in, and their key names the session', async () => {
		const { links: first } = await links();
		const { links: second } = await links();
		const { token, expiresAt } = await first.create(KEY, TTL);
		expect(expiresAt).toBe(at + TTL);
		expect(await first.isGood('salon', token)).toBe(true);
		const opened = (await Promise.all([first, second, first, second].map((one) => one.open('salon', token)))).filter((one) => one !== null);
		expect(opened).toEqual([{ session: 'main', visitor: expect.stringMatching(/^[\w-]{43}$/) as string }]);
		expect(await second.sessionOf('salon', opened[0]?.visitor ?? '')).toBe('main');
		expect(await first.isGood('salon', token)).toBe(false);
	}, 20_000);

	it('is over at its time, and looking at it opens nothing', async () => {
		const { links: one } = await links();
		const { token } = await one.create(KEY, TTL);
		await one.isGood('salon', token);
		at += TTL - 1;
		expect(await one.isGood('salon', token)).toBe(true);
		at += 1;
		expect([await one.isGood('salon', token), await one.open('salon', token)]).toEqual([false, null]);
	});

	it('knows neither tokens of another salon nor guesses', async () => {
		const { links: one } = await links();
		const { token } = await one.create(KEY, TTL);
		expect([await one.open('other', token), await one.open('salon', `${token.slice(0, -1)}_`), await one.sessionOf('salon', token)]).toEqual([null, null, null]);
		const opened = await one.open('salon', token);
		expect(await one.sessionOf('other', opened?.visitor ?? '')).toBeNull();
	});

	it('lets a visitor in for half an hour', async () => {
		const { links: one } = await links();
		const opened = await one.open('salon', (await one.create(KEY, TTL)).token);
		at += VISIT_MS - 1;
		expect(await one.sessionOf('salon', opened?.visitor ?? '')).toBe('main');
		at += 2;
		expect(await one.sessionOf('salon', opened?.visitor ?? '')).toBeNull();
	});

	it('keeps no token and no key, and forgets links that are long over', async () => {
		const { store, links: one } = await links();
		const { token } = await one.create(KEY, TTL);
		const opened = await one.open('salon', token);
		const stored = JSON.stringify(await store.db.selectFrom('wa_pairing_link').selectAll().execute());
		expect(stored).not.toContain(token);
		expect(stored).not.toContain(opened?.visitor);
		at += 2 * 86_400_000;
		await one.create({ ...KEY, session: 'new' }, TTL);
		expect((await store.db.selectFrom('wa_pairing_link').select('session').execute()).map(({ session }) => session)).toEqual(['new']);
	});
});
