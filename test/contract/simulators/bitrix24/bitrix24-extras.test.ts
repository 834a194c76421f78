import { ask, refusalOf, resultOf } from './bench';
import { type Bitrix24Options, type Bitrix24Simulator, startBitrix24 } from './index';
import type { Fields } from './parameters';

let simulator: Bitrix24Simulator;
const start = async (options: Bitrix24Options = {}): Promise<void> => void (simulator = await startBitrix24(options));
afterEach(async () => simulator.close());

describe('Bitrix24 in its other positions', () => {
	it.each([['refused', 401], ['accepted', 200]] as const)('[community only] a bearer token is %s', async (bearerToken, status) => {
		await start({ switches: { bearerToken } });
		const { accessToken } = simulator.access.issueTokens(simulator.application, 1);
		expect((await fetch(`${simulator.url}/rest/profile`, { method: 'POST', headers: { authorization: `Bearer ${accessToken}` } })).status).toBe(status);
	});

	it.each([['accepted', 200], ['refused', 400]] as const)('[to be tested] a token request by POST with a Basic header is %s', async (tokenByPost, status) => {
		await start({ switches: { tokenByPost } });
		const { clientId, clientSecret } = simulator.application;
		const { refreshToken } = simulator.access.issueTokens(simulator.application, 1);
		const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
		const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
		expect((await fetch(`${simulator.url}/oauth/token/`, { method: 'POST', headers: { authorization }, body })).status).toBe(status);
	});

	it.each([['reported', 0.05], ['absent', undefined]] as const)('[confirmed] operating time is %s', async (operatingTime, operating) => {
		await start({ switches: { operatingTime } });
		expect(((await ask(simulator, 'server.time')).body.time as Fields).operating).toBe(operating);
	});

	it('[one source] a to-do on a deal, the hours of timeman, and both gone on a portal without them', async () => {
		await start();
		const { item } = await resultOf<{ item: { id: number } }>(simulator, 'crm.item.add', { entityTypeId: 2, fields: { title: 'x' } });
		const todo = { ownerTypeId: 2, ownerId: item.id, deadline: '2026-08-10T11:00:00+03:00', title: 'Позвонить' };
		const { id } = await resultOf<{ id: number }>(simulator, 'crm.activity.todo.add', todo);
		expect(simulator.state.activities).toMatchObject([{ id, ownerId: item.id, deadline: Date.parse('2026-08-10T08:00:00Z'), responsibleId: 1 }]);
		expect(await refusalOf(simulator, 'crm.activity.todo.add', { ...todo, deadline: undefined })).toEqual([400, 100]);
		expect(await resultOf(simulator, 'timeman.schedule.get', { id: 1 })).toMatchObject({ SHIFTS: [{ WORK_TIME_START: 32_400, WORK_DAYS: '12345' }] });
		simulator.switches.oneSourceMethods = 'absent';
		expect(await refusalOf(simulator, 'timeman.schedule.get', { id: 1 })).toEqual([404, 'ERROR_METHOD_NOT_FOUND']);
	});

	it('[confirmed] reads forms with brackets as well as JSON', async () => {
		await start();
		const body = new URLSearchParams([['entityTypeId', '3'], ['fields[name]', 'Ольга'], ['fields[fm][0][typeId]', 'PHONE'], ['fields[fm][0][value]', '+79161234567']]);
		const response = await fetch(`${simulator.webhookUrl}crm.item.add`, { method: 'POST', body });
		expect(await response.json()).toMatchObject({ result: { item: { name: 'Ольга', fm: [{ typeId: 'PHONE', value: '+79161234567' }] } } });
	});

	it('[confirmed] finds staff page by page, without bots, and shows more the wider the scope is', async () => {
		await start();
		simulator.state.addUser({ name: 'Бот', type: 'bot' });
		for (let index = 0; index < 55; index += 1) simulator.state.addUser({ name: `Мастер ${index}`, active: index % 2 === 0 });
		const { body } = await ask(simulator, 'user.get', { FILTER: { ACTIVE: true, '>ID': 1 }, sort: 'ID', order: 'DESC' });
		expect(body.total).toBe(28);
		expect((body.result as Fields[])[0]).toMatchObject({ ID: '57', ACTIVE: true, USER_TYPE: 'employee', TIME_ZONE: '' });
		const brief = simulator.urlOf(simulator.access.addWebhook(1, ['user_brief']));
		expect((await resultOf<Fields[]>(simulator, 'user.get', {}, brief))[0]).not.toHaveProperty('TIME_ZONE');
		expect((await ask(simulator, 'user.get', {})).body).toMatchObject({ total: 56, next: 50 });
	});

	it('sets the schedule of a resource and refuses a row no schedule can have', async () => {
		await start();
		const { id } = simulator.state.addResource('Анна');
		const row = { from: 600, to: 900, slotSize: 30, timezone: 'Europe/Moscow', weekDays: ['Mon'] };
		expect(await resultOf(simulator, 'booking.v1.resource.slots.set', { resourceId: id, slots: [row] })).toBe(true);
		expect(await resultOf(simulator, 'booking.v1.resource.slots.list', { resourceId: id })).toMatchObject({ slots: [row] });
		for (const wrong of [{ ...row, to: 500 }, { ...row, weekDays: ['Пн'] }]) expect(await refusalOf(simulator, 'booking.v1.resource.slots.set', { resourceId: id, slots: [wrong] })).toEqual([400, 100]);
	});
});
