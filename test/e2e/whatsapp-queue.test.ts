import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { startWhatsAppServer, type Phone, type WhatsAppServer } from '../whatsapp-server';
import { startQueue, type QueueN8n } from './support/queue';
import { importTemplate, publishTemplate, runTemplate } from './support/template';
import { startBrowser } from './support/whatsapp/browser';
import { WhatsappClient } from './support/whatsapp/client';
import { linkByPage, pairingLink } from './support/whatsapp/link';

const SALON = '79990000651';
const ANNA = '79161110651';

describe('the WhatsApp templates in queue mode: a main process and two workers', () => {
	let server: WhatsAppServer;
	let queue: QueueN8n;
	let browser: Browser;
	let salon: Phone;
	let store: object;

	beforeAll(async () => {
		server = await startWhatsAppServer({ seed: 651 });
		salon = server.phone(SALON, { name: 'Salon', business: 'Salon' });
		browser = await startBrowser();
		queue = await startQueue(2, { AI_ADMIN_WHATSAPP_TEST_URL: server.url });
		store = { engine: 'postgres', connectionString: queue.database, schema: 'ai_admin', encryptionKey: randomBytes(24).toString('hex') };
	}, 300_000);

	afterAll(async () => {
		await browser?.close();
		await queue?.stop();
		await server?.close();
	}, 60_000);

	it('links the number by the page that the main process serves', async () => {
		const link = await pairingLink(queue.main, await publishTemplate(queue.main, '05-whatsapp-connect.json', { store }));
		await linkByPage(await browser.newPage({ locale: 'en-GB' }), link, server, salon);
	}, 120_000);

	it('books from the workers; one process has the connection, and the answers are shown once and in order', async () => {
		const { id } = await publishTemplate(queue.main, '06-whatsapp-assistant.json', { store, panels: { 'WhatsApp Session Trigger': { parameters: { options: { quietSeconds: 2 } } } } });
		const isThrough = async (): Promise<boolean> => (await queue.query('select 1 from ai_admin.collected_turn where done_at is null')).length === 0;
		const anna = new WhatsappClient(server.phone(ANNA, { name: 'Анна' }), salon, isThrough);
		expect(await anna.ask('Здравствуйте', 'хочу на маникюр', 'послезавтра после обеда')).toMatch(/послезавтра[^]*^1\. \d\d:\d\d/m);
		expect(await queue.main.rest.executions({ workflowId: id })).toHaveLength(1);
		expect(await anna.book('меня зовут Анна, давайте первое')).toMatch(/записан|записал/i);
		const visits = await queue.query<{ status: string }>(`select a.status from ai_admin.crm_appointment a join ai_admin.crm_client c on c.tenant = a.tenant and c.id = a.client_id where c.phone = '+${ANNA}'`);
		expect(visits).toEqual([{ status: 'booked' }]);
		expect(anna.copies).toBe(0);
		const sent = await queue.query<{ wa_id: string }>('select wa_id from ai_admin.wa_outbox order by seq');
		expect(anna.phone.screen.messages.filter(({ fromMe }) => !fromMe).map(({ id: shown }) => shown)).toEqual(sent.map(({ wa_id }) => wa_id));
		// the workers ran what the main process received
		expect(queue.executionsOf().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1);
		expect(server.links).toHaveLength(1);
		expect(server.errors).toEqual([]);
	}, 240_000);

	it('refuses the embedded database', async () => {
		const shipped = await importTemplate(queue.main, '05-whatsapp-connect.json', { name: 'Without a store' });
		const { status, error, details } = await runTemplate(queue.main, shipped, 'Make a link');
		expect([status, `${error} ${details}`]).toEqual(['error', expect.stringMatching(/embedded database/)]);
	});
});
