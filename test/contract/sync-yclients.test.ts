import { sql } from 'kysely';
import type { SyncKind, SyncReport } from '../../core/sync';
import type { HttpPort } from '../../core/crm/http';
import { describeEngines } from '../support/engines';
import { killPoints, newLot, SEED } from '../unit/sync/lots';
import { Killed, killable, stateOf } from '../unit/sync/state';
import { valueOf } from './support/bench';
import { floorSeconds, openSyncBranch, OWN_SHARE, type SyncBranch } from './support/sync-branch';

async function run(branch: SyncBranch, kind: SyncKind): Promise<SyncReport> {
	const report = valueOf(await branch.sync.run({ kind }));
	expect({ status: report.status, streams: report.streams.map(({ stream, status, message }) => [stream, status, message]) }).toEqual({ status: 'done', streams: report.streams.map(({ stream }) => [stream, 'done', null]) });
	return report;
}

const changed = ({ streams }: SyncReport): number => streams.reduce((sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted, 0);

describe('the copy of a YCLIENTS branch at the vendor’s limits, half a second a request', () => {
	describeEngines((_dialect, engine) => {
		it('of 1,097 clients and 4,000 visits takes forty requests at most; again it changes nothing', async () => {
			const store = await engine.open();
			const branch = await openSyncBranch(store, { clients: 1097, visits: 4000, sales: 300 });
			try {
				const first = await run(branch, 'full');
				const requests = branch.requests();
				expect(requests).toBeLessThanOrEqual(40);
				expect(Object.fromEntries(first.streams.map(({ stream, rows }) => [stream, rows]))).toMatchObject({ company: 1, services: 2, staff: 2, clients: 1097, visits: 4000, goods: 300 });
				const second = await run(branch, 'full');
				expect(changed(second)).toBe(0);
				branch.requests();
				const tick = await run(branch, 'incremental');
				expect(changed(tick)).toBe(0);
				expect(branch.limited()).toBe(0);
				process.stdout.write(`sync of 1,097 clients: ${requests} requests\n`);
			} finally {
				await branch.close();
			}
		}, 300_000);
	});

	describeEngines((_dialect, engine) => {
		it('of 10,000 clients and 36,500 visits takes 320 requests at most, in 1.15 of the time that the limit allows', async () => {
			const store = await engine.open();
			const branch = await openSyncBranch(store, { clients: 10_000, visits: 36_500, sales: 4000 });
			try {
				const began = branch.sim.clock.now();
				await run(branch, 'full');
				const seconds = (branch.sim.clock.now() - began) / 1000;
				const requests = branch.requests();
				process.stdout.write(`sync of 10,000 clients: ${requests} requests, ${seconds.toFixed(0)} s; the floor of four fifths of the limit is ${floorSeconds(requests, OWN_SHARE).toFixed(0)} s, of the whole limit ${floorSeconds(requests, 1).toFixed(0)} s\n`);
				expect(requests).toBeLessThanOrEqual(320);
				expect(seconds).toBeLessThanOrEqual(1.15 * floorSeconds(requests, OWN_SHARE));
				expect(branch.limited()).toBe(0);
				const clients = await sql<{ n: number; s: number }>`select count(*) as n, sum(total_spent) as s from ${sql.table('sync_client')} where tenant = ${branch.tenant} and money_mismatch = 0`.execute(store.db);
				expect(Number(clients.rows[0]?.n)).toBe(10_000);
			} finally {
				await branch.close();
			}
		}, 600_000);
	}, ['sqlite']);

	describeEngines((dialect, engine) => {
		it('costs five requests a tick, and the tick brings what a full run would', async () => {
			const store = await engine.open();
			const branch = await openSyncBranch(store, { clients: 120, visits: 260, sales: 30 });
			try {
				await run(branch, 'full');
				const { sim, salon } = branch;
				sim.clock.advance(3_600_000);
				const changedAt = sim.clock.now();
				const records = [...sim.state.records.values()].filter(({ deleted, attendance }) => !deleted && attendance === 1).slice(0, 3);
				for (const record of records) Object.assign(record, { attendance: -1, changedAt });
				Object.assign([...sim.state.clients.values()][5] ?? {}, { name: 'Новое имя', birthDate: '1990-05-17', changedAt });
				sim.state.addClient(salon.company.id, { name: 'Вера', phone: '79261119999' }, changedAt);
				sim.state.version += 1;
				sim.clock.advance(900_000);
				branch.requests();
				const tick = await branch.another().run({ kind: 'incremental', streams: ['visits', 'clients', 'goods'] });
				const requests = branch.requests();
				expect(valueOf(tick).status).toBe('done');
				expect(requests).toBeLessThanOrEqual(5);
				expect(await store.db.selectFrom('sync_client').select(['name', 'birthday']).where('tenant', '=', branch.tenant).where('name', '=', 'Новое имя').execute()).toEqual([{ name: 'Новое имя', birthday: '1990-05-17' }]);
				// nothing is left for a full run to find: totals, sums and marks are the tick's
				expect(changed(await run(branch, 'full'))).toBe(0);
				expect(await store.db.selectFrom('sync_client').select('id').where('tenant', '=', branch.tenant).where('money_mismatch', '=', 1).execute()).toEqual([]);
				process.stdout.write(`a tick on ${dialect}: ${requests} requests\n`);
			} finally {
				await branch.close();
			}
		}, 120_000);

		it('ends alike wherever the process was killed between two requests', async () => {
			const store = await engine.open();
			const branch = await openSyncBranch(store, { clients: 410, visits: 420, sales: 110 });
			try {
				const clean = branch.another(undefined, undefined, 'clean');
				branch.requests();
				expect(valueOf(await clean.run({ kind: 'full' })).status).toBe('done');
				const requests = branch.requests();
				const expected = await stateOf(store, 'clean');
				for (const at of killPoints(requests, dialect === 'sqlite' ? 5 : 2, newLot())) {
					const tenant = `killed ${at}`;
					const process = killable(store, at, 'others');
					const wrap = (port: HttpPort): HttpPort => ({ exchange: (request) => (process.step(), port.exchange(request)) });
					await expect(branch.another(wrap, process.store, tenant).run({ kind: 'full' })).rejects.toThrow(Killed);
					branch.sim.clock.advance(600_000);
					expect(valueOf(await branch.another(undefined, store, tenant).run({ kind: 'full', freshAfter: '2026-11-20T00:00:00Z' })).status).toBe('done');
					expect({ seed: SEED, at, state: await stateOf(store, tenant) }).toEqual({ seed: SEED, at, state: expected });
				}
				process.stdout.write(`a branch of ${requests} requests, ${dialect}: killed between them, seed ${SEED}\n`);
			} finally {
				await branch.close();
			}
		}, 3_600_000);
	});
});
