import type { Store } from '../../../../core/store';
import { readQueue } from '../../../../core/whatsapp/session/figures';
import { describeEngines } from '../../../support/engines';
import { Bench } from '../../../whatsapp-server/support/bench';
import { noteWritten, QUICK, SendingSession } from './sessions';

jest.setTimeout(60_000);

describe('the outbox of a session', () => {
	const bench = Bench.ofTests();

	describeEngines((dialect, engine) => {
		let store: Store;
		let session: SendingSession;
		let passed = 0;
		beforeAll(async () => {
			store = await engine.open();
			session = await SendingSession.start(bench, store, dialect === 'sqlite' ? '79990000501' : '79990000502', { clock: () => Date.now() + passed });
		});
		afterEach(() => {
			session.linked.salon.acks.clear();
			expect(session.failures).toEqual([]);
		});
		afterAll(async () => await session.stop());

		it('brings a message to the phone once, and tells how far it came', async () => {
			const anna = bench.someone();
			const { id, waId } = await session.say(anna, 'you are booked');
			expect(await session.desk.wait(id, 5000)).toMatchObject({ waId, error: null, tries: 1 });
			expect(await anna.screen.text('you are booked')).toMatchObject({ id: waId, copies: 1 });
			await session.reaches(id, 'delivered');
			anna.read(waId);
			const read = await session.reaches(id, 'read');
			const steps = (await session.desk.deliveries({ at: 0, key: '' }, 1000)).filter((step) => step.id === id);
			expect(steps.map(({ state }) => state)).toEqual(['acked', 'delivered', 'read']);
			expect(steps.at(-1)).toMatchObject({ key: `${id}:read`, at: read.readAt, waId });
		});

		it('takes the receipts of several messages from one stanza, and one that skips a step', async () => {
			const anna = bench.someone();
			anna.receiving.goOffline();
			const sent = [];
			for (const text of ['one', 'two', 'three']) sent.push(await session.say(anna, text));
			for (const { id } of sent) await session.reaches(id, 'acked');
			const { device } = session.linked;
			anna.receiving.confirm(device, anna.lidJid, sent.map(({ waId }) => waId), 'played');
			for (const { id } of sent) expect((await session.reaches(id, 'read')).deliveredAt).not.toBeNull();
		});

		it('keeps the order of a chat while other chats go on, and sends a repeated request once', async () => {
			const [anna, boris] = [bench.someone(), bench.someone()];
			for (let number = 0; number < 12; number += 1) await session.say(number % 3 === 0 ? boris : anna, `text ${number}`, { idemKey: `${anna.number} ${number}` });
			const first = await session.say(anna, 'text 1', { idemKey: `${anna.number} 1` });
			expect(first).toMatchObject({ isRepeat: true });
			const last = await session.say(anna, 'the end');
			await session.reaches(last.id, 'delivered');
			await boris.screen.text('text 9');
			expect(anna.screen.texts).toEqual([1, 2, 4, 5, 7, 8, 10, 11].map((number) => `text ${number}`).concat('the end'));
			expect(boris.screen.texts).toEqual([0, 3, 6, 9].map((number) => `text ${number}`));
		});

		it('makes one chat of the two addresses of a person', async () => {
			const anna = bench.someone();
			await noteWritten(store, session.lease.session, anna, Date.now());
			const byPhone = await session.say(`+${anna.number}`, 'first');
			const byLid = await session.say(anna.lidJid, 'second');
			expect([byPhone.chatId, byLid.chatId]).toEqual([anna.lidJid, anna.lidJid]);
			await anna.screen.text('second');
			expect(anna.screen.texts).toEqual(['first', 'second']);
		});

		it('shows a message once although the word on it was lost, and knows that it arrived', async () => {
			const anna = bench.someone();
			session.linked.salon.acks.lose();
			const { id, waId } = await session.say(anna, 'word lost');
			await session.reaches(id, 'delivered');
			expect(anna.screen.find(waId)).toMatchObject({ copies: 1 });
		});

		it('sends again after the next login what nobody confirmed, under the same id and before what was queued meanwhile', async () => {
			const anna = bench.someone();
			session.linked.salon.acks.lose();
			anna.receiving.goOffline();
			const first = await session.say(anna, 'no word, no receipt');
			await bench.server.received({ tag: 'message', attrs: { id: first.waId } });
			const second = await session.say(anna, 'queued behind it');
			(await session.linked.device.ready()).drop();
			await session.linked.client.ending(session.linked.client.endings.length === 0 ? 0 : session.linked.client.endings.length - 1);
			await session.reaches(first.id, 'unknown');
			await session.reconnect(bench);
			await session.reaches(second.id, 'acked');
			anna.receiving.goOnline();
			expect((await session.reaches(first.id, 'delivered')).tries).toBe(2);
			await anna.screen.text('queued behind it');
			expect(anna.screen.texts).toEqual(['no word, no receipt', 'queued behind it']);
			expect(anna.screen.find(first.waId)).toMatchObject({ copies: 2 });
		});

		it('does not take a frame on a silent link for a message sent', async () => {
			const anna = bench.someone();
			const link = await session.linked.device.ready();
			link.stall();
			const { id, waId } = await session.say(anna, 'into the silence');
			await link.loses(1);
			link.drop();
			await session.reaches(id, 'unknown');
			expect(anna.screen.texts).toEqual([]);
			await session.reconnect(bench);
			await session.reaches(id, 'delivered');
			expect(anna.screen.find(waId)).toMatchObject({ copies: 1 });
		});

		it('sends again however often the link goes, until it is likely that the message is the cause, and still takes a late receipt', async () => {
			const anna = bench.someone();
			session.linked.salon.acks.lose(20);
			anna.receiving.goOffline();
			const { id, waId } = await session.say(anna, 'never confirmed');
			for (let time = 1; time <= 13; time += 1) {
				await bench.server.received({ tag: 'message', attrs: { id: waId } }, time - 1);
				(await session.linked.device.ready()).drop();
				await session.reaches(id, 'unknown');
				// as many tries within a minute say nothing of the message
				if (time === 13) passed += 15 * 60_000;
				await session.reconnect(bench);
			}
			expect(await session.reaches(id, 'failed')).toMatchObject({ tries: 13, error: { code: 'no_answer' } });
			session.linked.salon.acks.clear();
			const after = await session.say(anna, 'the chat goes on');
			await session.reaches(after.id, 'acked');
			anna.receiving.goOnline();
			expect(await session.reaches(id, 'delivered')).toMatchObject({ error: null });
			await session.reaches(after.id, 'delivered');
			expect(anna.screen.texts).toEqual(['never confirmed', 'the chat goes on']);
		});

		it('asks for the devices anew when the server does not take them, once', async () => {
			const anna = bench.someone();
			session.linked.salon.acks.refuse(479);
			const { id } = await session.say(anna, 'after the list was read');
			expect(await session.reaches(id, 'delivered')).toMatchObject({ tries: 2 });
			session.linked.salon.acks.refuse(479, 2);
			expect(await session.reaches((await session.say(anna, 'refused')).id, 'failed')).toMatchObject({ tries: 2, error: { code: 'stale_devices' } });
			session.linked.salon.acks.refuse(421);
			const { error } = await session.reaches((await session.say(anna, 'refused too')).id, 'failed');
			expect(error).toMatchObject({ code: 'server_421', sentence: expect.stringContaining('421') });
			await session.reaches((await session.say(anna, 'goes on')).id, 'delivered');
			expect(anna.screen.texts).toEqual(['after the list was read', 'goes on']);
		});

		it('says so when there are no keys of a person, and sends when there are again', async () => {
			const anna = bench.someone();
			anna.keysMissing = true;
			expect(await session.reaches((await session.say(anna, 'no keys')).id, 'failed')).toMatchObject({ error: { code: 'no_keys' } });
			anna.keysMissing = false;
			await session.reaches((await session.say(anna, 'with keys')).id, 'delivered');
		});

		it('answers a recipient who asks again after a restart, from what is stored', async () => {
			const anna = bench.someone();
			const { id, waId } = await session.say(anna, 'kept for you');
			await session.reaches(id, 'delivered');
			const shown = anna.screen.find(waId);
			await session.restart(bench);
			anna.receiving.askAgain({ device: session.linked.device, id: waId, address: anna.lidJid });
			await anna.screen.becomes(waId, ({ copies }) => copies === 2);
			expect(anna.screen.find(waId)?.content).toEqual(shown?.content);
			expect(await session.outbound.message({ id: '3EB0FFFFFFFFFFFFFFFFFF' })).toBeUndefined();
			expect(await session.outbound.message({})).toBeUndefined();
		});

		it('waits for its time without holding others back', async () => {
			const anna = bench.someone();
			const later = await session.say(anna, 'tomorrow', { notBefore: Date.now() + passed + 86_400_000 });
			const now = await session.say(anna, 'now');
			await session.reaches(now.id, 'delivered');
			expect(await readQueue(store, session.lease, Date.now() + passed)).toEqual({ backlogOut: 1, queueAgeMs: 0 });
			expect(await session.desk.wait(later.id, 0)).toMatchObject({ state: 'queued', tries: 0 });
			expect(anna.screen.texts).toEqual(['now']);
			await store.write(async (trx) => await trx.deleteFrom('wa_outbox').where('id', '=', later.id).execute());
		});

		it('keeps what is queued while there is no link, and shows how long it waits', async () => {
			const anna = bench.someone();
			(await session.linked.device.ready()).drop();
			await session.linked.client.until(() => session.linked.client.socket.ws.isClosed || undefined, 'the end');
			const { id } = await session.say(anna, 'patience');
			expect(await session.desk.wait(id, 30)).toMatchObject({ state: 'queued' });
			expect((await readQueue(store, session.lease, Date.now() + passed)).queueAgeMs).toBeGreaterThanOrEqual(30);
			await session.reconnect(bench);
			await session.reaches(id, 'delivered');
		});

		it('shows that somebody types before an answer, once, and not before a notice', async () => {
			const anna = bench.someone();
			await noteWritten(store, session.lease.session, anna, Date.now());
			session.settings = { ...session.settings, typing: true };
			bench.server.journal.clear();
			const notice = await session.say(anna, 'a reminder');
			await session.reaches(notice.id, 'delivered');
			const began = performance.now();
			const answer = await session.say(anna, 'an answer', { isAnswer: true });
			await bench.server.received({ tag: 'chatstate', child: 'composing' });
			await session.reaches(answer.id, 'delivered');
			expect(performance.now() - began).toBeGreaterThan(990);
			expect(bench.server.journal.find({ tag: 'chatstate', child: 'composing' })).toHaveLength(1);
			session.settings = { ...session.settings, typing: false };
		});

		it('holds back what is too much, in order, and sends all of it', async () => {
			const anna = bench.someone();
			session.settings = { ...session.settings, perChat: { everyMs: 150, burst: 2 } };
			const began = performance.now();
			const sent = [];
			for (let number = 0; number < 6; number += 1) sent.push(await session.say(anna, `text ${number}`));
			await session.reaches(sent.at(-1)?.id ?? '', 'delivered');
			expect(performance.now() - began).toBeGreaterThan(4 * 150 - 20);
			expect(anna.screen.texts).toEqual(Array.from({ length: 6 }, (_, number) => `text ${number}`));
			session.settings = { ...session.settings, perChat: QUICK.perChat ?? session.settings.perChat };
		});
	});
});
