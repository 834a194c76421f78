import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { StoredWorkflow } from '../../demo/lib/rest-client.mjs';
import { startWhatsAppServer, type Phone, type WhatsAppServer } from '../whatsapp-server';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { addPerson, addVisit, noonZone, promptSalon, yclientsBranch, type Branch } from './support/sync-salon';
import { endOf, publishTemplate, runTemplate, type Choices } from './support/template';
import { until } from './support/until';
import { startBrowser } from './support/whatsapp/browser';
import { WhatsappClient } from './support/whatsapp/client';
import { linkByPage, pairingLink } from './support/whatsapp/link';

const SALON = promptSalon('lavender');
const ALWAYS = { quietFrom: '00:00', quietUntil: '00:00' };
const REMINDERS = ['Reminders 24 h before', 'Reminders 2 h before'] as const;

/** Who is written to, and why. */
const PEOPLE = ['confirms', 'moves', 'cancels', 'comesSoon', 'wasHere', 'sleeps', 'celebrates'] as const;
type Who = (typeof PEOPLE)[number];
const phoneOf = (who: Who): string => `7916111063${PEOPLE.indexOf(who)}`;

describe('the templates that write first, in a real n8n', () => {
	let server: WhatsAppServer;
	let n8n: N8n;
	let browser: Browser;
	let branch: Branch;
	let folder: string;
	let assistant: StoredWorkflow;
	let clients: Readonly<Record<Who, WhatsappClient>>;
	const visits: Partial<Record<Who, number>> = {};

	beforeAll(async () => {
		server = await startWhatsAppServer({ seed: 610 });
		const salon = server.phone('79990000610', { name: 'Salon', business: 'Salon' });
		folder = mkdtempSync(join(tmpdir(), 'ai-admin-whatsapp-'));
		writeFileSync(join(folder, 'ca.pem'), server.certificate);
		[n8n, browser, branch] = await Promise.all([startN8n({ env: { AI_ADMIN_WHATSAPP_TEST_URL: server.url, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } }), startBrowser(), yclientsBranch(noonZone(new Date()))]);
		clients = Object.fromEntries(PEOPLE.map((who) => [who, new WhatsappClient(server.phone(phoneOf(who), { name: who }), salon, isThrough)])) as unknown as Record<Who, WhatsappClient>;
		fillBranch();
		await copy();
		await pair(salon);
		assistant = await publishTemplate(n8n, '06-whatsapp-assistant.json', { panels: { ...crm(), 'WhatsApp Session Trigger': { parameters: { salonId: SALON } } } });
	}, 240_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await Promise.all([server?.close(), branch?.sim.close()]);
		rmSync(folder, { recursive: true, force: true });
	});

	/** Every turn is answered, and every answer has gone out. */
	function isThrough(): boolean {
		const rows = salonRows(n8n.userFolder, SALON);
		const isSo = rows.openTurns() === 0 && rows.outgoing().every(({ state }) => ['acked', 'delivered', 'read', 'failed'].includes(state));
		rows.close();
		return isSo;
	}

	const crm = (): NonNullable<Choices['panels']> => ({ 'Booking CRM': { credentials: branch.panel.credentials, parameters: { ...branch.panel.parameters, salonId: SALON, demoSalon: false } } });

	function fillBranch(): void {
		const today = new Date(Date.now()).toISOString().slice(0, 10);
		const ids = Object.fromEntries(PEOPLE.map((who) => [who, addPerson(branch, who === 'celebrates' ? 'Дина' : 'Катя', phoneOf(who), who === 'celebrates' ? `1990-${today.slice(5)}` : '')])) as Record<Who, number>;
		for (const [who, hours] of [['confirms', 20], ['moves', 21.5], ['cancels', 23], ['comesSoon', 1.5], ['wasHere', -4]] as const) visits[who] = addVisit(branch, ids[who], hours);
		for (const days of [75, 60, 45]) addVisit(branch, ids.sleeps, -24 * days);
	}

	async function copy(): Promise<void> {
		const nightly = await publishTemplate(n8n, '10-nightly-sync.json', { settings: { salonId: SALON }, panels: { 'Copy from the CRM': branch.panel } });
		const ends = await Promise.all(['Company on Sunday', 'Services at 01:00', 'Staff at 02:00', 'Clients and visits at 03:00'].map((trigger) => runTemplate(n8n, nightly, trigger)));
		expect(ends.map(({ error }) => error)).toEqual(ends.map(() => null));
		// the list that a full copy reads has no birthdays; the cards that a backfill reads have: as far back as the cards of this test were written
		const history = { operation: 'backfill', entities: ['clients'], since: new Date(Date.now() - 210 * 86_400_000).toISOString() };
		const past = await publishTemplate(n8n, '10-nightly-sync.json', { name: 'Past', settings: { salonId: SALON }, panels: { 'Copy from the CRM': { ...branch.panel, parameters: { ...branch.panel.parameters, ...history } } } });
		expect((await runTemplate(n8n, past, 'Clients and visits at 03:00')).error).toBeNull();
		await n8n.rest.unpublish(past.id);
	}

	async function pair(salon: Phone): Promise<void> {
		const link = await pairingLink(n8n, await publishTemplate(n8n, '05-whatsapp-connect.json', { settings: { salonId: SALON }, panels: { 'WhatsApp Pairing Page': { parameters: { salonId: SALON } }, 'Keep the number connected': { parameters: { salonId: SALON } } } }));
		await linkByPage(await browser.newPage(), link, server, salon);
	}

	const settings = (more: object = {}): Record<string, unknown> => ({ salonId: SALON, ...ALWAYS, ...more });
	const publish = (file: string, name: string, more: object = {}): Promise<StoredWorkflow> => publishTemplate(n8n, file, { name, settings: settings(more), panels: crm() });
	const record = (who: Who) => branch.sim.state.records.get(visits[who] ?? 0);

	/** Events of a type that the assistant has put out so far. */
	async function events(type: string): Promise<readonly Record<string, unknown>[]> {
		const runs = await n8n.rest.executions({ workflowId: assistant.id, status: ['success'], limit: 100 });
		const ends = await Promise.all(runs.map(({ id }) => endOf(n8n, id)));
		return ends.flatMap((end) => end.items('Act on events here')).filter((event) => event['type'] === type);
	}

	it('reminds nobody in the quiet hours, then each visit once, a day and two hours before', async () => {
		const quiet = await publish('13-reminders.json', 'Quiet', { quietFrom: '00:00', quietUntil: '23:59' });
		expect(await silent(quiet)).toEqual([[], []]);
		await n8n.rest.unpublish(quiet.id);
		const reminders = await publish('13-reminders.json', 'Reminders');
		const first = await runTemplate(n8n, reminders, 'Schedule');
		expect([first.status, first.error]).toEqual(['success', null]);
		expect(REMINDERS.map((node) => first.items(node).map((item) => item['phone']))).toEqual([['confirms', 'moves', 'cancels'].map((who) => `+${phoneOf(who as Who)}`), [`+${phoneOf('comesSoon')}`]]);
		for (const who of ['confirms', 'moves', 'cancels', 'comesSoon'] as const) {
			await clients[who].until(() => clients[who].answers.length > 0, `the reminder of who ${who}`);
			expect(clients[who].answers.join('\n')).toMatch(/стрижка/i);
		}
		expect(first.items('Note the outcome')).toEqual(expect.arrayContaining([expect.objectContaining({ outcome: 'said', isKnown: true })]));
		expect(await silent(reminders)).toEqual([[], []]);
		await n8n.rest.unpublish(reminders.id);
	});

	/** What a run gives to be said: nothing, or the test fails with it. */
	async function silent(workflow: StoredWorkflow): Promise<unknown> {
		const end = await runTemplate(n8n, workflow, 'Schedule');
		expect(end.error).toBeNull();
		return REMINDERS.map((node) => end.items(node));
	}

	it('hears a confirmation, a move and a cancellation in the answers', async () => {
		const before = record('moves')?.start;
		const confirm = async (): Promise<void> => {
			await clients.confirms.ask('да, приду');
			await until(() => events('visit_confirmed'), (list) => list.length > 0, 'the confirmation');
		};
		const move = async (): Promise<void> => {
			let said = await clients.moves.ask('давайте перенесём на послезавтра после обеда');
			for (let step = 0; step < 6 && record('moves')?.start === before; step++) said = await clients.moves.ask(/^\s*1[.)]/m.test(said) ? '1' : 'да');
		};
		const cancel = async (): Promise<void> => {
			await clients.cancels.ask('отмените, пожалуйста');
			expect(record('cancels')?.deleted).toBe(false);
			await clients.cancels.ask('да');
		};
		await Promise.all([confirm(), move(), cancel()]);
		expect((await events('visit_confirmed')).map((event) => (event['appointment'] as { id: string }).id)).toEqual([String(visits.confirms)]);
		expect(record('confirms')?.deleted).toBe(false);
		expect(record('moves')?.start).toBeGreaterThan((before ?? 0) + 12 * 3_600_000);
		expect(record('cancels')?.deleted).toBe(true);
	}, 180_000);

	it('writes no advertising without consent', async () => {
		const workflow = await publish('15-win-back.json', 'With consent');
		expect(await runTemplate(n8n, workflow, 'Schedule').then(({ error, items }) => [error, items('Sleeping clients')])).toEqual([null, []]);
		await n8n.rest.unpublish(workflow.id);
	});

	it.each([
		['14-review-request.json', 'wasHere', 'Review requests', /оцен/i, {}],
		['15-win-back.json', 'sleeps', 'Sleeping clients', /стрижк/i, { needsConsent: false }],
		['16-birthday.json', 'celebrates', 'Birthdays today', /рожден/i, { needsConsent: false, ownWords: 'Для вас скидка 10 %.' }],
	] as const)('%s writes to whom it is for, once', async (file, who, node, words, more) => {
		const workflow = await publish(file, file, more);
		const first = await runTemplate(n8n, workflow, 'Schedule');
		expect([first.status, first.error, first.items(node).map((item) => item['phone'])]).toEqual(['success', null, [`+${phoneOf(who)}`]]);
		await clients[who].until(() => clients[who].answers.length > 0, `the message to who ${who}`);
		expect(clients[who].answers.join('\n')).toMatch(words);
		expect((await runTemplate(n8n, workflow, 'Schedule')).items(node)).toEqual([]);
		await n8n.rest.unpublish(workflow.id);
	});

	it('hears the mark of a visit', async () => {
		await clients.wasHere.ask('5');
		expect((await until(() => events('rated'), (list) => list.length > 0, 'the mark')).map(({ mark }) => mark)).toEqual([5]);
	});

	it('keeps phones and texts out of what n8n prints', () => {
		for (const secret of [...PEOPLE.map(phoneOf), 'Стрижка', 'скидка']) expect(n8n.output()).not.toContain(secret);
	});
});
