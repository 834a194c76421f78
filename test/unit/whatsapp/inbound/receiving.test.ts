import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../../core/store';
import { releaseLease } from '../../../../core/whatsapp';
import { describeEngines } from '../../../support/engines';
import type { Device, Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { Receiver } from './bench';

jest.setTimeout(60_000);

const bench = Bench.ofTests();

/** A promise and who opens it. */
function gate(): { readonly promise: Promise<void>; resolve(): void } {
	let open: () => void = () => undefined;
	const promise = new Promise<void>((resolve) => (open = resolve));
	return { promise, resolve: () => open() };
}

describe('what people write', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let receiver: Receiver;
		let salon: Phone;
		let device: Device;
		beforeAll(async () => {
			store = await engine.open();
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000501' : '79990000502', { name: 'Salon', business: 'Salon' });
			receiver = await Receiver.open(store, bench.server.url);
			device = await receiver.link(bench, salon);
		}, 60_000);
		afterAll(async () => await receiver.close());
		afterEach(() => expect(receiver.failures).toEqual([]));

		it('becomes a turn with everything that is known of it', async () => {
			const anna = bench.someone();
			const before = Date.now();
			const id = await anna.write(salon, 'Good morning');
			const turn = await receiver.turn();
			expect(turn).toMatchObject({
				session: 'main', chatId: anna.lidJid, jid: anna.lidJid, lid: anna.lidJid, phone: anna.number, pushName: 'Anna', messageIds: [id], type: 'text', text: 'Good morning',
				choiceId: null, media: [], quotedId: null, fromAd: false, live: true, pausedUntil: null, tries: 0,
			});
			expect(turn.receivedAt).toBeGreaterThanOrEqual(before);
			expect(Math.abs(turn.timestamp - before)).toBeLessThan(5_000);
			expect(await receiver.feed.next(5)).toEqual([]);
			await device.mailbox.empty();
		});

		it('keeps the order of two chats written at once, a turn each', async () => {
			const writers = [bench.someone(), bench.someone({ addressing: 'pn' })];
			await Promise.all(writers.map((writer) => Promise.all(Array.from({ length: 10 }, (_, place) => writer.write(salon, String(place))))));
			const turns = await receiver.turns(20);
			for (const writer of writers) expect(turns.filter(({ phone }) => phone === writer.number).map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, place) => String(place)));
		});

		it('arrives after a time offline, in order and once', async () => {
			const anna = bench.someone();
			await receiver.client.stop();
			for (let place = 0; place < 20; place += 1) await anna.write(salon, String(place));
			receiver.connect();
			const turns = await receiver.turns(20);
			expect(turns.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, place) => String(place)));
			expect(turns.every(({ live }) => !live)).toBe(true);
			expect(await receiver.feed.next(5)).toEqual([]);
			await device.mailbox.empty();
		});

		it('is one turn however often and however it is delivered', async () => {
			const anna = bench.someone();
			const id = await anna.write(salon, 'once');
			await receiver.turn();
			anna.sending.redeliver(id);
			await device.mailbox.empty();
			await anna.sending.repeat(id);
			await device.mailbox.empty();
			const broken = await anna.write(salon, 'broken on the way', { corrupt: true });
			const bare = await anna.write(salon, 'bare', { plain: true });
			const unavailable = await anna.write(salon, 'from an advertisement', { unavailable: true });
			const turns = await receiver.turns(3);
			expect(new Map(turns.map(({ messageIds, text }) => [messageIds[0], text]))).toEqual(new Map([[broken, 'broken on the way'], [bare, 'bare'], [unavailable, 'from an advertisement']]));
			await device.mailbox.empty();
			await receiver.inbound.settled();
			expect(await receiver.feed.next(5)).toEqual([]);
			expect(receiver.client.upserts.filter(({ message }) => message.key.id === id && message.message?.conversation)).toHaveLength(2);
		});

		it('is confirmed, and not asked for again, when it comes a second time in a session that went on', async () => {
			const anna = bench.someone();
			const first = await anna.write(salon, 'first');
			await receiver.turn();
			await receiver.client.send(anna.lidJid, { text: 'an answer' });
			await anna.screen.text('an answer');
			const second = await anna.write(salon, 'second');
			await receiver.turn();
			await device.mailbox.empty();
			bench.server.journal.clear();
			for (const id of [first, second]) anna.sending.redeliver(id);
			await device.mailbox.empty();
			expect(bench.server.journal.find({ tag: 'receipt' }).map(({ node: { attrs } }) => [attrs['id'], attrs['type']])).toEqual([[first, 'inactive'], [second, 'inactive']]);
			expect(bench.server.journal.find({ tag: 'ack', attrs: { class: 'message' } })).toEqual([]);
			await receiver.inbound.settled();
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		it('is asked for again when it could not be read, and confirmed only once it was: a confirmation would take the repeated one along', async () => {
			const anna = bench.someone();
			const broken = await anna.write(salon, 'broken on the way', { corrupt: true });
			expect(await receiver.turn()).toMatchObject({ messageIds: [broken], text: 'broken on the way' });
			await device.mailbox.empty();
			await receiver.inbound.settled();
			const said = [...bench.server.journal.find({ tag: 'receipt', attrs: { id: broken } }), ...bench.server.journal.find({ tag: 'ack', attrs: { id: broken } })];
			expect(said.map(({ node: { tag, attrs } }) => [tag, attrs['type']])).toEqual([['receipt', 'retry'], ['receipt', 'inactive']]);
		});

		it('is none when only a stub came, or what phones tell each other', async () => {
			const anna = bench.someone();
			const ours = await receiver.client.socket.sendMessage(anna.lidJid, { text: 'at ten?' });
			await anna.screen.text('at ten?');
			await anna.react(salon, ours?.key.id ?? '', '👍');
			anna.writeToGroup('120363000000000001@g.us', salon);
			await device.mailbox.empty();
			await receiver.inbound.settled();
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		it('does not mix the keys of what is sent from inside a signal with those of what was received', async () => {
			const anna = bench.someone();
			const answers: Promise<unknown>[] = [];
			const off = receiver.signals.on('turns', receiver.lease, () => void answers.push(receiver.client.socket.sendMessage(anna.lidJid, { text: `answer ${answers.length}` })));
			for (const text of ['one', 'two', 'three']) {
				const before = answers.length;
				await anna.write(salon, text);
				await anna.screen.text(`answer ${before}`);
			}
			off();
			await Promise.all(answers);
			await receiver.turns(3);
			await receiver.client.send(anna.lidJid, { text: 'and once more' });
			await anna.screen.text('and once more');
			expect(bench.server.journal.find({ tag: 'receipt', attrs: { type: 'retry' } })).toEqual([]);
		});

		it('is stored without mixing up the keys of what is sent to the same person meanwhile', async () => {
			const phone = bench.server.phone(dialect === 'sqlite' ? '79990000505' : '79990000506');
			const anna = bench.someone();
			let storing = gate();
			let sent: Promise<void> | null = null;
			const write: Store['write'] = async (work, options) => {
				storing.resolve();
				// what was begun meanwhile is given its time, but may have to wait for this one
				if (sent !== null) await Promise.race([sent, sleep(300)]);
				return await store.write(work, options);
			};
			const slow = await Receiver.open(store, bench.server.url, { key: { tenant: 'salon', session: `slow ${dialect}` }, parts: { store: { ...store, write } } });
			await slow.link(bench, phone);
			await anna.write(phone, 'hello');
			await slow.turn();
			await slow.client.send(anna.lidJid, { text: 'answer 0' });
			for (let place = 1; place <= 3; place += 1) {
				storing = gate();
				const answered = gate();
				sent = answered.promise;
				await anna.write(phone, `question ${place}`);
				await storing.promise;
				await slow.client.send(anna.lidJid, { text: `answer ${place}` });
				answered.resolve();
				sent = null;
				await slow.turn();
			}
			await slow.client.send(anna.lidJid, { text: 'answer 4' });
			await anna.screen.text('answer 4');
			expect(anna.screen.texts).toEqual(Array.from({ length: 5 }, (_, place) => `answer ${place}`));
			expect(bench.server.journal.find({ tag: 'receipt', attrs: { type: 'retry' } })).toEqual([]);
			await slow.close();
		});

		it('is dropped when it is too old, and noted', async () => {
			const id = await bench.someone().write(salon, 'last week', { at: Math.floor(Date.now() / 1000) - 3 * 86_400 });
			await device.mailbox.empty();
			await receiver.inbound.settled();
			expect(await receiver.feed.next(5)).toEqual([]);
			expect(await store.db.selectFrom('wa_inbox').select(['state', 'reason']).where('id', '=', id).executeTakeFirst()).toEqual({ state: 'dropped', reason: 'old' });
			expect(receiver.health.map(({ kind }) => kind)).toContain('message_too_old');
		});

		it('is all there after a drop before the backlog ended', async () => {
			const anna = bench.someone();
			await receiver.client.stop();
			device.mailbox.holdsOfflineEnd = true;
			const ids: string[] = [];
			for (let place = 0; place < 5; place += 1) ids.push(await anna.write(salon, `held ${place}`));
			receiver.connect();
			await Promise.all(ids.map((id) => anna.sending.marked(id, 'inactive')));
			const turns = await receiver.turns(5);
			expect(turns.map(({ text }) => text)).toEqual(Array.from({ length: 5 }, (_, place) => `held ${place}`));
			const endings = receiver.client.endings.length;
			(await bench.server.link(salon.number)).drop();
			await receiver.client.ending(endings);
			device.mailbox.holdsOfflineEnd = false;
			receiver.connect();
			await receiver.inbound.settled();
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		it('is not taken by an owner whose lease is gone', async () => {
			const other = await Receiver.open(store, bench.server.url, { key: { tenant: 'salon', session: `lost ${dialect}` } });
			const phone = bench.server.phone(dialect === 'sqlite' ? '79990000503' : '79990000504');
			await other.link(bench, phone);
			await other.inbound.settled();
			await releaseLease(store, other.lease);
			await store.write(async (trx) => await trx.updateTable('wa_lease').set({ epoch: other.lease.epoch + 1 }).where('session', '=', other.lease.session).execute());
			await bench.someone().write(phone, 'for the next owner');
			await other.until(async () => other.failures.length > 0, 'the failure');
			expect(other.failures.map(({ code }) => code)).toContain('lease_lost');
			expect(await store.db.selectFrom('wa_inbox').selectAll().where('session', '=', other.lease.session).execute()).toEqual([]);
			await other.client.stop();
			await other.inbound.stop();
		}, 60_000);
	});
});
