import type { StreamName, StreamPage, StreamWindow } from '../../../core/booking';
import { failing } from '../../contract/simulators/kit';
import { valueOf } from '../../contract/support/bench';
import { type Base, openBase } from '../../contract/support/onec-base';
import { DAY, VENDOR_SALON } from '../../contract/support/vendor-bench';

const CLIENTS = 450;
/** More than a hundred pages. */
const LONG = 20_300;
const SET = 'Catalog_Контрагенты';

let base: Base;
afterEach(() => base.close());
const open = async (configuration: 'salon' | 'clinic' | 'vet' = 'salon'): Promise<void> => {
	base = await openBase(VENDOR_SALON, { configuration });
	if (configuration === 'salon') for (let index = 0; index < CLIENTS; index += 1) base.sim.state.add(SET, { Description: `Клиент ${index}`, ИНН: '770000000000' });
};
async function pagesOf(name: StreamName, window: StreamWindow = {}, each: (page: StreamPage) => void = () => undefined): Promise<readonly StreamPage[]> {
	const pages: StreamPage[] = [];
	for await (const page of base.crm.stream(name, window)) {
		pages.push(valueOf(page));
		each(valueOf(page));
	}
	return pages;
}
const idsOf = (pages: readonly StreamPage[]): string[] => pages.flatMap(({ records }) => records.map(({ id }) => id));

describe('streams of a base', () => {
	it('read everything once in pages of a stable order, every field kept, groups left out', async () => {
		await open();
		base.sim.state.add(SET, { Description: 'Группа', IsFolder: true });
		const pages = await pagesOf('clients');
		expect(pages).toHaveLength(3);
		expect(pages.map(({ exact }) => exact)).toEqual([true, true, true]);
		expect(new Set(idsOf(pages)).size).toBe(CLIENTS);
		expect(idsOf(pages)).toHaveLength(CLIENTS);
		expect(pages[0]?.records[0]?.data).toMatchObject({ DataVersion: expect.any(String) as string, ИНН: '770000000000', КонтактнаяИнформация: [] });
		expect(pages.at(-1)?.cursor).toBeNull();
	});

	it('read a list that is longer than any that is held whole', async () => {
		await open();
		const rows = Array.from({ length: LONG }, (_unused, index) => ({ Ref_Key: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, DataVersion: 'AAAA', DeletionMark: false, Description: `Клиент ${index}` }));
		// answered here: the simulator would sort them all for every page
		const crm = base.adapter({
			wrap: (port) => ({
				async exchange(request) {
					const { pathname, searchParams } = new URL(request.url);
					if (!decodeURIComponent(pathname).endsWith(SET)) return port.exchange(request);
					const skip = Number(searchParams.get('$skip') ?? 0);
					return { kind: 'answered', status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ value: rows.slice(skip, skip + Number(searchParams.get('$top'))) })) };
				},
			}),
		});
		const ids = new Set<string>();
		for await (const page of crm.stream('clients', {})) for (const { id } of valueOf(page).records) ids.add(id);
		expect(ids.size).toBe(LONG);
	});

	it('go on from a cursor, and refuse one that is not theirs', async () => {
		await open();
		const whole = await pagesOf('clients');
		const rest = await pagesOf('clients', { cursor: whole[0]?.cursor ?? '' });
		expect(idsOf(rest)).toEqual(idsOf(whole.slice(1)));
		expect(rest.every(({ exact }) => !exact)).toBe(true);
		for await (const page of base.crm.stream('clients', { cursor: '200' })) expect(page).toMatchObject({ kind: 'refused', reason: 'invalid_request' });
	});

	it('say that a page is not exact when the list moved under it', async () => {
		await open();
		let isMoved = false;
		const pages = await pagesOf('clients', {}, () => {
			if (isMoved) return;
			isMoved = true;
			base.sim.state.add(SET, { Ref_Key: '00000000-0000-0000-0000-000000000001', Description: 'Новая' });
		});
		expect(pages.map(({ exact }) => exact)).toEqual([true, false, false]);
		expect(idsOf(pages)).toEqual([...new Set(idsOf(pages))]);
	});

	it('give visits by the time they begin, marked ones too', async () => {
		await open();
		const add = (Date: string, more: object = {}): string => String(base.sim.state.add('Document_Событие', { Date, Врач_Key: base.staffId('Anna'), ...more }).Ref_Key);
		add('2026-11-23T12:00:00');
		const inside = [add(`${DAY}T00:00:00`), add(`${DAY}T23:59:00`, { DeletionMark: true })];
		add('2026-11-25T00:00:00');
		const window = { from: `${DAY}T00:00:00+03:00`, to: '2026-11-25T00:00:00+03:00' };
		expect(idsOf(await pagesOf('visits', window)).sort()).toEqual(inside.sort());
		expect(idsOf(await pagesOf('visits'))).toHaveLength(4);
	});

	it('end with a failure instead of a short list', async () => {
		await open();
		base.sim.faults.add(failing(500), { path: /Контрагенты$/, skip: 1, times: Infinity });
		const kinds: string[] = [];
		for await (const page of base.crm.stream('clients', {})) kinds.push(page.kind);
		expect(kinds).toEqual(['ok', 'unavailable']);
	});

	it.each(['clinic', 'vet'] as const)('give the schedules of a %s row by row', async (configuration) => {
		await open(configuration);
		const window = { from: `${DAY}T00:00:00+03:00`, to: '2026-11-26T00:00:00+03:00' };
		const pages = await pagesOf('schedules', window);
		expect(new Set(idsOf(pages)).size).toBe(4);
		expect(idsOf(pages).every((id) => id.includes(':2026-11-2'))).toBe(true);
	});

	it('are those the mapping has', async () => {
		await open();
		expect(base.crm.capabilities.streams).toEqual(['company', 'services', 'staff', 'clients', 'visits']);
		for await (const page of base.crm.stream('goods', {})) expect(page).toMatchObject({ kind: 'refused', reason: 'unsupported' });
	});
});
