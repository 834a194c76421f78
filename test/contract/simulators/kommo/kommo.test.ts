import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { asker, rowsIn } from '../amocrm/ask';
import { addPipeline, WON } from '../amocrm';
import { CHANNEL_SECRET } from './chats';
import { type KommoSimulator, startKommo } from './index';

let sim: KommoSimulator;

/** Asks under another host name, which fetch does not allow. */
async function hosted(host: string): Promise<number> {
	return await new Promise((resolve, reject) => {
		request(`${sim.url}/api/v4/account`, { headers: { host, authorization: `Bearer ${sim.oauth.issueLongLived()}` } }, (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		})
			.on('error', reject)
			.end();
	});
}

beforeEach(async () => {
	sim = await startKommo({ limits: false });
});

afterEach(async () => {
	await sim.close();
});

it('is the shared contract under Kommo’s hosts, words and zone (confirmed)', async () => {
	const ask = asker(sim);
	const { body } = await ask('GET', '/api/v4/account?with=datetime_settings,entity_names');
	expect(body).toMatchObject({ currency: 'USD', country: 'US', _embedded: { entity_names: {}, datetime_settings: { timezone: 'America/New_York', timezone_offset: '-05:00' } } });
	expect((await asker(sim, 'wrong')('GET', '/api/v4/account')).body).toEqual({ title: 'Unauthorized', type: 'https://httpstatus.es/401', status: 401, detail: 'Invalid user name or password' });
	const back = new URL((await ask('GET', `/oauth?client_id=${sim.oauth.integration.clientId}`)).headers.get('location') ?? '');
	expect(back.searchParams.get('referer')).toBe('salon.kommo.com');
});

it('has three system stages, the incoming one of type 1, which takes no new lead by default (confirmed)', async () => {
	const ask = asker(sim);
	const extra = addPipeline(sim.state, 'Second');
	const pipelines = rowsIn(await ask('GET', '/api/v4/leads/pipelines'), 'pipelines') as unknown as { readonly id: number; readonly _embedded: { readonly statuses: readonly { readonly type: number }[] } }[];
	expect(pipelines.map((one) => one._embedded.statuses.filter(({ type }) => type === 1).length)).toEqual([1, 1]);
	const made = rowsIn(await ask('POST', '/api/v4/leads', [{ name: 'x', pipeline_id: extra.pipeline }]), 'leads')[0];
	expect((await ask('GET', `/api/v4/leads/${String(made?.id)}`)).body).toMatchObject({ pipeline_id: extra.pipeline, status_id: extra.statusNew });
});

it('queues bots with 202: new call with words, old call with numbers (one source each)', async () => {
	const ask = asker(sim);
	const lead = Number(rowsIn(await ask('POST', '/api/v4/leads', [{ name: 'x', status_id: WON, pipeline_id: sim.ids.pipeline }]), 'leads')[0]?.id);
	const bot = sim.ids.bot;
	expect(await ask('POST', '/api/v4/bots/run', [{ bot_id: bot, entity_id: lead, entity_type: 'leads' }])).toMatchObject({ status: 202, text: '' });
	expect((await ask('POST', `/api/v4/bots/${bot}/run`, { entity_id: lead, entity_type: 'leads' })).status).toBe(202);
	expect((await ask('POST', '/api/v2/salesbot/run', [{ bot_id: bot, entity_id: lead, entity_type: 2 }])).status).toBe(202);
	expect((await ask('POST', '/api/v4/bots/run', [{ bot_id: bot, entity_id: lead, entity_type: 2 }])).status).toBe(400);
	expect((await ask('POST', '/api/v4/bots/run', [{ bot_id: 1, entity_id: lead, entity_type: 'leads' }])).status).toBe(404);
	expect(sim.state.botStarts).toEqual(Array.from({ length: 3 }, () => ({ bot_id: bot, entity_id: lead, entity_type: 'leads' })));
});

it('serves nothing but the account’s own name, and knows no customers (confirmed)', async () => {
	const ask = asker(sim);
	expect((await ask('GET', '/api/v4/customers')).status).toBe(404);
	expect([await hosted('salon.kommo.com'), await hosted('www.kommo.com'), await hosted('api-b.kommo.com')]).toEqual([200, 404, 401]);
	sim.state.putContact('Olivia', null);
	expect(rowsIn(await ask('GET', '/api/v4/contacts?with=customers'), 'contacts')[0]?._embedded).not.toHaveProperty('customers');
});

it('answers If-Modified-Since with nothing new as the switch says (status not established)', async () => {
	const ask = asker(sim);
	sim.state.putContact('Olivia', null);
	const since = new Date(sim.clock.now()).toUTCString();
	const list = async (): Promise<number> => (await ask('GET', '/api/v4/contacts', undefined, { 'if-modified-since': since })).status;
	expect(await list()).toBe(200);
	sim.switches.ifModifiedSince = '304';
	expect(await list()).toBe(304);
	sim.clock.advance(5000);
	sim.state.putContact('Emma', null);
	expect(await list()).toBe(200);
});

it('signs chat webhooks over the raw bytes and sends them once (one source)', async () => {
	sim.chats.send('http://127.0.0.1:9/nobody', { conversationId: 'c1', text: 'Hello' });
	await sim.chats.sender.flush();
	expect(sim.chats.sender.deliveries).toHaveLength(1);
	const [sent] = sim.chats.sender.deliveries;
	expect(sent?.status).toBe(0);
	expect(sent?.call.headers['x-signature']).toBe(createHmac('sha1', CHANNEL_SECRET).update(sent?.call.body ?? '').digest('hex'));
});

it('refuses webhooks by API where the plan has none (status inferred)', async () => {
	Object.assign(sim.switches, { webhookPlan: 'missing', webhookRefusal: '402' });
	expect((await asker(sim)('POST', '/api/v4/webhooks', { destination: 'https://bot.example.com/x', settings: ['add_lead'] })).status).toBe(402);
});
