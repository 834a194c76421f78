import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devices, type Browser } from 'playwright-core';
import { startWhatsAppServer, type Phone, type WhatsAppServer } from '../whatsapp-server';
import { prepared, startN8n, type N8n } from './support/n8n';
import { editorPicture, picture } from './support/pictures';
import { salonRows } from './support/salon';
import { Person, startTelegramApi, type TelegramApi } from './support/telegram-api';
import { endings, importTemplate, publishTemplate, runTemplate } from './support/template';
import { until } from './support/until';
import { pageState, readQr, startBrowser } from './support/whatsapp/browser';
import { WhatsappClient } from './support/whatsapp/client';
import { pairingLink } from './support/whatsapp/link';

const SALON = '79990000601';
const ANNA = '79161110601';
const STAFF = -900;

describe('the WhatsApp templates in a real n8n', () => {
	let server: WhatsAppServer;
	let n8n: N8n;
	let browser: Browser;
	let telegram: TelegramApi;
	let staff: Person;
	let salon: Phone;
	let folder: string;
	let link: string;
	let rows: ReturnType<typeof salonRows>;
	let ended: ReturnType<typeof endings>;
	let assistant: string;

	beforeAll(async () => {
		server = await startWhatsAppServer({ seed: 601 });
		salon = server.phone(SALON, { name: 'Salon', business: 'Salon' });
		folder = mkdtempSync(join(tmpdir(), 'ai-admin-whatsapp-'));
		writeFileSync(join(folder, 'ca.pem'), server.certificate);
		const env = { AI_ADMIN_WHATSAPP_TEST_URL: server.url, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
		[n8n, browser, telegram] = await Promise.all([startN8n({ env }), startBrowser(), startTelegramApi()]);
		staff = new Person(telegram, { id: 901, firstName: 'Staff', chat: { id: STAFF, type: 'supergroup' } });
	});

	afterAll(async () => {
		rows?.close();
		await browser?.close();
		await n8n?.stop();
		await Promise.all([server?.close(), telegram?.close()]);
		rmSync(folder, { recursive: true, force: true });
	});

	const isThrough = (): boolean => rows.openTurns() === 0;
	const telegramApi = (): object => ({ accessToken: telegram.token, baseUrl: telegram.url });

	it('gives a link whose page links the number by its QR code, on the screen of a phone', async () => {
		const connect = await publishTemplate(n8n, '05-whatsapp-connect.json');
		link = await pairingLink(n8n, connect);
		await editorPicture(browser, n8n, `/workflow/${connect.id}`, 'whatsapp-connect');
		const page = await browser.newPage({ ...devices['Pixel 7'], locale: 'ru-RU' });
		const refused: string[] = [];
		page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
		await page.goto(link);
		expect(await page.locator('.risk').innerText()).toMatch(/неофициальный клиент/);
		await picture(page, 'whatsapp-pairing-link');
		await page.locator('#agree').click();

		// a phone cannot scan its own screen: the code is offered first
		server.faults.add({ tag: 'iq', child: 'link_code_companion_reg' }, { kind: 'error', code: 400 });
		await page.locator('#phone').fill(`+${SALON}`);
		await page.locator('#get-code').click();
		await page.locator('#state', { hasText: 'не выдал код' }).waitFor();
		await picture(page, 'whatsapp-pairing-refused');
		await page.locator('#get-code').click();
		await page.locator('#code', { hasText: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ }).waitFor();
		await picture(page, 'whatsapp-pairing-code');

		await page.locator('#tab-qr').click();
		await page.locator('#again').click();
		const qr = await readQr(page);
		await picture(page, 'whatsapp-pairing-qr');
		expect(page.url()).not.toContain('token');
		expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
		const device = await server.scan(salon, qr);
		await pageState(page, 'open');
		expect(await page.locator('#state').innerText()).toMatch(/Подключено.*01/);
		await picture(page, 'whatsapp-pairing-open');
		await device.ready();
		// nothing the page does was stopped by its own policy
		expect(refused).toEqual([]);
		await page.close();
	});

	it('opens the link no second time, and nothing without one', async () => {
		const again = await browser.newContext();
		const page = await again.newPage();
		expect((await page.goto(link))?.status()).toBe(404);
		const { pathname, origin } = new URL(link);
		expect((await page.goto(`${origin}${pathname}`))?.status()).toBe(404);
		expect((await page.goto(`${origin}${pathname}?view=state`))?.status()).toBe(404);
		let last = 0;
		for (let attempt = 0; attempt < 10; attempt++) last = (await fetch(`${origin}${pathname}?token=${'A'.repeat(43)}`)).status;
		expect(last).toBe(429);
		await again.close();
	});

	it('makes one turn of three quick messages, books, and the answers are shown once and in order', async () => {
		({ id: assistant } = await publishTemplate(n8n, '06-whatsapp-assistant.json'));
		ended = endings(n8n, assistant);
		rows = salonRows(n8n.userFolder);
		await editorPicture(browser, n8n, `/workflow/${assistant}`, 'whatsapp-assistant');
		const anna = new WhatsappClient(server.phone(ANNA, { name: 'Анна' }), salon, isThrough);
		const first = await anna.ask('Здравствуйте', 'хочу на маникюр', 'послезавтра после обеда');
		expect(await ended.reach(1)).toBe('success');
		expect(await n8n.rest.executions({ workflowId: assistant })).toHaveLength(1);
		// all three messages were understood together: what is free on that day for that service
		expect(first).toMatch(/послезавтра[^]*^1\. \d\d:\d\d/m);
		const said = await anna.book('меня зовут Анна, давайте первое');
		expect(said).toMatch(/записан|записал/i);
		expect(rows.visitsOf(`+${ANNA}`).map(({ status, client_phone }) => [status, client_phone])).toEqual([['booked', `+${ANNA}`]]);
		expect(anna.copies).toBe(0);
		const sent = rows.outgoing();
		expect(sent.map(({ state }) => state).every((state) => ['acked', 'delivered', 'read'].includes(state))).toBe(true);
		// every message that went out is on the phone, in the order in which it was queued
		expect(anna.phone.screen.messages.filter(({ fromMe }) => !fromMe).map(({ id: shown }) => shown)).toEqual(sent.map(({ wa_id }) => wa_id));
		expect(server.errors).toEqual([]);
	}, 180_000);

	it('is silent where somebody of the salon answers on the phone', async () => {
		const boris = new WhatsappClient(server.phone('79161110602', { name: 'Борис' }), salon, isThrough);
		await boris.ask('Здравствуйте');
		await salon.write(boris.phone, 'Это администратор, отвечу сама');
		await boris.until(() => boris.answers.includes('Это администратор, отвечу сама'), 'the administrator');
		const before = boris.answers.length;
		const successes = () => n8n.rest.executions({ workflowId: assistant, status: ['success'], limit: 100 });
		const done = (await successes()).length;
		await boris.write('хорошо, жду');
		await until(successes, (list) => list.length > done, 'the execution');
		await boris.until(isThrough, 'the end of the turn');
		expect(boris.answers).toHaveLength(before);
	});

	it('lets the staff answer from a Telegram group, once, and give the chat back to the assistant', async () => {
		const inbox = await publishTemplate(n8n, '08-operator-inbox-telegram.json', {
			credentials: { telegramApi: telegramApi() },
			settings: { staffChatId: String(STAFF) },
			panels: { 'Settings of the inbox': { parameters: fields({ salonId: 'demo', staffChatId: String(STAFF) }) }, 'Wait for the assistant': { parameters: { amount: 3 } } },
		});
		const clara = new WhatsappClient(server.phone('79161110603', { name: 'Клара <3' }), salon, isThrough);
		await clara.write('позовите администратора');
		const shown = await until(() => staff.inbox.find(({ text }) => text.includes('позовите администратора')), (found) => found !== undefined, 'the message in the group');
		if (shown === undefined) throw new Error('unreachable');
		expect(shown.text).toMatch(new RegExp(`^Клара <3 \\+79161110603\\nпозовите администратора\\nwa main ${clara.phone.lidJid}$`));
		const before = (await n8n.rest.executions({ workflowId: inbox.id })).length;
		await staff.reply(shown, 'Это Мария, слушаю вас');
		await staff.redeliver();
		await clara.until(() => clara.answers.includes('Это Мария, слушаю вас'), 'the answer of the staff');
		// what is no answer to the bot goes nowhere
		await staff.say('обсуждаем между собой');
		await until(() => n8n.rest.executions({ workflowId: inbox.id, status: ['success'] }), (list) => list.length >= before + 3, 'three executions');
		expect(clara.answers.filter((text) => text === 'Это Мария, слушаю вас')).toHaveLength(1);
		expect(clara.answers.join()).not.toMatch(/между собой/);
		await staff.reply(shown, '/resume');
		await until(() => n8n.rest.executions({ workflowId: inbox.id, status: ['success'] }), (list) => list.length >= before + 4, 'the end of /resume');
		expect(await clara.ask('какие у вас цены?')).toMatch(/\d/);
		await n8n.rest.unpublish(inbox.id);
	}, 120_000);

	it('keeps keys, phones and texts out of what n8n prints', () => {
		const printed = n8n.output();
		for (const secret of [ANNA, 'маникюр', 'Closing session', 'privKey', 'currentRatchet']) expect(printed).not.toContain(secret);
	});

	it('tells the staff once when the number needs attention', async () => {
		const alerts = await importTemplate(n8n, '09-whatsapp-health-alerts.json', { credentials: { telegramApi: telegramApi() }, settings: { staffChatId: String(STAFF) } });
		const told = () => staff.inbox.filter(({ text }) => text.startsWith('WhatsApp main'));
		expect(await runTemplate(n8n, alerts, 'Every five minutes')).toMatchObject({ status: 'success' });
		expect(told()).toEqual([]);
		salon.unlink([...salon.devices.keys()][0] ?? 1);
		await until(() => n8n.rest.executions({ status: ['error'] }), (list) => list.length > 0, 'the failed execution of the trigger');
		for (let look = 0; look < 2; look++) expect(await runTemplate(n8n, alerts, 'Every five minutes')).toMatchObject({ status: 'success' });
		expect(told().map(({ text }) => text)).toEqual([expect.stringMatching(/^WhatsApp main: logged out\n.*Link it again/)]);
	});

	it('has a session host in the package, which says how it is started', () => {
		const { node, packageFolder } = prepared();
		const { bin } = manifestOf(packageFolder);
		expect(execFileSync(node, [join(packageFolder, bin?.['ai-admin-whatsapp-host'] ?? ''), '--help'], { encoding: 'utf8' })).toMatch(/^ai-admin-whatsapp-host \[config\.json\][^]*databaseUrl/);
	});

	it('brings the GPL-licensed libsignal as a plain dependency of Baileys, bundled with nothing', () => {
		const { packageFolder } = prepared();
		const manifest = manifestOf(packageFolder);
		expect(manifest.dependencies?.['@whiskeysockets/baileys']).toBe('7.0.0-rc14');
		expect(Object.keys(manifest).filter((key) => /^bundled?Dependencies$/.test(key))).toEqual([]);
		expect(manifestOf(join(packageFolder, 'node_modules', '@whiskeysockets', 'baileys', 'node_modules', 'libsignal'))).toMatchObject({ name: 'libsignal', license: 'GPL-3.0' });
	});
});

interface Manifest {
	readonly bin?: Readonly<Record<string, string>>;
	readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Values of an Edit Fields node, as its panel keeps them. */
function fields(values: Readonly<Record<string, string>>): object {
	return { assignments: { assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, type: 'string', value })) } };
}
