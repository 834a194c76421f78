import { ok, refused, type StreamName, unavailable } from '../../../core/booking';
import { createSync, type StreamReport, type SyncOrder } from '../../../core/sync';
import { valueOf } from '../../contract/support/bench';
import { describeEngines } from '../../support/engines';
import { benchesOf, HOUR } from './bench';
import { client, T0, visit } from './double';
import { stateOf } from './state';

jest.setTimeout(60_000);

describe('the sync, when something goes wrong', () => {
	describeEngines((_dialect, engine) => {
		const open = benchesOf(engine);

		it('goes on with the other streams when one fails, and where it stopped when it can be read again', async () => {
			const bench = await open({ pageSize: 2 });
			bench.double.beforePage = (name, page) => (name === 'clients' && page === 3 ? unavailable('down') : undefined);
			expect(await bench.run()).toMatchObject({ clients: { status: 'failed', message: 'down', rows: 4 }, visits: { status: 'done' } });
			bench.double.beforePage = () => undefined;
			bench.double.asked.length = 0;
			expect(await bench.run()).toMatchObject({ clients: { status: 'done' } });
			// the latest page again, to see that the list stood still
			expect(bench.double.asked.find(({ name }) => name === 'clients')?.window).toEqual({ cursor: '2', lane: 'full' });
		});

		it.each([true, false])('begins anew when the list moved between two runs, whether the CRM counts or not (%s)', async (counts) => {
			const bench = await open({ pageSize: 2, counts });
			bench.double.beforePage = (name, page) => (name === 'clients' && page === 3 ? unavailable('down') : undefined);
			await bench.run();
			bench.double.beforePage = () => undefined;
			// more than a page: from the cursor on, the fifth would never be seen
			for (const id of ['1', '2', '3']) bench.double.remove('clients', id);
			for (const id of ['7', '8', '9']) bench.double.put('clients', client(id));
			await bench.run();
			const ids = await bench.store.db.selectFrom('sync_client').select('id').where('tenant', '=', bench.tenant).orderBy('id').execute();
			expect(ids.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '7', '8', '9']);
			expect(bench.double.asked.filter(({ name }) => name === 'clients').map(({ window }) => window.cursor)).toEqual([undefined, '2', undefined]);
		});

		it('loses nobody when a card goes while the list is read', async () => {
			const bench = await open({ pageSize: 2 });
			await bench.run();
			bench.double.put('clients', client('3', { name: 'Третья', changedAt: new Date(bench.now).toISOString() }));
			let once = false;
			bench.double.beforePage = (name, page) => {
				if (name !== 'clients' || page !== 2 || once) return;
				once = true;
				bench.double.remove('clients', '1');
			};
			await bench.run();
			expect(await bench.client('3')).toMatchObject({ name: 'Третья', missing_since: null });
			expect(await bench.client('1')).toMatchObject({ deleted_at: null });
		});

		it.each(['full', 'incremental'] as const)('takes no empty page for the end of what was counted: %s', async (kind) => {
			const bench = await open({ pageSize: 2 });
			await bench.run();
			for (const id of ['1', '2', '3']) bench.double.put('clients', client(id, { name: `Новое имя ${id}`, changedAt: new Date(bench.now).toISOString() }));
			const bound = async (): Promise<unknown> => (await bench.sync.book.streams()).find(({ stream }) => stream === 'clients')?.changed_to;
			const before = await bound();
			bench.double.beforePage = (name, page) => (name === 'clients' && page === 2 ? ok({ records: [], cursor: null, exact: false, total: kind === 'full' ? 5 : 3 }) : undefined);
			expect((await bench.run({ kind, streams: ['clients'] })).clients?.status).toBe(kind === 'full' ? 'done' : 'failed');
			expect(await bound()).toBe(before);
			expect(await bench.client('3')).toMatchObject({ name: 'Клиент 3', missing_since: null });
			bench.double.beforePage = () => undefined;
			bench.now += HOUR;
			await bench.run({ kind: 'incremental', streams: ['clients'] });
			expect(await bench.client('3')).toMatchObject({ name: 'Новое имя 3' });
		});

		it('takes no empty page for the end of what was counted, and does not go on into the past: backfill', async () => {
			const bench = await open({ pageSize: 2 });
			const order = { kind: 'backfill', streams: ['visits'], since: new Date(T0 - 25 * 24 * HOUR).toISOString() } as const;
			const stream = async (): Promise<unknown> => (await bench.sync.book.streams())[0];
			bench.double.beforePage = (_name, page) => (page === 2 ? ok({ records: [], cursor: null, exact: false, total: 5 }) : undefined);
			expect((await bench.run(order)).visits).toMatchObject({ status: 'failed', inserted: 2 });
			expect(await stream()).toMatchObject({ backfilled_to: null, last_error: 'fewer_than_counted' });
			bench.double.beforePage = () => undefined;
			expect((await bench.run(order)).visits).toMatchObject({ status: 'done', inserted: 3 });
			expect(await stream()).toMatchObject({ backfilled_to: order.since, last_error: null });
		});

		it('loses no visit that slips between two pages when another leaves the window of a backfill', async () => {
			const bench = await open({ pageSize: 2 });
			let once = false;
			bench.double.beforePage = (_name, page) => {
				if (page !== 2 || once) return;
				once = true;
				// what is changed just now is no change of the past any more: the list moves up
				bench.double.put('visits', visit('v1', '1', { changedAt: new Date(bench.now + HOUR).toISOString() }));
			};
			expect((await bench.run({ kind: 'backfill', streams: ['visits'], since: new Date(T0 - 25 * 24 * HOUR).toISOString() })).visits).toMatchObject({ status: 'done' });
			const ids = await bench.store.db.selectFrom('sync_visit').select('id').where('tenant', '=', bench.tenant).orderBy('id').execute();
			expect(ids.map(({ id }) => id)).toEqual(['v1', 'v2', 'v3', 'v4', 'v5']);
		});

		it('asks again for the totals of clients whom an answer left out', async () => {
			const bench = await open();
			await bench.run();
			const changedAt = new Date(bench.now).toISOString();
			for (const id of ['1', '2']) {
				bench.double.put('visits', visit(`v${id}`, id, { comment: 'перенос', changedAt }));
				bench.double.put('clients', client(id, { totalSpent: 200_000 }));
			}
			bench.double.beforePage = (name) => (name === 'clients' && bench.double.asked.at(-1)?.window.ids !== undefined ? ok({ records: [], cursor: null, exact: false, total: 2 }) : undefined);
			await bench.run({ kind: 'incremental', streams: ['visits', 'clients'] });
			expect(await bench.client('1')).toMatchObject({ total_spent: 100_000 });
			bench.double.beforePage = () => undefined;
			await bench.run({ kind: 'incremental', streams: ['visits', 'clients'] });
			for (const id of ['1', '2']) expect(await bench.client(id)).toMatchObject({ total_spent: 200_000 });
		});

		it.each([['full', 5], ['incremental', 1]] as const)('lets one run at a time read a stream, and refuses the pages of one whose lease has passed: %s', async (kind, inserted) => {
			const bench = await open({ pageSize: 2 });
			if (kind === 'incremental') {
				await bench.run();
				bench.double.put('clients', client('6', { changedAt: new Date(bench.now).toISOString() }));
			}
			let second: Readonly<Record<string, StreamReport>> | null = null;
			let reentered = false;
			let late: StreamReport[] = [];
			const other = createSync({ store: bench.store, crm: bench.double.crm, reader: bench.double.reader, tenant: bench.tenant, clock: () => bench.now });
			const order: SyncOrder = { kind, streams: ['clients'] };
			const crm = {
				...bench.double.crm,
				stream: async function* (name: StreamName, window: object) {
					for await (const page of bench.double.crm.stream(name, window)) {
						if (!reentered) {
							reentered = true;
							second = Object.fromEntries(valueOf(await other.run(order)).streams.map((report) => [report.stream, report]));
							bench.now += HOUR;
							late = [...valueOf(await other.run(order)).streams];
						}
						yield page;
					}
				},
			};
			const slow = createSync({ store: bench.store, crm, reader: bench.double.reader, tenant: bench.tenant, clock: () => bench.now });
			const first = valueOf(await slow.run(order));
			expect(second).toMatchObject({ clients: { status: 'busy' } });
			expect(late).toMatchObject([{ status: 'done', inserted }]);
			expect(first.streams).toMatchObject([{ status: 'busy', rows: 0 }]);
		});

		it.each(['signal', 'stopAt'] as const)('stops between two pages by %s and ends as one run', async (by) => {
			const [bench, whole] = [await open({ pageSize: 2 }), await open({ pageSize: 2 })];
			await whole.run();
			const controller = new AbortController();
			bench.double.beforePage = (name, page) => {
				if (name !== 'clients' || page !== 2) return;
				if (by === 'signal') controller.abort();
				else bench.now += 2 * HOUR;
			};
			const order = by === 'signal' ? { signal: controller.signal } : { stopAt: T0 + HOUR };
			expect(await bench.run({ ...order, streams: ['clients'] })).toMatchObject({ clients: { status: 'stopped' } });
			bench.double.beforePage = () => undefined;
			await bench.run();
			expect(await stateOf(bench.store, bench.tenant)).toEqual(await stateOf(whole.store, whole.tenant));
		});

		it('puts a record it cannot read aside and forgets it when it can', async () => {
			const bench = await open();
			bench.double.put('clients', { ...client('9'), bad: true } as never);
			expect(await bench.run()).toMatchObject({ clients: { status: 'done', rejected: 1, inserted: 5 } });
			const rejects = (): Promise<unknown> => bench.store.db.selectFrom('sync_reject').select(['stream', 'id', 'reason']).where('tenant', '=', bench.tenant).execute();
			expect(await rejects()).toEqual([{ stream: 'clients', id: '9', reason: 'bad' }]);
			bench.double.put('clients', client('9'));
			await bench.run();
			expect(await rejects()).toEqual([]);
		});

		it('fails a run that rejects more than one in a hundred, and does not move on', async () => {
			const bench = await open();
			await bench.run();
			const before = await bench.sync.book.streams();
			for (let index = 20; index < 25; index += 1) bench.double.put('visits', { ...visit(`v${index}`, '1', { changedAt: new Date(bench.now).toISOString() }), bad: true } as never);
			expect(await bench.run({ kind: 'incremental' })).toMatchObject({ visits: { status: 'failed' }, clients: { status: 'done' } });
			expect(await bench.run()).toMatchObject({ visits: { status: 'failed' } });
			const of = (streams: typeof before): unknown => streams.filter(({ stream }) => stream === 'visits').map(({ changed_to: to, full_at: at }) => ({ to, at }));
			expect(of(await bench.sync.book.streams())).toEqual(of(before));
			expect(await bench.sync.book.streams()).toContainEqual(expect.objectContaining({ stream: 'visits', last_error: 'too_many_rejects' }));
		});

		it('asks no further with a credential that is no good', async () => {
			const bench = await open({ pageSize: 1 });
			bench.double.beforePage = (name) => (name === 'staff' ? refused('credential_invalid', 'Renew it.') : undefined);
			const reports = await bench.run();
			expect(reports).toMatchObject({ staff: { status: 'refused', message: 'Renew it.' }, clients: { status: 'stopped' }, visits: { status: 'stopped' } });
			expect(await bench.sync.book.streams()).toContainEqual(expect.objectContaining({ stream: 'staff', last_error: 'refused' }));
		});

		it('does without a list that the CRM has not, or the account may not see', async () => {
			const bench = await open();
			bench.double.beforePage = (name) => (name === 'goods' ? refused('unsupported', 'No goods.') : name === 'schedules' ? refused('not_allowed', 'No right.') : undefined);
			expect(await bench.run()).toMatchObject({ goods: { status: 'unsupported', message: 'No goods.' }, schedules: { status: 'refused' }, clients: { status: 'done' }, visits: { status: 'done' } });
			// with no sales to compare it with, the rest is what the CRM says it is
			expect(await bench.client('1')).toMatchObject({ goods_amount: 50_000, money_mismatch: 0 });
		});

		it('keeps branches apart', async () => {
			const [one, two] = [await open(), await open()];
			await one.run();
			two.double.rows.get('clients')?.clear();
			await two.run();
			expect(await one.client('1')).toMatchObject({ name: 'Клиент 1' });
			await expect(two.client('1')).rejects.toThrow();
		});

		it('believes no empty schedule', async () => {
			const bench = await open();
			await bench.run();
			bench.double.rows.get('schedules')?.clear();
			expect(await bench.run()).toMatchObject({ schedules: { status: 'done', deleted: 0, message: expect.stringContaining('nothing was deleted') } });
		});

		it('shows its progress without a person', async () => {
			const bench = await open({ pageSize: 2 });
			const seen: string[] = [];
			await bench.run({ onProgress: (progress) => seen.push(JSON.stringify(progress)) });
			const rows = await bench.sync.book.latest(50);
			expect(rows.find(({ stream }) => stream === 'clients')).toMatchObject({ status: 'done', pages: 3, rows_in: 5, total: 5 });
			expect(seen.length).toBe(13);
			expect(`${JSON.stringify(rows)} ${seen.join(' ')}`).not.toMatch(/\+7916|Клиент/);
		});
	});
});
