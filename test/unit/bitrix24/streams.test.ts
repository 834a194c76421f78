import type { StreamName, StreamPage, StreamWindow } from '../../../core/booking';
import { scheduleOf } from '../../../core/crm/bitrix24/schedule';
import { addItem } from '../../contract/simulators/bitrix24/items';
import { CONTACT } from '../../contract/simulators/bitrix24';
import { failing } from '../../contract/simulators/kit';
import { type Desk, type DeskOptions, NOW, on, openDesk, valueOf } from '../../contract/support/bitrix24-portal';

async function pagesOf(desk: Desk, name: StreamName, window: StreamWindow = {}): Promise<readonly StreamPage[]> {
	const pages: StreamPage[] = [];
	for await (const page of desk.crm.stream(name, window)) pages.push(valueOf(page));
	return pages;
}
const idsOf = (pages: readonly StreamPage[]): string[] => pages.flatMap(({ records }) => records.map(({ id }) => id));

describe('streams of a portal', () => {
	let desk: Desk;
	const open = async (options: DeskOptions = {}): Promise<void> => void (desk = await openDesk(options));
	const fill = (count: number): void => {
		for (let index = 0; index < count; index += 1) addItem(desk.sim.state, CONTACT, { name: `Гость ${index}`, fm: [{ typeId: 'PHONE', valueType: 'WORK', value: `+7916300${1000 + index}` }] }, 1);
	};
	afterEach(() => desk.close());

	it.each(['zero', 'absent'] as const)('read everything once and keep every field, total %s', async (fastPagingTotal) => {
		await open({ portal: { switches: { fastPagingTotal } } });
		fill(149);
		const pages = await pagesOf(desk, 'clients');
		expect(pages.map(({ records }) => records.length)).toEqual([50, 50, 50, 0]);
		expect(new Set(idsOf(pages)).size).toBe(150);
		expect(pages.map(({ exact }) => exact)).toEqual([true, true, true, true]);
		expect(pages[0]?.records[1]?.data).toMatchObject({ hasPhone: 'Y', fm: [{ typeId: 'PHONE' }], createdTime: expect.any(String) as string });
	});

	it('go on from a cursor, and refuse one of elsewhere', async () => {
		await open();
		fill(120);
		const whole = await pagesOf(desk, 'clients');
		expect(idsOf(await pagesOf(desk, 'clients', { cursor: whole[0]?.cursor ?? undefined }))).toEqual(idsOf(whole.slice(1)));
		for await (const page of desk.crm.stream('clients', { cursor: 'page 2' })) expect(page).toMatchObject({ kind: 'refused', reason: 'invalid_request' });
	});

	it('lose nothing and repeat nothing when the list moves under them', async () => {
		await open();
		fill(120);
		const ids: string[] = [];
		for await (const page of desk.crm.stream('clients', {})) {
			ids.push(...valueOf(page).records.map(({ id }) => id));
			if (ids.length === 50) desk.sim.state.itemsOf(CONTACT).delete(Number(ids[3]));
			if (ids.length === 50) fill(1);
		}
		expect(ids).toHaveLength(122);
		expect(new Set(ids).size).toBe(122);
	});

	it('read what changed since a moment', async () => {
		await open();
		fill(60);
		desk.sim.clock.advance(3_600_000);
		valueOf(await desk.crm.updateClient(desk.clientId, { name: 'Вероника' }));
		expect(idsOf(await pagesOf(desk, 'clients', { from: desk.sim.clock.instant() }))).toEqual([desk.clientId]);
	});

	it('end with a failure instead of a short list', async () => {
		await open();
		fill(120);
		desk.sim.faults.add(failing(500), { path: /crm\.item\.list$/, skip: 1, times: Infinity });
		const kinds: string[] = [];
		for await (const page of desk.crm.stream('clients', {})) kinds.push(page.kind);
		expect(kinds).toEqual(['ok', 'unavailable']);
	});

	it('end when the portal gives a list out of its order, and so does whatever reads one', async () => {
		await open({
			wrap: (port) => ({
				exchange: async (request) => {
					const answer = await port.exchange(request);
					if (!request.url.endsWith('.list') || answer.kind !== 'answered') return answer;
					const body = JSON.parse(Buffer.from(answer.body).toString()) as { result: Record<string, unknown[]> };
					for (const rows of Object.values(body.result)) if (Array.isArray(rows)) rows.reverse();
					return { ...answer, body: Buffer.from(JSON.stringify(body)) };
				},
			}),
		});
		fill(3);
		for await (const page of desk.crm.stream('clients', {})) expect(page.kind).toBe('unavailable');
		expect((await desk.crm.services()).kind).toBe('unavailable');
	});

	it('tell bookings of a window with their clients, and that a window cut by ourselves is not all', async () => {
		await open();
		const visit = valueOf(await desk.crm.createAppointment({ clientId: desk.clientId, serviceIds: [desk.serviceId('cut')], staffId: desk.staffId('Anna'), start: on('12:00') }, 'k'));
		const [asked] = await pagesOf(desk, 'visits', { from: on('00:00'), to: on('23:00') });
		expect(asked).toMatchObject({ exact: true, records: [{ id: visit.id, data: { bookingClient: [{ id: desk.clientId }] } }] });
		expect((await pagesOf(desk, 'visits')).map(({ exact }) => exact)).toEqual([false]);
		expect(await pagesOf(desk, 'visits', { from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' })).toEqual([{ records: [], cursor: null, exact: true }]);
	});

	it('tell the hours of every resource as the portal writes them', async () => {
		await open();
		const [page] = await pagesOf(desk, 'schedules');
		expect(page?.records.map(({ id }) => id)).toEqual([desk.staffId('Anna'), desk.staffId('Maria')]);
		expect(page?.records[0]?.data).toMatchObject({ slots: [{ from: 600, to: 1200, weekDays: expect.arrayContaining(['Mon']) as string[], timezone: 'Europe/Moscow' }] });
	});

	it('refuse what the portal has no list of', async () => {
		await open({ mode: 'crm' });
		for (const name of ['goods', 'schedules'] as const) for await (const page of desk.crm.stream(name, {})) expect(page).toMatchObject({ kind: 'refused', reason: 'unsupported' });
	});
});

describe('hours of a resource', () => {
	const row = (more: object = {}) => ({ from: 540, to: 1080, timezone: 'Europe/Moscow', weekDays: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5 | 6 | 7)[], ...more });
	const around = { now: NOW, holidays: [] };

	it('are a week in the salon’s own zone; a day without a row is a day off', () => {
		const { weekly, exceptions } = scheduleOf([row(), row({ from: 1140, to: 1440, weekDays: [5] })], 'Europe/Moscow', around);
		expect(weekly[5]).toEqual({ hours: [{ from: '09:00', to: '18:00' }, { from: '19:00', to: '24:00' }] });
		expect(weekly[6]).toEqual({ hours: [] });
		expect(exceptions).toBeUndefined();
	});

	it('of another zone are told by dates, over midnight and over a change of the clock', () => {
		const { exceptions } = scheduleOf([row({ timezone: 'America/New_York', from: 1080, to: 1320, weekDays: [2] })], 'Europe/Berlin', { now: '2026-10-20T09:00:00+02:00', holidays: ['2026-11-25'] });
		// 18:00 to 22:00 in New York, six hours behind and once five
		expect(exceptions?.['2026-10-21']).toEqual({ hours: [{ from: '00:00', to: '04:00' }] });
		expect(exceptions?.['2026-10-27']).toEqual({ hours: [{ from: '23:00', to: '24:00' }] });
		expect(exceptions?.['2026-10-28']).toEqual({ hours: [{ from: '00:00', to: '03:00' }] });
		expect(exceptions?.['2026-10-30']).toEqual({ hours: [] });
		expect(exceptions).not.toHaveProperty('2026-11-25');
	});

	it('are none without rows, without a zone, and in a zone nobody knows', () => {
		expect(scheduleOf([row()], null, around)).toEqual({ weekly: {} });
		expect(Object.values(scheduleOf([], 'Europe/Moscow', around).weekly)).toEqual(Array.from({ length: 7 }, () => ({ hours: [] })));
		expect(scheduleOf([row({ timezone: 'Mars/Base' })], 'Europe/Moscow', around).weekly[1]).toEqual({ hours: [] });
	});
});
