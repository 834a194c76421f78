import type { Store } from '../../../../core/store';
import { noteSilence } from '../../../../core/store/outreach';
import { recipientJid, takeLease } from '../../../../core/whatsapp';
import { noteWanted } from '../../../../core/whatsapp/session/records';
import { parseSettings, type SessionSettingsInput } from '../../../../core/whatsapp/session/settings';
import { describeEngines } from '../../../support/engines';
import type { Phone } from '../../../whatsapp-server';
import { stanza } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { until } from '../session/bench';
import { noteWritten, SendingSession } from './sessions';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('who may be written to, and when', () => {
	const bench = Bench.ofTests();
	let sessions = 0;

	describeEngines((dialect, engine) => {
		let store: Store;
		let session: SendingSession;
		let now: number;
		const number = () => `7999000${dialect === 'sqlite' ? 6 : 7}${String((sessions += 1)).padStart(3, '0')}`;
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(async () => {
			now = Date.now();
			session = await SendingSession.start(bench, store, number(), { clock: () => now });
		});
		afterEach(async () => await session.stop());

		/** Time passes, and the session looks again. */
		const pass = (ms: number): void => {
			now += ms;
			session.signals.send('outbox', session.lease);
		};
		const say = (asked: boolean, about: Parameters<typeof noteSilence>[3]): Promise<void> =>
			store.write((trx) => noteSilence(trx, store.vault, session.lease.tenant, about, { asked, at: new Date((now += 1000)).toISOString() }));
		const wrote = async (phone: Phone): Promise<void> => {
			await noteWritten(store, session.lease.session, phone, now);
			phone.wroteTo.add(session.linked.salon.number);
			session.linked.salon.wroteTo.add(phone.number);
		};
		const ask = async (to: string, more = {}) => await session.desk.enqueue({ to, content: { kind: 'text', text: 'hello' }, idemKey: `${to} ${now}`, isAnswer: false, ...more });

		it('writes first only to who agreed, and remembers that', async () => {
			const anna = bench.someone();
			expect(await ask(anna.lidJid)).toMatchObject({ kind: 'refused', code: 'not_opted_in', sentence: expect.stringContaining('agreed') });
			expect(await ask(anna.lidJid, { isAnswer: true })).toMatchObject({ kind: 'refused', code: 'not_opted_in' });
			expect(await ask(anna.lidJid, { hasAgreed: true })).toMatchObject({ kind: 'queued' });
			expect(await ask(anna.lidJid, { idemKey: 'later' })).toMatchObject({ kind: 'queued' });
			const boris = bench.someone();
			await wrote(boris);
			expect(await ask(boris.phoneJid)).toMatchObject({ kind: 'queued', chatId: boris.lidJid });
		});

		it('does not write to who said stop, except for an answer within a day', async () => {
			const anna = bench.someone();
			await wrote(anna);
			const reminder = await session.say(anna, 'a reminder', { notBefore: now + HOUR });
			await wrote(anna);
			await say(true, { chat: { tenant: session.lease.tenant, channel: 'whatsapp', chatId: anna.lidJid }, phone: null });
			expect(await ask(anna.phoneJid, { hasAgreed: true })).toMatchObject({ kind: 'refused', code: 'person_stopped', sentence: expect.stringContaining('asked not to') });
			const answer = await session.say(anna, 'all right, no more messages', { isAnswer: true });
			await session.reaches(answer.id, 'delivered');
			pass(2 * HOUR);
			expect(await session.reaches(reminder.id, 'failed')).toMatchObject({ error: { code: 'person_stopped' } });
			pass(DAY);
			expect(await ask(anna.lidJid, { isAnswer: true })).toMatchObject({ kind: 'refused', code: 'person_stopped' });
			expect(anna.screen.texts).toEqual(['all right, no more messages']);
		});

		it('reads a number and measures a file by the settings of its session, whoever opened the desk', async () => {
			const set = async (settings: SessionSettingsInput) => await noteWanted(store, session.lease, 'run', parseSettings(settings), now);
			await set({ countryCode: 'BY', mediaLimitBytes: 10 });
			expect(await ask('80291234567', { hasAgreed: true, notBefore: now + DAY })).toMatchObject({ kind: 'queued', chatId: '375291234567@s.whatsapp.net' });
			const picture = { kind: 'image', mimetype: 'image/png', media: Buffer.alloc(11) };
			expect(await ask('+375291234567', { hasAgreed: true, content: picture })).toMatchObject({ kind: 'refused', code: 'media_too_large' });
			await set({ mediaLimitBytes: 11 });
			expect(await ask('+375291234567', { hasAgreed: true, content: picture, notBefore: now + DAY })).toMatchObject({ kind: 'queued' });
		});

		it('knows who said stop to the assistant, by the chat or in another channel by the phone, and who took it back', async () => {
			const { tenant } = session.lease;
			const [anna, boris] = [bench.someone(), bench.someone()];
			await wrote(anna);
			await say(true, { chat: { tenant, channel: 'whatsapp', chatId: anna.lidJid }, phone: null });
			await say(true, { chat: { tenant, channel: 'telegram', chatId: '7' }, phone: `+${boris.number}` });
			expect(await ask(anna.phoneJid)).toMatchObject({ kind: 'refused', code: 'person_stopped' });
			expect(await ask(anna.phoneJid, { isAnswer: true, idemKey: 'an answer' })).toMatchObject({ kind: 'queued' });
			expect(await ask(boris.phoneJid, { hasAgreed: true })).toMatchObject({ kind: 'refused', code: 'person_stopped' });
			await say(false, { chat: null, phone: `+${boris.number}` });
			expect(await ask(boris.phoneJid, { hasAgreed: true, idemKey: 'a notice' })).toMatchObject({ kind: 'queued' });
		});

		it('asks whether a phone uses WhatsApp before it is written to for the first time, and only then', async () => {
			const anna = bench.someone();
			const asked = () => bench.server.journal.find({ tag: 'iq', attrs: { xmlns: 'usync' } }).filter(({ node }) => JSON.stringify(node).includes('"contact"')).length;
			const before = asked();
			const first = await session.say(`8${anna.number.slice(1)}`, 'good morning');
			await session.reaches(first.id, 'delivered');
			expect(asked()).toBe(before + 1);
			await session.reaches((await session.say(`+${anna.number}`, 'me again')).id, 'delivered');
			expect(asked()).toBe(before + 1);
			const nobody = await session.say('+7 916 999-99-99', 'is anybody there');
			expect(await session.reaches(nobody.id, 'failed')).toMatchObject({ error: { code: 'not_on_whatsapp' }, tries: 0 });
		});

		it('does not repeat a new chat that WhatsApp refused; new chats wait, others do not, also after a restart', async () => {
			const { salon } = session.linked;
			const [anna, boris, clara] = [bench.someone(), bench.someone(), bench.someone()];
			await wrote(clara);
			salon.acks.lockedUntil = Math.floor(now / 1000) + 7200;
			const refused = await session.say(anna, 'a new chat');
			expect(await session.reaches(refused.id, 'failed')).toMatchObject({ tries: 1, error: { code: 'reach_out_locked', sentence: expect.stringContaining('463') } });
			const waiting = await session.say(boris, 'another new chat');
			const answer = await session.say(clara, 'an answer', { isAnswer: true });
			await session.reaches(answer.id, 'delivered');
			await session.restart(bench);
			await session.reaches((await session.say(clara, 'and one more')).id, 'delivered');
			expect(await session.desk.wait(waiting.id, 0)).toMatchObject({ state: 'queued', tries: 0 });
			const { reachout_paused_until: until } = await store.db.selectFrom('wa_session').select('reachout_paused_until').where('session', '=', session.lease.session).executeTakeFirstOrThrow();
			expect(until).toBeGreaterThanOrEqual(now + HOUR);
			salon.acks.lockedUntil = null;
			pass(3 * HOUR);
			await session.reaches(waiting.id, 'delivered');
			expect(bench.server.journal.find({ tag: 'message', attrs: { id: refused.waId } })).toHaveLength(1);
			expect(session.events.filter(({ kind }) => kind === 'send_refused')).toEqual([{ kind: 'send_refused', detail: { code: 463 } }]);
		});

		it('hears of a lock before anything is refused, and of its end', async () => {
			const { salon } = session.linked;
			const anna = bench.someone();
			salon.lockReachOut(bench.server.desk.seconds() + 3600);
			await session.linked.client.until(() => session.events.find(({ kind }) => kind === 'reach_out_locked'), 'the lock');
			const waiting = await session.say(anna, 'patience');
			expect(await session.desk.wait(waiting.id, 100)).toMatchObject({ state: 'queued' });
			salon.lockReachOut(null);
			await session.linked.client.until(() => session.events.find(({ kind }) => kind === 'reach_out_allowed'), 'the end of the lock');
			pass(31_000);
			await session.reaches(waiting.id, 'delivered');
		});

		it('begins no new chats while it was asked not to, and never for less time than WhatsApp itself asks', async () => {
			const { salon, client } = session.linked;
			const [anna, clara] = [bench.someone(), bench.someone()];
			await wrote(clara);
			const stored = async (): Promise<number | null> => (await store.db.selectFrom('wa_session').select('reachout_paused_until').where('session', '=', session.lease.session).executeTakeFirstOrThrow()).reachout_paused_until;
			const locked = (bench.server.desk.seconds() + 7 * 86_400) * 1000;
			salon.lockReachOut(locked / 1000);
			await client.until(() => session.events.find(({ kind }) => kind === 'reach_out_locked'), 'the lock');
			await session.outbound.pauseNewChats(now + HOUR);
			expect(await stored()).toBe(locked);
			salon.lockReachOut(null);
			await until(async () => (await stored()) === now + HOUR, 'only the pause is left');
			const waiting = await session.say(anna, 'patience');
			await session.reaches((await session.say(clara, 'to somebody who wrote')).id, 'delivered');
			expect(await session.desk.wait(waiting.id, 0)).toMatchObject({ state: 'queued', tries: 0 });
			pass(HOUR + 31_000);
			await session.reaches(waiting.id, 'delivered');
		});

		it('begins no chat when the quota of new chats is used up', async () => {
			const anna = bench.someone();
			const update = Buffer.from(JSON.stringify({ data: { xwa2_notify_new_chat_messages_capping_info_update: { capping_status: 'CAPPED', total_quota: 10, used_quota: 10, cycle_end_timestamp: String(Math.floor(now / 1000) + 3600) } } }));
			session.linked.salon.notify('mex', [stanza('update', { op_name: 'MessageCappingInfoNotification' }, update)]);
			await session.linked.client.until(() => session.events.find(({ kind }) => kind === 'new_chats_capped'), 'the quota');
			const waiting = await session.say(anna, 'patience');
			expect(await session.desk.wait(waiting.id, 100)).toMatchObject({ state: 'queued' });
			pass(2 * HOUR);
			await session.reaches(waiting.id, 'delivered');
		});

		it('begins so many chats within a day and no more, whoever asks, also after a restart', async () => {
			session.settings = { ...session.settings, newChatsPerDay: 3 };
			const sent: { readonly id: string }[] = [];
			for (let count = 0; count < 5; count += 1) {
				sent.push(await session.say(bench.someone(), 'good morning'));
				now += 1000;
			}
			const known = bench.someone();
			await wrote(known);
			await session.reaches((await session.say(known, 'not a new chat')).id, 'delivered');
			const states = async () => await Promise.all(sent.map(async ({ id }) => (await session.desk.wait(id, 0))?.state));
			await session.reaches(sent[2]?.id ?? '', 'delivered');
			await session.restart(bench);
			await session.reaches((await session.say(known, 'still not')).id, 'delivered');
			expect(await states()).toEqual(['delivered', 'delivered', 'delivered', 'queued', 'queued']);
			pass(DAY + 1);
			await session.reaches(sent[4]?.id ?? '', 'delivered');
		});

		it('goes on counting what was sent within the last minute after a restart', async () => {
			const anna = bench.someone();
			session.settings = { ...session.settings, perSession: { everyMs: 3000, burst: 2 } };
			for (const text of ['one', 'two']) await session.reaches((await session.say(anna, text)).id, 'delivered');
			await session.restart(bench);
			const third = await session.say(anna, 'three');
			expect(await session.desk.wait(third.id, 100)).toMatchObject({ state: 'queued' });
			pass(3001);
			await session.reaches(third.id, 'delivered');
		});

		it('gives a message up that was sent four times over a link that holds, and goes on with the chat', async () => {
			await session.stop();
			session = await SendingSession.start(bench, store, number(), { ackMs: 60, againMs: 10 });
			const anna = bench.someone();
			session.linked.salon.acks.swallow(4);
			const lost = await session.say(anna, 'nobody hears');
			const next = await session.say(anna, 'and this one');
			expect(await session.reaches(lost.id, 'failed')).toMatchObject({ tries: 4, error: { code: 'no_answer' } });
			await session.reaches(next.id, 'delivered');
			session.linked.salon.acks.swallow(3);
			const slow = await session.say(anna, 'heard the fourth time');
			expect(await session.reaches(slow.id, 'delivered')).toMatchObject({ tries: 4 });
			expect(anna.screen.texts).toEqual(['and this one', 'heard the fourth time']);
		});

		it('writes nothing any more when another process has the session', async () => {
			const anna = bench.someone();
			await store.write(async (trx) => void (await trx.updateTable('wa_lease').set({ expires_at: 0 }).where('session', '=', session.lease.session).execute()));
			await takeLease(store, session.lease, 'another');
			const { id } = await session.say(anna, 'not by this one');
			for (let waited = 0; session.failures.length === 0 && waited < 100; waited += 1) await session.desk.wait(id, 20);
			expect(session.failures[0]).toMatchObject({ code: 'lease_lost' });
			expect(await session.desk.wait(id, 0)).toMatchObject({ state: 'queued', tries: 0 });
			expect(anna.screen.texts).toEqual([]);
		});
	});

	it('reads phone numbers as people write them, and nothing else', () => {
		expect(recipientJid('8 (916) 111-22-33', 'RU')).toBe('79161112233@s.whatsapp.net');
		expect(recipientJid('9161112233', 'RU')).toBe('79161112233@s.whatsapp.net');
		expect(recipientJid('+84 123 456 789', 'RU')).toBe('84123456789@s.whatsapp.net');
		expect(recipientJid('84123456789', 'VN')).toBe('84123456789@s.whatsapp.net');
		expect(recipientJid('80291234567', 'BY')).toBe('375291234567@s.whatsapp.net');
		expect(recipientJid('79161112233', 'BY')).toBe('79161112233@s.whatsapp.net');
		expect(recipientJid('375291234567', 'RU')).toBe('375291234567@s.whatsapp.net');
		expect(recipientJid(' 123456789012345@lid ', 'RU')).toBe('123456789012345@lid');
		for (const bad of ['1234567', '1234567890123456', '7916x112233', 'x@lid', '7916@g.us', '79161112233:2@s.whatsapp.net']) expect(() => recipientJid(bad, 'RU')).toThrow('recipient');
	});
});
