import type { StreamName, StreamPage, StreamWindow } from '../../../core/booking';
import { createYclientsReader, RATE_WINDOWS } from '../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { failing, throttled } from '../../contract/simulators/kit';
import { populate } from '../../contract/simulators/yclients';
import { type Branch, DAY, openBranch, PHONE, valueOf } from '../../contract/support/yclients-branch';
import { COMPANY } from '../sync/double';

const PAST = { clients: 450, visits: 900, sales: 120, until: '2026-11-19', days: 200 };

async function pagesOf(branch: Branch, name: StreamName, window: StreamWindow = {}): Promise<readonly StreamPage[]> {
	const pages: StreamPage[] = [];
	for await (const page of branch.crm.stream(name, window)) pages.push(valueOf(page));
	return pages;
}
const idsOf = (pages: readonly StreamPage[]): string[] => pages.flatMap(({ records }) => records.map(({ id }) => id));

describe('streams of a branch', () => {
	let branch: Branch;
	afterEach(() => branch.close());

	it('read everything once, and say that nothing is missing', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, PAST);
		for (const [name, count] of [['clients', 451], ['visits', 900], ['goods', 120]] as const) {
			const pages = await pagesOf(branch, name);
			expect({ name, count: new Set(idsOf(pages)).size, all: idsOf(pages).length }).toEqual({ name, count, all: count });
			if (name !== 'goods') expect(pages.map(({ exact }) => exact)).toEqual(pages.map(() => true));
		}
		const deleted = (await pagesOf(branch, 'visits')).flatMap(({ records }) => records).filter(({ data }) => data.deleted === true);
		expect(deleted).toHaveLength([...branch.sim.state.records.values()].filter((record) => record.deleted).length);
	});

	it('keep every field as the vendor gave it', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, { ...PAST, clients: 3, visits: 3, sales: 1 });
		const [visit] = (await pagesOf(branch, 'visits'))[0]?.records ?? [];
		expect(visit?.data).toMatchObject({ visit_id: expect.any(String), goods_transactions: expect.any(Array), documents: expect.any(Array), custom_fields: [] });
		const [sale] = (await pagesOf(branch, 'goods'))[0]?.records ?? [];
		expect(sale?.data).toMatchObject({ type_id: 1, cost: expect.any(String), supplier: [] });
	});

	it('are visits of their own when the vendor names no visit', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, { ...PAST, clients: 3, visits: 3, sales: 1 });
		const [record] = (await pagesOf(branch, 'visits'))[0]?.records ?? [];
		if (record === undefined) throw new Error('no record');
		const visitOf = (visitId: unknown): unknown => {
			const reading = createYclientsReader().read('visits', { id: record.id, data: { ...record.data, visit_id: visitId } }, COMPANY);
			return reading.kind === 'row' && reading.row.entity === 'visit' ? reading.row.visitId : reading;
		};
		expect([visitOf('17'), visitOf(17)]).toEqual(['17', '17']);
		for (const none of [0, '0', null, undefined]) expect(visitOf(none)).toBe(record.id);
	});

	it('go on from a cursor', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, PAST);
		const whole = await pagesOf(branch, 'visits');
		const cursor = whole[1]?.cursor ?? undefined;
		expect(idsOf(await pagesOf(branch, 'visits', { cursor }))).toEqual(idsOf(whole.slice(2)));
		const [wrong] = [branch.crm.stream('visits', { cursor: 'elsewhere' })];
		for await (const page of wrong ?? []) expect(page).toMatchObject({ kind: 'refused', reason: 'invalid_request' });
	});

	it('read what changed since a moment', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, { ...PAST, visits: 50 });
		branch.sim.clock.advance(3_600_000);
		const visit = valueOf(await branch.crm.createAppointment({ clientId: branch.clientId, serviceIds: [branch.salon.serviceId('cut')], staffId: branch.salon.staffId('Anna'), start: `${DAY}T12:00:00+03:00` }, 'k'));
		expect(idsOf(await pagesOf(branch, 'visits', { from: branch.sim.clock.instant() }))).toEqual([visit.id]);
	});

	it('end with a failure instead of a short list', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, PAST);
		branch.sim.faults.add(failing(500), { path: /\/records\//, skip: 2, times: Infinity });
		const kinds: string[] = [];
		for await (const page of branch.crm.stream('visits', {})) kinds.push(page.kind);
		expect(kinds).toEqual(['ok', 'ok', 'unavailable']);
	});

	it('send nothing more once nobody reads them', async () => {
		let hasLeft = false;
		const sent = (): number => branch.events.filter(({ call }) => call === 'records').length;
		// whatever is asked after the first page stands in line until the reader has left
		branch = await openBranch({ limiter: () => ({ take: () => Promise.resolve(hasLeft || sent() === 0 ? { kind: 'granted', at: 0 } : { kind: 'wait', ms: 1 }), refused: () => Promise.resolve() }) });
		populate(branch.sim, branch.salon, PAST);
		for await (const page of branch.crm.stream('visits', {})) {
			expect(valueOf(page).cursor).toBe('page 2');
			break;
		}
		hasLeft = true;
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(sent()).toBe(1);
	});

	it('says that a page is not exact when the list moved under it', async () => {
		branch = await openBranch();
		populate(branch.sim, branch.salon, PAST);
		const pages: StreamPage[] = [];
		for await (const page of branch.crm.stream('clients', {})) {
			pages.push(valueOf(page));
			if (pages.length === 1) branch.sim.state.addClient(branch.salon.company.id, { name: 'Новая', phone: '79265556677' }, branch.sim.clock.now());
		}
		expect(pages.at(-1)?.exact).toBe(false);
	});
});

describe('the limit of an address', () => {
	let branch: Branch;
	afterEach(() => branch.close());

	it('is kept: a vendor that counts refuses nothing, while a sync and dialogues run together', async () => {
		branch = await openBranch({ simulator: { limits: true }, sharedTime: true, limiter: (clock) => createMemoryLimiter({ windows: RATE_WINDOWS, clock: clock.now }) });
		populate(branch.sim, branch.salon, { ...PAST, clients: 2000, visits: 2000 });
		const sync = async (): Promise<number> => idsOf([...(await pagesOf(branch, 'clients')), ...(await pagesOf(branch, 'visits'))]).length;
		const talk = async (): Promise<void> => {
			for (let index = 0; index < 30; index += 1) expect(valueOf(await branch.crm.findClient(PHONE))).toHaveLength(1);
		};
		const [rows] = await Promise.all([sync(), talk()]);
		expect(rows).toBe(4001);
		expect(branch.sim.requests.all.filter(({ limited }) => limited)).toEqual([]);
	});

	it.each(['429', '200-success-false'] as const)('is heard in a storm of refusals (%s): answers come late, never empty', async (throttleStyle) => {
		branch = await openBranch({ simulator: { switches: { throttleStyle } } });
		branch.sim.faults.add(throttled(), { path: /\/clients\/search/, times: 3 });
		expect(valueOf(await branch.crm.findClient(PHONE))).toHaveLength(1);
		branch.sim.faults.add(throttled(), { times: Infinity });
		expect((await branch.crm.findClient(PHONE)).kind).toBe('unavailable');
		expect((await branch.crm.slots({ serviceIds: [branch.salon.serviceId('cut')], from: DAY, to: DAY })).kind).toBe('unavailable');
		expect(branch.events.some(({ result }) => result === 'throttled')).toBe(true);
	});
});
