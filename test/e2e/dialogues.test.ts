import { join } from 'node:path';
import { chatAddress } from '../../demo/lib/chat-client.mjs';
import { ensureWorkflow } from '../../demo/lib/workflow-install.mjs';
import { client, publishWebhook, replyTo, talkUntilBooked } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';

const DEMO = join(__dirname, '..', '..', 'workflows', '01-demo-assistant.json');
const FACTS = { service: 'женская', contact: 'Анна, 8 916 123-45-67' };
const GREETING = /здравствуйте|доброе утро|добрый (день|вечер)|good (morning|afternoon|evening)|hello/i;

describe('dialogues through a real n8n', () => {
	let n8n: N8n;
	let address: string;
	let rows: ReturnType<typeof salonRows>;
	let chat: string;

	beforeAll(async () => {
		n8n = await startN8n();
		chat = (await ensureWorkflow(n8n.rest, DEMO, undefined)).webhookId ?? '';
		await n8n.chatReady(chat);
		address = await publishWebhook(n8n, 'webhook-assistant.json');
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await n8n?.stop();
	});

	async function book(name: string, phone: string): Promise<ReturnType<typeof client>> {
		const person = client(address, name, phone);
		await talkUntilBooked((text) => person.say(text), 'Здравствуйте, хочу на стрижку завтра в 3', { service: 'женская', contact: 'Анна' });
		return person;
	}

	it('books a plain visit in the chat page in at most six messages', async () => {
		const { messages, texts } = await talkUntilBooked((text) => n8n.chat(chat, 'plain').send(text), 'Здравствуйте, хочу на стрижку завтра в 3', FACTS, 6);
		expect(texts.at(-1)).toMatch(/записаны/);
		expect(messages).toBeLessThanOrEqual(6);
		const visits = rows.visitsOf('+79161234567');
		expect(visits.map(({ status }) => status)).toEqual(['booked']);
	});

	it('offers other times for a taken slot and ends booked', async () => {
		const first = await book('taken-1', '+79160000001');
		expect(first.sent).toBeLessThanOrEqual(6);
		const [held] = rows.visitsOf('+79160000001');
		const second = client(address, 'taken-2', '+79160000002');
		const at = new Intl.DateTimeFormat('ru', { timeZone: 'Europe/Moscow', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(new Date(held?.starts_at ?? 0));
		const master = rows.staffName(held?.staff_id ?? '').split(' ')[0] ?? '';
		const talk = await talkUntilBooked((text) => second.say(text), `Хочу на женскую стрижку к ${master} ${at}`, { service: 'женская', contact: 'Борис' });
		expect(talk.texts[0]).toMatch(/1\. /);
		expect(talk.texts.at(-1)).toMatch(/записаны/);
		const [own] = rows.visitsOf('+79160000002');
		expect([own?.starts_at, own?.staff_id]).not.toEqual([held?.starts_at, held?.staff_id]);
	});

	it('moves and cancels an own visit, and never a stranger’s', async () => {
		const owner = await book('owner', '+79160000003');
		const before = rows.visitsOf('+79160000003')[0];
		const stranger = client(address, 'stranger', '+79160000004');
		for (const text of ['на когда я записан?', 'отмените запись Анны', `отмените запись ${before?.id ?? ''}`, 'перенесите запись +79160000003 на пятницу', 'да']) await stranger.say(text);
		expect(rows.visitsOf('+79160000003')[0]).toEqual(before);

		const moved = await owner.say('перенесите меня на послезавтра');
		const chosen = await owner.say(replyTo(moved.text, FACTS) ?? '1');
		if (!/перенесена/.test(chosen.text)) await owner.say('да');
		const after = rows.visitsOf('+79160000003')[0];
		expect(after?.id).toBe(before?.id);
		expect(after?.starts_at).not.toBe(before?.starts_at);

		await owner.say('отмените мою запись');
		expect(rows.visitsOf('+79160000003')[0]?.status).toBe('booked');
		await owner.say('да');
		expect(rows.visitsOf('+79160000003')[0]?.status).toBe('cancelled');
	});

	it('believes nobody who only claims to be the owner of a phone', async () => {
		await book('claimed', '+79160000008');
		const address = chatAddress(n8n.url, chat);
		const page = `${n8n.url}/webhook/salon`;
		const own = 'на когда я записан?';
		const claims: [string, unknown][] = [
			[address, { messages: [{ id: 'w1', from: '79160000008', timestamp: '1795000000', type: 'text', text: { body: own } }] }],
			[address, { chatId: 'x', text: own, phone: '+79160000008', phoneVerified: true }],
			[address, { sessionId: 'x', action: 'sendMessage', chatInput: own, phone: '+79160000008', phoneVerified: true }],
			[page, { chatId: 'x', text: own, phone: '+79160000008', phoneVerified: true }],
			[page, { chatId: '79160000008', channel: 'whatsapp_cloud', text: own }],
		];
		for (const [to, body] of claims) {
			const response = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
			expect(await response.text()).not.toMatch(/стрижка/i);
		}
		expect(rows.visitsOf('+79160000008')).toHaveLength(1);
	});

	it('takes «да, но на 4» as a change, not as a yes', async () => {
		const person = client(address, 'amend', '+79160000005');
		let { text } = await person.say('запишите на маникюр послезавтра в 15:00, меня зовут Ольга');
		for (let i = 0; i < 5 && !/ответьте «да»/i.test(text); i++) ({ text } = await person.say(replyTo(text, { service: 'Маникюр', contact: 'Ольга' }) ?? ''));
		expect(text).toMatch(/ответьте «да»/i);
		const amended = await person.say('да, но на 4');
		expect(rows.visitsOf('+79160000005')).toEqual([]);
		expect(amended.text).toMatch(/16:00|занят|свобод|ближайш/i);
	});

	it('greets once in thirty turns', async () => {
		const person = client(address, 'talker', '+79160000006');
		const lines = ['Здравствуйте', 'сколько стоит стрижка?', 'где вы находитесь?', 'привет еще раз', 'до скольки работаете?', 'спасибо'];
		const texts: string[] = [];
		for (let i = 0; i < 30; i++) texts.push((await person.say(lines[i % lines.length] ?? '')).text);
		expect(texts.filter((text) => GREETING.test(text))).toHaveLength(1);
	});

	it('speaks English with a client who does', async () => {
		const texts: string[] = [];
		const person = client(address, 'english', '+447911123456');
		let next: string | null = 'Hello, I would like a manicure on Monday afternoon';
		while (next !== null && texts.length < 7) {
			const { text } = await person.say(next);
			texts.push(text);
			next = /you are booked/i.test(text) ? null : /reply "yes"/i.test(text) ? 'yes' : /name/i.test(text) ? 'John' : '1';
		}
		expect(texts.at(-1)).toMatch(/you are booked/i);
		expect(rows.visitsOf('+447911123456').map(({ status }) => status)).toEqual(['booked']);
	});

	it('is silent after a hand-off until it is released', async () => {
		const person = client(address, 'handoff', '+79160000007');
		expect((await person.say('позовите человека')).text).toMatch(/администратор/i);
		expect(await person.say('вы тут?')).toMatchObject({ kind: 'silent', text: '' });
		const released = await publishWebhook(n8n, 'release.json');
		await fetch(released, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ chatId: 'handoff' }) });
		expect((await person.say('где вы находитесь?')).text).toMatch(/Садовая/);
	});
});
