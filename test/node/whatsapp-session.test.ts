import { closeNodes, failure, output, run, succeeded } from './support/harness';
import { askPage, publish, startServer, until, type Live } from './support/whatsapp-bench';
import { describeGivingTurns } from './support/whatsapp-turns';
import { openNodeStore } from '../../nodes/shared/store';
import { whatsappService } from '../../core/whatsapp/session';
import { createConversationStore, type Store } from '../../core/store';
import type { Phone, WhatsAppServer } from '../whatsapp-server';
import { textOf } from '../whatsapp-server';
import { opusFile } from '../unit/voice-file/ogg-pages';
import type { IDataObject, INode } from 'n8n-workflow';

const SALON = '79990000611';
const PHONE = { 'accept-language': 'ru-RU,ru;q=0.9', 'user-agent': 'test' };
const TRIGGER = {
	salonId: 'demo', session: 'main', ownMessages: 'pause', outputs: ['delivery', 'state'], options: { quietSeconds: 0 },
	types: ['text', 'choice', 'contact', 'voice', 'audio', 'image', 'video', 'document', 'sticker', 'location', 'poll', 'unsupported'],
};

describe('WhatsApp nodes on a session that runs', () => {
	let server: WhatsAppServer;
	let stop: () => Promise<void>;
	let salon: Phone;
	let anna: Phone;
	let store: Store;
	let live: Live;
	let visitor = '';
	let token = '';
	const node: INode = { id: 'x', name: 'x', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

	beforeAll(async () => {
		({ server, stop } = await startServer());
		salon = server.phone(SALON, { name: 'Salon', business: 'Salon' });
		anna = server.phone('79161110611', { name: 'Анна' });
		({ store } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('none')) }));
		live = await publish(TRIGGER);
	}, 60_000);

	afterAll(async () => {
		await live?.close();
		await whatsappService(store).shutdown();
		await stop();
		await closeNodes();
	}, 30_000);

	const session = (operation: string, parameters: IDataObject = {}, resource = 'session', items: readonly IDataObject[] = [{}]) =>
		run({ nodes: [{ name: 'WhatsApp', type: 'whatsappSession', parameters: { resource, operation, salonId: 'demo', session: 'main', ...parameters } as INode['parameters'] }], items });
	const message = (operation: string, parameters: IDataObject = {}, items?: readonly IDataObject[]) => session(operation, { to: anna.lidJid, ...parameters }, 'message', items);
	const turns = () => live.started.filter(({ items }) => (items[0] ?? []).length > 0);
	const states = () => live.started.flatMap(({ items }) => items[2] ?? []).map(({ json }) => json.state);

	describe('pairing', () => {
		it('makes a link that only looks harmless until somebody agrees, and shows the risk first', async () => {
			const [made] = succeeded(await session('createPairingLink', { pageAddress: 'https://n8n.example/webhook/whatsapp-pairing', minutes: 15 }), 'WhatsApp');
			const url = new URL(String(made?.url));
			token = url.searchParams.get('token') ?? '';
			expect(url.origin + url.pathname).toBe('https://n8n.example/webhook/whatsapp-pairing');
			for (let look = 0; look < 3; look++) {
				const page = await askPage('demo', { query: { token }, headers: PHONE });
				expect([page.status, page.started, page.headers['set-cookie']]).toEqual([200, false, undefined]);
				expect(page.body).toMatch(/неофициальный клиент[^]*Понятно, продолжить/);
				expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'nonce-[\w-]+'/);
				expect(page.body).not.toMatch(/https?:\/\//);
			}
		});

		it('opens it once, and gives the browser a cookie of this path only', async () => {
			const opened = await askPage('demo', { method: 'POST', body: { action: 'open', token } });
			expect([opened.status, opened.headers.location, opened.started]).toEqual([303, '/webhook/whatsapp-pairing', true]);
			const cookie = opened.headers['set-cookie'] ?? '';
			expect(cookie).toMatch(/^ai_admin_pairing=[\w-]{43}; Path=\/webhook\/whatsapp-pairing; Max-Age=1800; HttpOnly; SameSite=Strict/);
			visitor = cookie.split(';', 1)[0] ?? '';
			expect((await askPage('demo', { method: 'POST', body: { action: 'open', token }, ip: '10.0.0.1' })).status).toBe(404);
			expect((await askPage('demo', { query: { token }, ip: '10.0.0.1' })).status).toBe(404);
		});

		it('shows nothing without the cookie, to another salon, or to a request from another site', async () => {
			const ip = '10.0.0.2';
			expect((await askPage('demo', { ip })).status).toBe(404);
			expect((await askPage('demo', { query: { view: 'state' }, headers: { cookie: `ai_admin_pairing=${'A'.repeat(43)}` }, ip })).status).toBe(404);
			expect((await askPage('other', { headers: { cookie: visitor }, ip })).status).toBe(404);
			expect((await askPage('demo', { method: 'POST', body: { action: 'qr' }, headers: { cookie: visitor, 'sec-fetch-site': 'cross-site' }, ip })).status).toBe(404);
			expect((await askPage('demo', { headers: { cookie: visitor }, ip })).status).toBe(200);
		});

		it('answers 429 to an address that guesses, and to no other', async () => {
			const statuses: number[] = [];
			for (let guess = 0; guess < 12; guess++) statuses.push((await askPage('demo', { query: { token: 'B'.repeat(43) }, ip: '10.0.0.3' })).status);
			expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429]);
			expect((await askPage('demo', { headers: { cookie: visitor }, ip: '10.0.0.3' })).status).toBe(429);
			expect((await askPage('demo', { headers: { cookie: visitor } })).status).toBe(200);
		});

		it('gives the QR code as a picture in the node and on the page, and the scan opens the session', async () => {
			const result = await session('pairByQr');
			const [item] = succeeded(result, 'WhatsApp');
			expect(item).toMatchObject({ method: 'qr', session: 'main', round: 1 });
			const picture = output(result, 'WhatsApp')[0]?.binary?.qr;
			expect(picture).toMatchObject({ mimeType: 'image/png', fileName: 'whatsapp-qr.png' });
			const view = JSON.parse((await askPage('demo', { query: { view: 'state' }, headers: { ...PHONE, cookie: visitor } })).body) as IDataObject;
			expect(String(view.qr)).toMatch(/^data:image\/svg\+xml;base64,/);
			const shown = await until(async () => (await whatsappService(store).pairing({ tenant: 'demo', session: 'main' }))?.qr, 'the QR code');
			await server.scan(salon, shown);
			await until(async () => succeeded(await session('getStatus'), 'WhatsApp')[0]?.state === 'open', 'the session to open');
			const after = JSON.parse((await askPage('demo', { query: { view: 'state' }, headers: { ...PHONE, cookie: visitor } })).body) as IDataObject;
			expect(after).toMatchObject({ state: 'open', isLinked: true, phoneEnd: '11', qr: null, code: null });
			await until(() => states().includes('open'), 'the state to be told');
		}, 40_000);
	});

	describe('pairing by code, from the page', () => {
		const page = { cookie: '', ...PHONE };
		const post = async (body: IDataObject) => await askPage('demo', { method: 'POST', body, headers: page, ip: '10.0.0.9' });

		it('gives a code for a number, and typing it opens the session', async () => {
			const [made] = succeeded(await session('createPairingLink', { session: 'codes' }), 'WhatsApp');
			const opened = await post({ action: 'open', token: new URL(String(made?.url)).searchParams.get('token') });
			page.cookie = (opened.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
			expect(JSON.parse((await post({ action: 'code', phone: 'not a number' })).body)).toMatchObject({ error: expect.stringMatching(/кодом страны/) as string });
			expect((await post({ action: 'code', phone: '+7 (999) 000-06-12' })).status).toBe(200);
			const look = async () => JSON.parse((await askPage('demo', { query: { view: 'state' }, headers: page, ip: '10.0.0.9' })).body) as IDataObject;
			const asked = await until(async () => ((await look()).code === null ? null : look()), 'the code');
			expect(asked).toMatchObject({ state: 'pairing', qr: null, isLinked: false });
			await server.enterCode(server.phone('79990000612', { name: 'Second' }), String(asked.code));
			await until(async () => (await look()).state === 'open', 'the session to open');
		}, 60_000);

		it('lets nobody order without end', async () => {
			const statuses: number[] = [];
			for (let order = 0; order < 12; order++) statuses.push((await post({ action: 'code', phone: '1' })).status);
			expect(statuses.at(-1)).toBe(429);
		}, 30_000);
	});

	describe('what comes in', () => {
		it('starts the workflow once with everything that was said, under a key that names turn, workflow and node', async () => {
			const id = await anna.write(salon, 'Здравствуйте');
			const [turn] = await until(() => (turns().length > 0 ? turns() : null), 'the turn');
			const json = turn?.items[0]?.[0]?.json ?? {};
			expect(json).toMatchObject({ salonId: 'demo', session: 'main', type: 'text', text: 'Здравствуйте', phone: '79161110611', chatId: anna.lidJid, messageIds: [id], pushName: 'Анна', live: true });
			expect(turn?.key).toBe(`wa:${String(json.turnId)}:published:whatsappSessionTrigger-node`);
			await until(async () => (await store.db.selectFrom('collected_turn').select('turn_id').where('done_at', 'is', null).execute()).length === 0, 'the turn to be done');
		});

		it('brings files as binary data', async () => {
			const before = turns().length;
			await anna.sendFile(salon, { kind: 'voice', bytes: opusFile(3), mimetype: 'audio/ogg; codecs=opus', seconds: 3 });
			await until(() => turns().length > before, 'the voice message');
			const item = turns().at(-1)?.items[0]?.[0];
			expect(item?.json).toMatchObject({ type: 'voice', text: '', media: [{ kind: 'voice', binary: 'data', missing: null }] });
			expect(Buffer.from(item?.binary?.data?.data ?? '', 'base64').equals(opusFile(3))).toBe(true);
		});

		it('silences the assistant where somebody of the salon writes, until it is resumed', async () => {
			const before = turns().length;
			await salon.write(anna, 'Отвечу сама');
			const chat = { tenant: 'demo', channel: 'whatsapp', chatId: anna.lidJid };
			const conversations = createConversationStore(store);
			const summary = await until(async () => ((await conversations.get(chat))?.mode === 'human' ? conversations.get(chat) : null), 'the pause');
			expect(Date.parse(summary?.modeUntil ?? '') - Date.now()).toBeGreaterThan(55 * 60_000);
			// whoever goes on writing is left the chat for longer, also when it was given back meanwhile
			await conversations.setMode(chat, 'bot', null, new Date().toISOString());
			await salon.write(anna, 'И ещё одно', { at: Math.floor(Date.now() / 1000) + 60 });
			const again = await until(async () => ((await conversations.get(chat))?.mode === 'human' ? conversations.get(chat) : null), 'the pause anew');
			expect(Date.parse(again?.modeUntil ?? '')).toBeGreaterThan(Date.parse(summary?.modeUntil ?? ''));
			expect(turns()).toHaveLength(before);
		});
	});

	describe('sending', () => {
		// pace and typing have tests of their own; here they would only be waited for
		beforeAll(async () => {
			const free = { everyMs: 0, burst: 1000 };
			await whatsappService(store).ensure({ tenant: 'demo', session: 'main' }, { quietMs: 0, typing: false, perChat: free, perSession: free, perCompany: free });
		});

		it('sends each kind, and the phone shows it', async () => {
			const [sent] = succeeded(await message('sendText', { text: 'Добрый день', options: { isAnswer: true } }), 'WhatsApp');
			expect(sent).toMatchObject({ state: expect.stringMatching(/acked|delivered/) as string, error: null, session: 'main' });
			const shown = await anna.screen.text('Добрый день');
			expect(shown.id).toBe(sent?.messageId);
			succeeded(await message('edit', { messageId: String(sent?.messageId), text: 'Добрый вечер', options: {} }), 'WhatsApp');
			await anna.screen.becomes(shown.id, ({ content, edited }) => edited && textOf(content) === 'Добрый вечер');
			succeeded(await message('react', { messageId: String(turns()[0]?.items[0]?.[0]?.json.messageIds), emoji: '👍', isOwn: false, options: {} }), 'WhatsApp');
			const [poll] = succeeded(await message('sendPoll', { question: 'Когда?', answers: 'Утром\nВечером', options: { isAnswer: true } }), 'WhatsApp');
			const before = turns().length;
			await anna.screen.until(({ id }) => id === poll?.messageId);
			await anna.vote(salon, String(poll?.messageId), ['Вечером']);
			await until(() => turns().length > before, 'the vote');
			expect(turns().at(-1)?.items[0]?.[0]?.json).toMatchObject({ type: 'poll', text: 'Вечером' });
		}, 60_000);

		it('sends a reply of Booking Agent once and in order, however often it runs', async () => {
			const reply = { parts: ['Раз', 'Два', 'Три'], salonId: 'demo', channel: 'whatsapp', chatId: anna.lidJid, messageId: 'turn-77' };
			const first = succeeded(await message('sendBookingReply', { options: {} }, [reply]), 'WhatsApp');
			expect(first[0]?.state).toMatch(/acked|delivered/);
			succeeded(await message('sendBookingReply', { options: {} }, [reply]), 'WhatsApp');
			await anna.screen.text('Три');
			expect(anna.screen.texts.filter((text) => reply.parts.includes(text))).toEqual(reply.parts);
		}, 60_000);

		it('sends the same request of an execution once, and another execution sends anew', async () => {
			const once = (executionId: string) =>
				run({ executionId, nodes: [{ name: 'WhatsApp', type: 'whatsappSession', parameters: { resource: 'message', operation: 'sendText', salonId: 'demo', session: 'main', to: anna.lidJid, text: 'Один раз', options: { isAnswer: true } } }] });
			for (const executionId of ['e1', 'e1', 'e2']) succeeded(await once(executionId), 'WhatsApp');
			await until(() => anna.screen.texts.filter((text) => text === 'Один раз').length === 2, 'two messages');
		}, 60_000);

		it('tells what became of messages on its second output, each step once', async () => {
			const steps = () => live.started.flatMap(({ items }) => items[1] ?? []).map(({ json }) => `${String(json.messageId)} ${String(json.state)}`);
			await until(() => steps().some((step) => step.endsWith(' acked')), 'a step');
			await until(() => steps().some((step) => step.endsWith(' delivered')), 'a delivery');
			expect(new Set(steps()).size).toBe(steps().length);
		});

		it.each([
			['a group', { to: '123-45@g.us', text: 'x' }, /was not taken/],
			['nobody', { to: '={{ "" }}', text: 'x' }, /was not taken/],
			['a stranger who did not agree', { to: '+79161119999', text: 'x' }, /was not taken/],
			['an empty text', { text: '={{ "" }}' }, /was not taken/],
		])('refuses %s with a sentence', async (_title, parameters, words) => {
			const { message: said, description } = failure(await message('sendText', { options: {}, ...parameters }));
			expect(said).toMatch(words);
			expect(String(description)).toMatch(/\[\w+\]/);
		});

		it('checks numbers, and unlinks only when it was confirmed', async () => {
			expect(succeeded(await session('checkNumbers', { phones: '+79161110611, +79160009999' }), 'WhatsApp')).toEqual([expect.objectContaining({ exists: true }), expect.objectContaining({ exists: false })]);
			expect(failure(await session('logOut', { isConfirmed: false })).message).toMatch(/not confirmed/);
			expect(salon.devices.size).toBe(1);
		});
	});

	describeGivingTurns({
		trigger: TRIGGER,
		bench: () => ({ server, salon, store }),
		pause: async () => await live.close(),
		resume: async () => {
			live = await publish(TRIGGER);
		},
	});

	it('reads every parameter before the trigger returns, and closes without closing the connection', async () => {
		const second = await publish({ ...TRIGGER, outputs: [] }, { workflowId: 'second' });
		await second.close();
		expect(succeeded(await session('getStatus'), 'WhatsApp')[0]).toMatchObject({ state: 'open', isRunning: true });
	});

	it('refuses the embedded database in queue mode', async () => {
		process.env.EXECUTIONS_MODE = 'queue';
		try {
			await expect(publish(TRIGGER)).rejects.toThrow(/embedded database/);
		} finally {
			delete process.env.EXECUTIONS_MODE;
		}
	});

	it('tells a state that needs somebody once, by a failed execution, and stays', async () => {
		salon.unlink([...salon.devices.keys()][0] ?? 1);
		await until(() => live.failures.length > 0, 'the failed execution');
		expect(live.failures.map(({ message: said }) => said)).toEqual([expect.stringMatching(/"main" needs attention: logged out/)]);
		await until(() => states().at(-1) === 'logged_out', 'the state');
	}, 30_000);

	it('refuses a session name, a salon and a panel without anything to start with', async () => {
		await expect(publish({ ...TRIGGER, session: 'a b' })).rejects.toThrow(/Session is not valid/);
		await expect(publish({ ...TRIGGER, types: [], outputs: [] })).rejects.toThrow(/Nothing is chosen/);
		await expect(publish({ ...TRIGGER, options: { proxyUrl: 'ftp://x' } })).rejects.toThrow(/cannot be used/);
	});
});
