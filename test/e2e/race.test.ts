import { client, publishWebhook, replyTo, type Answer } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';

const CLIENTS = 50;
const phoneOf = (index: number): string => `+7916100${String(index).padStart(4, '0')}`;

describe('many at once through a real n8n', () => {
	let n8n: N8n;
	let address: string;
	let rows: ReturnType<typeof salonRows>;

	beforeAll(async () => {
		n8n = await startN8n();
		address = await publishWebhook(n8n, 'webhook-assistant.json');
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await n8n?.stop();
	});

	/** Brings a client to the summary of a visit. */
	async function toSummary(person: ReturnType<typeof client>, first: string): Promise<Answer> {
		let answer = await person.say(first);
		for (let i = 0; i < 6 && !/ответьте «да»/i.test(answer.text); i++) answer = await person.say(replyTo(answer.text, { service: 'женская', contact: 'Анна' }) ?? '');
		expect(answer.text).toMatch(/ответьте «да»/i);
		return answer;
	}

	it(`gives one slot to one of ${CLIENTS} clients and alternatives to the others`, async () => {
		const probe = await toSummary(client(address, 'probe-slot', phoneOf(9000)), 'хочу на маникюр послезавтра после обеда к Ольге');
		const [, day = '', time = '', master = ''] = /(\d{1,2}\s\p{L}+),\s(\d{2}:\d{2}),\s(\p{L}+)/u.exec(probe.text) ?? [];
		expect([day, time, master]).not.toContain('');
		const people = Array.from({ length: CLIENTS }, (_unused, index) => client(address, `fighter-${index}`, phoneOf(index)));
		await Promise.all(people.map((person) => toSummary(person, `маникюр ${day} в ${time} к ${master}, меня зовут Анна`)));
		const answers = await Promise.all(people.map((person) => person.say('да')));

		expect(answers.filter(({ text }) => /записаны/.test(text))).toHaveLength(1);
		expect(answers.filter(({ text }) => !/записаны/.test(text) && /1\. /.test(text))).toHaveLength(CLIENTS - 1);
		const visits = people.flatMap((_person, index) => rows.visitsOf(phoneOf(index)));
		expect(visits.map(({ status }) => status)).toEqual(['booked']);
	});

	it('takes the same delivery twenty times as one turn', async () => {
		const phone = phoneOf(9001);
		const person = client(address, 'redelivered', phone);
		await toSummary(person, 'хочу на педикюр послезавтра утром');
		const answers = await Promise.all(Array.from({ length: 20 }, () => person.say('да', 'yes-1')));

		expect(rows.visitsOf(phone)).toHaveLength(1);
		expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
		expect(answers[0]?.text).toMatch(/записаны/);
		expect(answers.filter(({ kind }) => kind === 'replied')).toHaveLength(1);
		expect(rows.count("select count(distinct answered_turn) as n from inbox where chat_id = 'redelivered' and message_id = 'yes-1'")).toBe(1);
	});
});
