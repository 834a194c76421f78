import { createHmac, randomUUID } from 'node:crypto';
import { replyTo } from './support/client';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { publishTemplate } from './support/template';

const TEMPLATE = '03-webhook-assistant.json';
const KEY: string = randomUUID();
const SECRET: string = randomUUID();
const CREDENTIALS = { httpHeaderAuth: { name: 'X-API-Key', value: KEY }, crypto: { hmacSecret: SECRET } };

interface Answer {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>> & { readonly text?: string; readonly kind?: string; readonly turn?: number | null; readonly buttons?: readonly { id: string; title: string }[]; readonly error?: string };
}

describe('the message webhook template in a real n8n', () => {
	let n8n: N8n;
	let address: string;
	let rows: ReturnType<typeof salonRows>;
	let workflowId: string;

	beforeAll(async () => {
		n8n = await startN8n();
		address = `${n8n.url}/webhook/salon-message`;
		await open({});
		// the first message makes the salon's database
		expect((await say({ chatId: 'first', text: 'Здравствуйте' })).status).toBe(200);
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await n8n?.stop();
	});

	/** Publishes the template with these settings in place of the one before. */
	async function open(settings: Readonly<Record<string, unknown>>): Promise<void> {
		if (workflowId !== undefined) await n8n.rest.unpublish(workflowId);
		const signed = settings['requireSignature'] === true;
		({ id: workflowId } = await publishTemplate(n8n, TEMPLATE, { name: randomUUID(), credentials: CREDENTIALS, settings, activate: signed ? ['Expected signature'] : [] }));
		for (let attempt = 0; (await send('', {})).status === 404; attempt++) {
			if (attempt > 100) throw new Error('The webhook did not appear');
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async function send(body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
		const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
		const text = await response.text();
		return { status: response.status, body: /^[[{]/.test(text) ? (JSON.parse(text) as Answer['body']) : { text } };
	}

	/** One message with the key. */
	const say = (message: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => send(JSON.stringify(message), { 'x-api-key': KEY, ...headers });

	function sign(body: string, { at = Date.now() / 1000, key = '', secret = SECRET } = {}): Record<string, string> {
		const time = Math.floor(at);
		const signature = createHmac('sha256', secret).update(`${time}.${key}.${body}`).digest('hex');
		return { 'x-api-key': KEY, 'x-signature': `t=${time},v1=${signature}`, ...(key === '' ? {} : { 'idempotency-key': key }) };
	}

	const messagesIn = (chatId: string): number => rows.count(`select count(*) as n from inbox where chat_id = '${chatId}'`);

	it('books a visit, by words and by buttons, and answers with text, parts, buttons, kind and turn', async () => {
		let answer = await say({ chatId: 'book', messageId: 'm0', text: 'Хочу на маникюр послезавтра после обеда' });
		expect(answer).toMatchObject({ status: 200, body: { kind: 'replied', turn: 1 } });
		expect(Object.keys(answer.body).sort()).toEqual(['buttons', 'kind', 'parts', 'text', 'turn']);
		const pressed: string[] = [];
		for (let step = 1; step < 10 && !/записаны/i.test(answer.body.text ?? ''); step++) {
			const [button] = answer.body.buttons ?? [];
			if (button !== undefined) pressed.push(button.title);
			const words = replyTo(answer.body.text ?? '', { service: 'Маникюр', contact: 'Анна, 8 916 777-01-01' }) ?? '';
			answer = await say({ chatId: 'book', messageId: `m${step}`, ...(button === undefined ? { text: words } : { buttonId: button.id, text: button.title }) });
		}
		expect(answer.body.text).toMatch(/записаны/i);
		expect(pressed).toContain('Да');
		expect(rows.visitsOf('+79167770101').map(({ status }) => status)).toEqual(['booked']);
	});

	it.each([
		['the header', { text: 'Сколько стоит маникюр?' }, { 'idempotency-key': 'key-1' }],
		['the field', { text: 'Сколько стоит маникюр?', messageId: 'key-1' }, {}],
		['the header before the field', { text: 'Сколько стоит маникюр?', messageId: randomUUID() }, { 'idempotency-key': 'key-1' }],
	])('takes the same key in %s as the same message', async (title, message, headers) => {
		const chatId = `again-${title}`;
		const [first, second] = [await say({ chatId, ...message }, headers), await say({ chatId, ...message, ...(title.includes('before') ? { messageId: randomUUID() } : {}) }, headers)];
		expect(first.body).toMatchObject({ kind: 'replied', turn: 1 });
		expect(second.body).toMatchObject({ kind: 'repeated', text: first.body.text });
		expect(messagesIn(chatId)).toBe(1);
		expect((await say({ chatId, ...message, messageId: randomUUID() }, { 'idempotency-key': randomUUID() })).body.kind).toBe('replied');
	});

	it.each([
		['no key', {}],
		['a wrong key', { 'x-api-key': 'guess' }],
	])('refuses a caller with %s before anything happens', async (title, headers) => {
		const answer = await send(JSON.stringify({ chatId: `keyless-${title}`, text: 'Привет' }), headers);
		expect([401, 403]).toContain(answer.status);
		expect(messagesIn(`keyless-${title}`)).toBe(0);
	});

	it.each([
		['nothing', '', 'empty_body'],
		['broken JSON', '{"chatId": "bad", "text": ', 'bad_message'],
		['a list', '[{"chatId": "bad", "text": "x"}]', 'bad_message'],
		['a bare text', '"bad"', 'bad_message'],
		['null', 'null', 'bad_message'],
		['no chat', '{"text": "x"}', 'bad_message'],
		['an empty chat', '{"chatId": " ", "text": "x"}', 'bad_message'],
		['a chat that is an object', '{"chatId": {"id": 1}, "text": "x"}', 'bad_message'],
		['a chat of 257 characters', `{"chatId": "${'c'.repeat(257)}", "text": "x"}`, 'bad_message'],
		['a key that is a list', '{"chatId": "bad", "text": "x", "messageId": ["a"]}', 'bad_message'],
		['no text', '{"chatId": "bad"}', 'bad_message'],
		['a text that is a number', '{"chatId": "bad", "text": 5}', 'bad_message'],
		['a key of 257 characters', `{"chatId": "bad", "text": "x", "messageId": "${'m'.repeat(257)}"}`, 'bad_message'],
	])('answers 400 and says why when it gets %s', async (_title, body, error) => {
		const answer = await send(body, { 'x-api-key': KEY });
		expect(answer).toMatchObject({ status: 400, body: { error } });
		expect(answer.body['message']).not.toBe('');
		expect(messagesIn('bad')).toBe(0);
	});

	it('refuses a body of a megabyte and takes the largest that fits', async () => {
		expect(await say({ chatId: 'large', text: 'я'.repeat(500_000) })).toMatchObject({ status: 413, body: { error: 'too_large' } });
		expect(messagesIn('large')).toBe(0);
		const most = JSON.stringify({ chatId: 'large', messageId: 'l1', text: '' });
		const fits = await send(most.replace('""}', `"${'a'.repeat(65_536 - most.length)}"}`), { 'x-api-key': KEY });
		expect(fits.status).toBe(200);
		expect((await send(most.replace('""}', `"${'a'.repeat(65_537 - most.length)}"}`), { 'x-api-key': KEY })).status).toBe(413);
	});

	it('takes a body whatever its content type says', async () => {
		expect(await send(JSON.stringify({ chatId: 'plain', text: 'Здравствуйте' }), { 'x-api-key': KEY, 'content-type': 'text/plain' })).toMatchObject({ status: 200, body: { kind: 'replied' } });
		expect(messagesIn('plain')).toBe(1);
	});

	it('asks for writing when nothing was heard in a voice message, and reads what was', async () => {
		expect((await say({ chatId: 'voice', messageId: 'v1', transcript: '' })).body.text).toMatch(/голосовое/i);
		expect((await say({ chatId: 'voice', messageId: 'v2', transcript: 'Сколько стоит маникюр?' })).body.text).toMatch(/маникюр/i);
	});

	it('believes a caller’s word on a phone only when Settings trusts the caller', async () => {
		const claim = { phone: '+79167770101', phoneVerified: true, text: 'на когда я записан?' };
		expect((await say({ chatId: 'claims', messageId: 'c1', ...claim })).body.text).not.toMatch(/маникюр/i);
		await open({ trustCaller: true });
		expect((await say({ chatId: 'trusted', messageId: 'c1', ...claim, phoneVerified: 'true' })).body.text).not.toMatch(/маникюр/i);
		expect((await say({ chatId: 'trusted', messageId: 'c2', ...claim })).body.text).toMatch(/маникюр/i);
	});

	describe('with a signature', () => {
		beforeAll(() => open({ requireSignature: true }));

		const body = (chatId: string): string => JSON.stringify({ chatId, text: 'Здравствуйте' });
		const old = (seconds: number): number => Date.now() / 1000 - seconds;

		it('answers what is signed, up to the age Settings allows', async () => {
			expect(await send(body('signed'), sign(body('signed')))).toMatchObject({ status: 200, body: { kind: 'replied' } });
			expect((await send(body('signed-old'), sign(body('signed-old'), { at: old(280) }))).status).toBe(200);
		});

		it.each([
			['there is none', (text: string) => ({ ...sign(text), 'x-signature': '' })],
			['it is no signature', (text: string) => ({ ...sign(text), 'x-signature': `t=${Math.floor(old(0))},v1=${'0'.repeat(64)}` })],
			['it has another form', (text: string) => ({ ...sign(text), 'x-signature': 'sha256=abc' })],
			['it was made with another secret', (text: string) => sign(text, { secret: 'other' })],
			['it was made for another body', (text: string) => sign(`${text} `)],
			['it is too old', (text: string) => sign(text, { at: old(320) })],
			['it is from the future', (text: string) => sign(text, { at: old(-320) })],
			['its time was changed', (text: string) => ({ ...sign(text, { at: old(320) }), 'x-signature': (sign(text, { at: old(320) })['x-signature'] ?? '').replace(/^t=\d+/, `t=${Math.floor(old(0))}`) })],
			['the idempotency key was changed', (text: string) => ({ ...sign(text, { key: 'a' }), 'idempotency-key': 'b' })],
		])('answers 401 and hears nothing when %s', async (title, headers) => {
			const text = body(`forged-${title}`);
			expect(await send(text, headers(text))).toMatchObject({ status: 401, body: { error: 'bad_signature' } });
			expect(messagesIn(`forged-${title}`)).toBe(0);
		});

		it('still wants the key', async () => {
			const { 'x-api-key': _key, ...headers } = sign(body('keyless'));
			expect([401, 403]).toContain((await send(body('keyless'), headers)).status);
		});

		it('takes a recorded request for the same message when it comes again', async () => {
			const headers = sign(body('replayed'));
			const first = await send(body('replayed'), headers);
			expect(await send(body('replayed'), headers)).toMatchObject({ status: 200, body: { kind: 'repeated', text: first.body.text } });
			expect(messagesIn('replayed')).toBe(1);
		});
	});

	it('refuses everything while a signature is wanted and nothing can check it', async () => {
		await n8n.rest.unpublish(workflowId);
		({ id: workflowId } = await publishTemplate(n8n, TEMPLATE, { name: 'unchecked', credentials: CREDENTIALS, settings: { requireSignature: true } }));
		const text = JSON.stringify({ chatId: 'unchecked', text: 'Здравствуйте' });
		let answer = await send(text, sign(text));
		for (let attempt = 0; answer.status === 404 && attempt < 100; attempt++) answer = await send(text, sign(text));
		expect(answer.status).toBe(401);
		expect(messagesIn('unchecked')).toBe(0);
	});
});
