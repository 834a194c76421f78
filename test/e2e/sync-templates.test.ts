import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import type { StoredWorkflow } from '../../demo/lib/rest-client.mjs';
import { failing } from '../contract/simulators/kit';
import { GoogleCalendar } from './support/google-calendar';
import { startN8n, type N8n } from './support/n8n';
import { editorPicture, executionPicture, picture } from './support/pictures';
import { salonRows } from './support/salon';
import { addPerson, addVisit, altegioBranch, noonZone, promptSalon, yclientsBranch, type Branch } from './support/sync-salon';
import { Person, startTelegramApi, type TelegramApi } from './support/telegram-api';
import { publishTemplate, runTemplate, type Ended } from './support/template';
import { until } from './support/until';
import { startBrowser } from './support/whatsapp/browser';

const NIGHT = ['Company on Sunday', 'Services at 01:00', 'Staff at 02:00', 'Clients and visits at 03:00', 'Schedules every 4 hours'];
const BOOKINGS = 'Bookings every 15 minutes';
const VERA = '+79161110610';
const [LAVENDER, BERLIN] = [promptSalon('lavender'), promptSalon('berlin')];

describe('the templates of the sync in a real n8n', () => {
	let n8n: N8n;
	let browser: Browser;
	let telegram: TelegramApi;
	let google: GoogleCalendar;
	let owner: Person;
	let lavender: Branch;
	let berlin: Branch;
	let nights: readonly StoredWorkflow[];
	let vera: number;

	beforeAll(async () => {
		[telegram, google, lavender, berlin, browser] = await Promise.all([startTelegramApi(), new GoogleCalendar().start(), yclientsBranch(noonZone(new Date())), altegioBranch(), startBrowser()]);
		owner = new Person(telegram, { id: 700 });
		vera = addPerson(lavender, 'Вера', VERA.slice(1));
		for (const days of [90, 60, 30]) addVisit(lavender, vera, -24 * days);
		addVisit(lavender, addPerson(lavender, 'Лена <3', '79161110611'), 1.5, 'Мария');
		n8n = await startN8n({ env: google.env });
	});

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await Promise.all([telegram?.close(), google?.close(), lavender?.sim.close(), berlin?.sim.close()]);
	});

	// what one test breaks must not look like a fault of the next
	afterEach(() => lavender.sim.faults.clear());

	const telegramApi = (): object => ({ accessToken: telegram.token, baseUrl: telegram.url });
	const night = (): StoredWorkflow => nights[0] as StoredWorkflow;
	const copied = (tenant: string, table: string): number => {
		const rows = salonRows(n8n.userFolder, tenant);
		const count = rows.count(`select count(*) as n from ${table} where tenant = '${tenant}' and deleted_at is null`);
		rows.close();
		return count;
	};

	it('copies two salons of two CRMs at once by the timetable', async () => {
		nights = await Promise.all(
			[[LAVENDER, lavender] as const, [BERLIN, berlin] as const].map(([salonId, { panel }]) =>
				publishTemplate(n8n, '10-nightly-sync.json', { name: `Nightly ${salonId}`, settings: { salonId, alertChatId: '700' }, credentials: { telegramApi: telegramApi() }, activate: ['Tell the owner'], panels: { 'Copy from the CRM': panel } })),
		);
		const ends: Ended[] = [];
		for (const trigger of NIGHT) ends.push(...(await Promise.all(nights.map((workflow) => runTemplate(n8n, workflow, trigger)))));
		expect(ends.map(({ status, error, items }) => ({ status, error, copied: items('Copied').map((item) => item['status']) }))).toEqual(ends.map(() => ({ status: 'success', error: null, copied: ['done'] })));
		const bookings = await Promise.all(nights.map((workflow) => runTemplate(n8n, workflow, BOOKINGS)));
		expect(bookings.map(({ items }) => items('Copied')[0])).toMatchObject([{ salonId: LAVENDER, crm: 'yclients', kind: 'incremental', status: 'done' }, { salonId: BERLIN, crm: 'altegio', status: 'done' }]);
		expect([copied(LAVENDER, 'sync_client'), copied(BERLIN, 'sync_client')]).toEqual([14, 450]);
		expect(owner.inbox).toEqual([]);
		await editorPicture(browser, n8n, `/workflow/${night().id}`, 'sync-nightly');
	});

	it('shows on a page how fresh both copies are, and tells the owner of one trouble once', async () => {
		const status = await publishTemplate(n8n, '12-sync-status.json', { settings: { salonIds: JSON.stringify([LAVENDER, BERLIN]), alertChatId: '700' }, credentials: { telegramApi: telegramApi() } });
		await until(async () => (await fetch(`${n8n.url}/webhook/sync-status`)).status, (code) => code === 200, 'the page');
		const page = await browser.newPage({ locale: 'ru-RU', viewport: { width: 1100, height: 700 } });
		const shown = async (): Promise<string> => {
			await page.goto(`${n8n.url}/webhook/sync-status`);
			return await page.locator('body').innerText();
		};
		const well = await shown();
		for (const words of [`${LAVENDER}, yclients`, `${BERLIN}, altegio`, 'Сейчас ничего не читается', 'скопирован']) expect(well).toContain(words);
		expect(well).not.toMatch(/сбой|undefined|null|NaN/);
		expect(await page.locator('table').count()).toBe(4);
		await picture(page, 'sync-status');
		const calm = await runTemplate(n8n, status, 'Every 15 minutes');
		expect([calm.status, calm.items('Tell the owner')]).toEqual(['success', []]);

		lavender.sim.faults.add(failing(403), { path: /\/clients\//, times: Infinity });
		for (const _time of [1, 2]) {
			const failed = await runTemplate(n8n, night(), BOOKINGS);
			expect([failed.status, failed.error]).toEqual(['error', expect.stringMatching(new RegExp(`^${LAVENDER}: 1 of 3 lists of YCLIENTS could not be read; clients: .{20,}`))]);
		}
		expect(owner.inbox.map(({ text }) => text)).toEqual([expect.stringMatching(new RegExp(`^Копирование CRM салона ${LAVENDER} не удалось. 1 of 3 lists of YCLIENTS could not be read\nclients: .{20,}`))]);
		const [alerting] = [await runTemplate(n8n, status, 'Every 15 minutes'), await runTemplate(n8n, status, 'Every 15 minutes')];
		expect(owner.inbox.slice(1).map(({ text }) => text)).toEqual([expect.stringMatching(new RegExp(`^${LAVENDER}: клиенты\\. CRM отказала, проверьте доступ; отставание, мин: \\d+\\.$`))]);
		expect(await shown()).toContain('сбой');
		await picture(page, 'sync-status-failed');
		await page.close();
		await executionPicture(browser, n8n, { workflowId: status.id, executionId: alerting.id, node: 'Tell the owner' }, 'sync-alert');
		lavender.sim.faults.clear();
		expect((await runTemplate(n8n, night(), BOOKINGS)).status).toBe('success');
	});

	it('lets the assistant know the favourite master, ask whether to book as usual, and book so', async () => {
		const { panel } = lavender;
		const key: string = randomUUID();
		await publishTemplate(n8n, '03-webhook-assistant.json', {
			settings: { salonId: LAVENDER, trustCaller: true }, credentials: { httpHeaderAuth: { name: 'X-API-Key', value: key } },
			panels: { 'Booking CRM': { ...panel, parameters: { ...panel.parameters, demoSalon: false } } },
		});
		const send = async (message: object): Promise<Response> => fetch(`${n8n.url}/webhook/salon-message`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': key }, body: JSON.stringify(message) });
		await until(async () => (await send({})).status, (code) => code === 400, 'the webhook of the assistant');
		const say = async (text: string): Promise<string> => ((await (await send({ chatId: 'vera', messageId: randomUUID(), phone: VERA, phoneVerified: true, text })).json()) as { text: string }).text;
		expect(await say('Здравствуйте')).toMatch(/как обычно: Стрижка, мастер Анна\?/i);
		let said = await say('да');
		for (let step = 0; step < 8 && !/записаны/i.test(said); step++) said = await say(/^1\. /m.test(said) ? '1' : /день|когда/i.test(said) ? 'послезавтра после обеда' : 'да');
		expect(said).toMatch(/записаны/i);
		const booked = [...lavender.sim.state.records.values()].filter(({ clientId, start }) => clientId === vera && start > Date.now());
		expect(booked.map(({ staffId, services }) => [String(staffId), services.map(({ title }) => title)])).toEqual([[lavender.salon.staffId('Анна'), ['Стрижка']]]);
	});

	it('makes, moves and removes the events of a Google calendar as visits change', async () => {
		// what is there before the mirror begins is no change of its
		await runTemplate(n8n, night(), BOOKINGS);
		const mirror = await publishTemplate(n8n, '18-google-calendar-mirror.json', {
			settings: { showNames: true }, panels: { 'Visits that changed': { parameters: { salonId: LAVENDER, checkEvery: 'tenSeconds' } }, 'Visits to come': { parameters: { salonId: LAVENDER } } },
			credentials: { googleCalendarOAuth2Api: { clientId: 'c', clientSecret: 's', oauthTokenData: { access_token: google.token, refresh_token: 'r', token_type: 'Bearer' } } },
		});
		const reader = salonRows(n8n.userFolder, LAVENDER);
		await until(() => reader.count(`select count(*) as n from outbox_reader where tenant = '${LAVENDER}' and reader like '${mirror.id}:%'`), (count) => count === 1, 'the trigger to begin');
		reader.close();
		const standing = (): number => [...lavender.sim.state.records.values()].filter(({ deleted, start }) => !deleted && start > Date.now()).length;
		for (const _time of [1, 2]) {
			expect((await runTemplate(n8n, mirror, 'Begin with what is booked')).error).toBeNull();
			expect(google.standing).toHaveLength(standing());
		}
		const [kept, called] = [addVisit(lavender, vera, 50), addVisit(lavender, vera, 52)].map((id) => lavender.sim.state.records.get(id));
		if (kept === undefined || called === undefined) throw new Error('no visits');
		await runTemplate(n8n, night(), BOOKINGS);
		const all = standing();
		await until(() => google.standing.length, (count) => count === all, 'an event for each visit');
		expect(google.standing.map(({ summary }) => summary)).toEqual(expect.arrayContaining(['Стрижка: Вера', 'Стрижка: Лена <3']));
		Object.assign(kept, { start: kept.start + 3_600_000, changedAt: Date.now() });
		Object.assign(called, { deleted: true, changedAt: Date.now() });
		lavender.sim.state.version += 1;
		await runTemplate(n8n, night(), BOOKINGS);
		// whether the one is moved first or the other removed is the mirror's affair
		await until(() => google.standing.map(({ start }) => Date.parse(start.dateTime)), (starts) => starts.length === all - 1 && starts.includes(kept.start), 'one event less, and the other moved');
		expect(google.standing).toHaveLength(all - 1);
		expect(google.events.size).toBe(all);
		const runs = await until(() => n8n.rest.executions({ workflowId: mirror.id }), (list) => list.every(({ status }) => status !== 'running' && status !== 'new'), 'the mirror to end');
		expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['success']));
		await n8n.rest.unpublish(mirror.id);
	});

	it('tells the staff in the morning who may not come, whatever their name holds', async () => {
		const risk = await publishTemplate(n8n, '17-no-show-risk.json', { settings: { salonId: LAVENDER, staffChatId: '700', fromLevel: 'all' }, credentials: { telegramApi: telegramApi() } });
		const before = owner.inbox.length;
		expect(await runTemplate(n8n, risk, 'Every morning')).toMatchObject({ status: 'success', error: null });
		const [message, ...more] = owner.inbox.slice(before).map(({ text }) => text);
		expect(more).toEqual([]);
		expect(message).toMatch(/^Сегодня могут не прийти:\n\d\d:\d\d Лена <3 → Мария: \d+ %/);
	});

	it('sends the owner a page of the week that loads nothing and names nobody', async () => {
		const report = await publishTemplate(n8n, '19-weekly-report.json', { settings: { salonId: LAVENDER, ownerChatId: '700' }, credentials: { telegramApi: telegramApi() } });
		expect(await runTemplate(n8n, report, 'Every Monday')).toMatchObject({ status: 'success', error: null });
		const [sent, ...more] = telegram.world.documents;
		expect(more).toEqual([]);
		expect(sent?.name).toMatch(/^report-\d{4}-\d\d-\d\d\.html$/);
		expect(sent?.caption).toMatch(/Визиты: \d+, Деньги: .*₽/);
		const html = sent?.bytes.toString('utf8') ?? '';
		expect(html).not.toMatch(/Вера|7916|7926|src=|href="http/);
		const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
		const asked: string[] = [];
		page.on('request', ({ url }) => void asked.push(url()));
		await page.setContent(html);
		expect(await page.locator('svg').count()).toBe(4);
		expect(await page.locator('.tile b').allInnerTexts()).toHaveLength(6);
		expect(asked).toEqual([]);
		await picture(page, 'weekly-report');
		await page.close();
	});

	it('copies what a form asks for and shows how it ended', async () => {
		const { parameters, credentials } = berlin.panel;
		const form = await publishTemplate(n8n, '11-manual-sync.json', { settings: { salonId: BERLIN }, panels: { 'Copy the lists': { parameters, credentials }, 'Copy the history': { parameters, credentials } } });
		const address = `${n8n.url}/form/${(form.nodes as { name: string; webhookId?: string }[]).find(({ name }) => name === 'Form')?.webhookId ?? ''}`;
		await until(async () => (await fetch(address)).status, (code) => code === 200, 'the form');
		const page = await browser.newPage();
		const fill = async (kind: string, ...lists: readonly string[]): Promise<string> => {
			await page.goto(address);
			await page.locator('select').first().selectOption({ label: kind });
			for (const list of lists) await page.getByLabel(list, { exact: true }).check();
			await page.locator('#submit-btn').click();
			await page.locator('text=/Copied|Not finished yet|Not copied/').waitFor({ timeout: 60_000 });
			return await page.locator('body').innerText();
		};
		expect(await fill('What has changed')).toMatch(/Copied[^]*clients: done, 0 new, 0 changed, 0 gone/);
		berlin.sim.faults.add(failing(403), { path: /\/storages\//, times: Infinity });
		expect(await fill('History', 'goods')).toMatch(/Not copied[^]*could not be read/);
		berlin.sim.faults.clear();
		expect(await fill('History', 'goods')).toMatch(/Copied[^]*goods: done, \d+ new, 0 changed, 0 gone/);
		await page.close();
	});
});
