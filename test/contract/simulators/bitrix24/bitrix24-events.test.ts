import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusalOf, resultOf } from './bench';
import { type Bitrix24Options, type Bitrix24Simulator, startBitrix24 } from './index';
import { type Fields, parseForm } from './parameters';

let simulator: Bitrix24Simulator;
let handler: Server;
let handlerUrl: string;
const heard: Fields[] = [];
let answerWith = 200;

beforeEach(async () => {
	heard.length = 0;
	answerWith = 200;
	handler = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString('utf8')));
		request.on('end', () => {
			heard.push(parseForm(body));
			response.writeHead(answerWith).end();
		});
	});
	await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve));
	handlerUrl = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
	await new Promise((resolve) => handler.close(resolve));
	await simulator.close();
});
const start = async (switches: Bitrix24Options['switches'] = {}): Promise<string> => {
	simulator = await startBitrix24({ switches });
	return simulator.access.issueTokens(simulator.application, 1).accessToken;
};
const asApplication = (method: string, parameters: Fields): Promise<unknown> => resultOf(simulator, method, parameters, `${simulator.url}/rest/`);
const addDeal = (): Promise<{ item: { id: number } }> => resultOf(simulator, 'crm.item.add', { entityTypeId: 2, fields: { title: 'x' } });

describe('Bitrix24 events', () => {
	it('[confirmed] of a webhook made by hand come as a form with the id alone and the token of its form', async () => {
		await start();
		simulator.events.addOutgoing(handlerUrl, ['onCrmDealAdd'], 'token-of-the-form');
		const { item } = await addDeal();
		await resultOf(simulator, 'crm.item.update', { entityTypeId: 2, id: item.id, fields: { title: 'y' } });
		await simulator.events.sender.flush();
		expect(heard).toEqual([
			expect.objectContaining({ event: 'ONCRMDEALADD', data: { FIELDS: { ID: String(item.id) } }, ts: String(simulator.clock.now() / 1000), auth: expect.objectContaining({ application_token: 'token-of-the-form', member_id: simulator.state.memberId }) as unknown }),
		]);
		expect(heard[0]?.auth).not.toHaveProperty('access_token');
	});

	it('[confirmed] are never delivered twice by the portal, also after a refusal; a script may copy or lose them', async () => {
		await start();
		simulator.events.addOutgoing(handlerUrl, ['ONCRMDEALADD'], 't');
		answerWith = 500;
		await addDeal();
		await simulator.events.sender.flush();
		expect(heard).toHaveLength(1);
		simulator.events.sender.faults.copies = 2;
		await addDeal();
		await simulator.events.sender.flush();
		expect(heard).toHaveLength(3);
		simulator.events.sender.faults.copies = 0;
		await addDeal();
		await simulator.events.sender.flush();
		expect(heard).toHaveLength(3);
	});

	it('[confirmed] of an application bring its token and work after installation; updates drop the handlers', async () => {
		const auth = await start();
		await asApplication('event.bind', { auth, event: 'ONCRMDEALADD', handler: handlerUrl });
		simulator.application.installed = false;
		await addDeal();
		simulator.application.installed = true;
		await addDeal();
		await simulator.events.sender.flush();
		expect(heard).toHaveLength(1);
		const { access_token: token, application_token: applicationToken } = heard[0]?.auth as Record<string, string>;
		expect(applicationToken).toBe(simulator.application.applicationToken);
		expect(await asApplication('profile', { auth: token })).toMatchObject({ ID: '1' });
		expect(await asApplication('event.get', { auth })).toEqual([{ event: 'ONCRMDEALADD', handler: handlerUrl, auth_type: '1', offline: 0 }]);
		simulator.events.dropHandlers(simulator.application.clientId);
		expect(await asApplication('event.get', { auth })).toEqual([]);
	});

	it('[confirmed] unknown ones are refused, offline ones need an administrator', async () => {
		const auth = await start();
		const base = `${simulator.url}/rest/`;
		expect(await refusalOf(simulator, 'event.bind', { auth, event: 'ONNOTHING', handler: handlerUrl }, base)).toEqual([400, 'ERROR_EVENT_NOT_FOUND']);
		const plain = simulator.access.issueTokens(simulator.application, simulator.state.addUser({ name: 'Менеджер' }).id).accessToken;
		expect(await refusalOf(simulator, 'event.bind', { auth: plain, event: 'ONCRMDEALADD', event_type: 'offline' }, base)).toEqual([403, 'ACCESS_DENIED']);
	});

	it('[one source] offline ones wait, keep the last state of an object and go when they are cleared', async () => {
		const auth = await start();
		await asApplication('event.bind', { auth, event: 'ONCRMDEALUPDATE', event_type: 'offline' });
		const { item } = await addDeal();
		for (const title of ['a', 'b', 'c']) await resultOf(simulator, 'crm.item.update', { entityTypeId: 2, id: item.id, fields: { title } });
		const queue = (await asApplication('event.offline.get', { auth })) as { events: { EVENT_NAME: string; EVENT_DATA: Fields; MESSAGE_ID: string }[] };
		expect(queue.events).toMatchObject([{ EVENT_NAME: 'ONCRMDEALUPDATE', EVENT_DATA: { FIELDS: { ID: String(item.id) } } }]);
		await asApplication('event.offline.clear', { auth, message_id: [queue.events[0]?.MESSAGE_ID] });
		expect(await asApplication('event.offline.get', { auth })).toMatchObject({ events: [] });
	});

	it.each([['data', { ID: '1' }], ['fields', { FIELDS: { ID: '1' } }]] as const)('[one source] of bookings hold the id in %s', async (bookingEventId, data) => {
		await start({ bookingEventId });
		simulator.events.addOutgoing(handlerUrl, ['ONBOOKINGADD', 'ONBOOKINGDELETE'], 't');
		const { id: resourceId } = simulator.state.addResource('Анна');
		const { id } = simulator.state.bookByHand(resourceId, '2026-08-10T11:00:00', '2026-08-10T12:00:00');
		await resultOf(simulator, 'booking.v1.booking.delete', { id });
		await simulator.events.sender.flush();
		expect(heard).toMatchObject([{ event: 'ONBOOKINGADD', data }, { event: 'ONBOOKINGDELETE', data }]);
	});

	it('may come from a forger, who has no token', async () => {
		await start();
		simulator.events.addOutgoing(handlerUrl, ['ONCRMDEALADD'], 'right');
		simulator.events.forgedToken = 'guessed';
		await addDeal();
		await simulator.events.sender.flush();
		expect(heard[0]?.auth).toMatchObject({ application_token: 'guessed' });
	});
});
