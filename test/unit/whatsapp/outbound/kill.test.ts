import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../../core/store';
import { beginLinking, createOutboxDesk, loadClientLibrary, type OutboxDesk, takeLease } from '../../../../core/whatsapp';
import { readQueue } from '../../../../core/whatsapp/session/figures';
import { createSignals } from '../../../../core/whatsapp/session/signals';
import { createRandom } from '../../../contract/simulators/kit';
import { type Script, startScript } from '../../../support/children';
import { describeEngines } from '../../../support/engines';
import { type Device, type Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { TestClient } from '../../../whatsapp-server/support/client';
import { StoredAuth } from '../stored-auth';
import { addSession } from './sessions';

/** A sample; `npm run whatsapp:kill` sets 60. */
const KILLS = Number(process.env['WHATSAPP_KILLS'] ?? 3);
const MESSAGES = KILLS * 20;
const PEOPLE = 8;

jest.setTimeout(120_000 + KILLS * 20_000);

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

describe(`a process killed while it sends (TEST_SEED=${SEED})`, () => {
	const bench = Bench.ofTests();

	describeEngines((dialect, engine) => {
		const key = { tenant: 'salon', session: 'killed' };
		const random = createRandom(SEED);
		let store: Store;
		let desk: OutboxDesk;
		let salon: Phone;
		let device: Device;
		let script: Script | null = null;

		beforeAll(async () => {
			store = await engine.open();
			desk = createOutboxDesk(store, { ...key, signals: createSignals({ notices: null }) });
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000521' : '79990000522', { name: 'Salon' });
			const lease = await takeLease(store, key, 'child');
			if (lease === null) throw new Error('the session is held');
			await addSession(store, key);
			const auth = await beginLinking({ store, client: await loadClientLibrary(), lease, onFailure: () => undefined });
			const client = new TestClient(bench.server.url, new StoredAuth(auth)).start();
			device = await bench.server.scan(salon, await client.qr());
			await client.ending();
			client.start();
			await client.open();
			await device.ready();
			await device.mailbox.empty();
			await client.stop();
			await auth.idle();
		});
		afterAll(() => void script?.process.kill('SIGKILL'));

		/** Another process takes the session, once the one before is gone. */
		async function begin(): Promise<void> {
			script = startScript(join(__dirname, 'children/send.ts'), { config: engine.config, key, url: bench.server.url });
			expect(await script.nextLine()).toBe('open');
			await device.ready();
		}

		async function kill(): Promise<void> {
			script?.process.kill('SIGKILL');
			await script?.remainingLines();
		}

		const settled = async (): Promise<boolean> => (await readQueue(store, key, Date.now())).backlogOut === 0;

		it('shows the message once, whether it was killed before or after the server took it', async () => {
			const anna = bench.server.phone(`7916800${dialect === 'sqlite' ? '0001' : '0002'}`);
			for (const how of ['swallow', 'lose'] as const) {
				await begin();
				salon.acks[how]();
				anna.receiving.goOffline();
				const queued = await desk.enqueue({ to: anna.lidJid, content: { kind: 'text', text: how }, idemKey: how, isAnswer: false, hasAgreed: true });
				if (queued.kind === 'refused') throw new Error(queued.sentence);
				await bench.server.received({ tag: 'message', attrs: { id: queued.waId } });
				await kill();
				await begin();
				expect(await desk.wait(queued.id, 20_000)).toMatchObject({ state: 'acked', tries: 2, error: null });
				anna.receiving.goOnline();
				expect(await anna.screen.text(how)).toMatchObject({ id: queued.waId });
				await kill();
			}
			expect(anna.screen.texts).toEqual(['swallow', 'lose']);
			expect(bench.server.errors).toEqual([]);
		});

		it(`shows ${MESSAGES} messages once each, in the order of each chat, under drops, silence, lost words and ${KILLS} kills`, async () => {
			const people = Array.from({ length: PEOPLE }, (_, place) => bench.server.phone(`79168${dialect === 'sqlite' ? 1 : 2}${String(place).padStart(5, '0')}`));
			const expected = new Map<Phone, string[]>(people.map((phone) => [phone, []]));
			for (let number = 0; number < MESSAGES; number += 1) {
				const phone = people[random.integer(0, PEOPLE - 1)] ?? salon;
				const text = `text ${number}`;
				expected.get(phone)?.push(text);
				const queued = await desk.enqueue({ to: phone.lidJid, content: { kind: 'text', text }, idemKey: text, isAnswer: false, hasAgreed: true });
				expect(queued.kind).toBe('queued');
			}
			for (let kills = 0; kills < KILLS && !(await settled()); kills += 1) {
				await begin();
				for (const fault of [random.integer(0, 2), random.integer(0, 2)]) {
					// the moment of the fault is the random part; nothing below waits for it to be long enough
					await sleep(random.integer(0, 150));
					if (fault === 0) salon.acks.lose();
					if (fault === 1) salon.acks.swallow();
					const link = device.link;
					if (fault === 2) link?.stall();
					await sleep(random.integer(0, 50));
					link?.drop();
				}
				await sleep(random.integer(0, 200));
				await kill();
			}
			salon.acks.clear();
			await begin();
			for (const deadline = Date.now() + 120_000; Date.now() < deadline && !(await settled()); ) await sleep(100);
			await Promise.all(people.map(async (phone) => await phone.receiving.idle()));
			for (const [phone, texts] of expected) expect(phone.screen.texts).toEqual(texts);
			// no key was used twice. Mutant: steps of sessions are kept by the client's own transaction alone
			expect(people.flatMap(({ receiving }) => [...receiving.askedFor])).toEqual([]);
			const rows = await store.db.selectFrom('wa_outbox').select('state').execute();
			expect(rows.filter(({ state }) => !['acked', 'delivered', 'read'].includes(state))).toEqual([]);
			await kill();
		});
	});
});
