import type { StreamName, StreamPage, StreamWindow } from '../../../core/booking';
import { furnish } from '../../contract/simulators/easyweek';
import { failing, replaced } from '../../contract/simulators/kit';
import { type Branch, DAY, on, openBranch, reasonOf, valueOf } from '../../contract/support/easyweek-branch';

async function pagesOf(branch: Branch, name: StreamName, window: StreamWindow = {}): Promise<readonly StreamPage[]> {
	const pages: StreamPage[] = [];
	for await (const page of branch.crm.stream(name, window)) pages.push(valueOf(page));
	return pages;
}
const idsOf = (pages: readonly StreamPage[]): string[] => pages.flatMap(({ records }) => records.map(({ id }) => id));

/** Bookings past every check, an hour apart from the bench's day on, every third one of Maria, every seventh cancelled. */
function populate({ sim, clientId, serviceId, staffId }: Branch, count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => {
		const start = Date.parse(on('10:00')) + index * 3_600_000;
		const line = { uuid: sim.state.uuid(), service: serviceId('cut'), staffer: staffId(index % 3 === 0 ? 'Maria' : 'Anna'), price: 200_000, minutes: 60, start };
		const ids = sim.state.ids();
		sim.state.bookings.set(ids.uuid, {
			...ids, location: sim.ids.location, customer: clientId, createdAt: sim.clock.now(), comment: '', lines: [line], canceled: index % 7 === 0, completed: false, paid: 0, cancelReason: null, internalNotes: '',
		});
		return ids.uuid;
	});
}

describe('streams of a location', () => {
	let branch: Branch;
	beforeEach(async () => {
		branch = await openBranch();
	});
	afterEach(() => branch.close());

	it('read everything once, cancelled visits too, and say that nothing is missing', async () => {
		for (let index = 0; index < 249; index += 1) branch.card('Гость', `+7916200${String(1000 + index)}`);
		const visits = populate(branch, 130);
		for (const [name, count] of [['clients', 250], ['visits', 130], ['services', 2], ['staff', 2], ['company', 1]] as const) {
			const pages = await pagesOf(branch, name);
			expect({ name, count: new Set(idsOf(pages)).size, all: idsOf(pages).length, exact: pages.every(({ exact }) => exact) }).toEqual({ name, count, all: count, exact: true });
		}
		expect(idsOf(await pagesOf(branch, 'visits')).sort()).toEqual([...visits].sort());
	});

	it('give each visit whole, with the person the vendor names nowhere in it', async () => {
		const [first, second] = populate(branch, 2);
		const records = (await pagesOf(branch, 'visits')).flatMap((page) => page.records);
		expect(records.find(({ id }) => id === first)?.data).toMatchObject({ is_canceled: true, staffer_uuid: branch.staffId('Maria'), customer: { uuid: branch.clientId }, policy: null, start_time: `${DAY}T07:00:00Z` });
		expect(records.find(({ id }) => id === second)?.data).toMatchObject({ is_canceled: false, staffer_uuid: branch.staffId('Anna'), ordered_services: [{ name: 'cut', quantity: 1 }] });
	});

	it('read all visits that begin in a window, and some by their ids', async () => {
		const visits = populate(branch, 72);
		const pages = await pagesOf(branch, 'visits', { from: on('12:00'), to: on('14:00') });
		expect(idsOf(pages)).toEqual(visits.slice(2, 4));
		expect(pages.map(({ exact }) => exact)).toEqual([true]);
		const [first = ''] = visits;
		const nobody = '00000000-0000-4000-8000-000000000000';
		expect(idsOf(await pagesOf(branch, 'visits', { ids: [first, nobody] }))).toEqual([first]);
		expect(idsOf(await pagesOf(branch, 'clients', { ids: [branch.clientId, nobody, 'x'] }))).toEqual([branch.clientId]);
		for await (const page of branch.crm.stream('staff', { ids: [first] })) expect(reasonOf(page)).toBe('unsupported');
	});

	it('give orders for goods as they come, and never as a whole', async () => {
		populate(branch, 1);
		const [page] = await pagesOf(branch, 'goods');
		expect(page).toMatchObject({ exact: false, records: [{ data: { total: 200_000, items: [{ name: 'cut', price: 200_000 }] } }] });
	});

	it('go on from a cursor, and refuse one of elsewhere and a stream the vendor has not', async () => {
		populate(branch, 130);
		const whole = await pagesOf(branch, 'visits');
		const rest = await pagesOf(branch, 'visits', { cursor: whole[0]?.cursor ?? '' });
		expect(idsOf(rest)).toEqual(idsOf(whole.slice(1)));
		expect(rest.map(({ exact }) => exact)).toEqual([false]);
		for await (const page of branch.crm.stream('visits', { cursor: 'elsewhere' })) expect(reasonOf(page)).toBe('invalid_request');
		for await (const page of branch.crm.stream('schedules', {})) expect(reasonOf(page)).toBe('unsupported');
	});

	it('end with a failure instead of a short list', async () => {
		populate(branch, 130);
		branch.sim.faults.add(failing(500), { path: /\/bookings$/, skip: 3, times: Infinity });
		const kinds: string[] = [];
		for await (const page of branch.crm.stream('visits', {})) kinds.push(page.kind);
		expect(kinds).toEqual(['ok', 'unavailable']);
	});

	it('say that the last page is not exact when it brings fewer than were counted', async () => {
		for (let index = 0; index < 120; index += 1) branch.card('Гость', `+7916200${String(1000 + index)}`);
		const shorter = replaced('shorter', (right) => {
			const body = JSON.parse(right.body) as { readonly data: readonly unknown[] };
			return { ...right, body: JSON.stringify({ ...body, data: body.data.slice(1) }) };
		});
		branch.sim.faults.add(shorter, { path: /\/customers$/, skip: 1 });
		expect((await pagesOf(branch, 'clients')).map(({ exact }) => exact)).toEqual([true, false]);
	});

	it('give the one location for the company', async () => {
		furnish(branch.sim.state, { zone: 'Europe/Moscow', stepMinutes: 30, hours: { from: '10:00', to: '19:00' }, services: [], staff: [] }, 'South');
		expect(idsOf(await pagesOf(branch, 'company'))).toEqual([branch.sim.ids.location]);
	});

	it('say that a page is not exact when the list moved under it', async () => {
		for (let index = 0; index < 120; index += 1) branch.card('Гость', `+7916200${String(1000 + index)}`);
		const pages: StreamPage[] = [];
		for await (const page of branch.crm.stream('clients', {})) {
			pages.push(valueOf(page));
			if (pages.length === 1) branch.card('Новая', '+79265556677');
		}
		expect(pages.map(({ exact }) => exact)).toEqual([true, false]);
	});
});
