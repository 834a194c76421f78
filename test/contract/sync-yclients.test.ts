import type { SyncKind, SyncReport } from '../../core/sync';
import { sql } from 'kysely';
import { describeEngines } from '../support/engines';
import { valueOf } from './support/bench';
import { BACKGROUND_SHARE, floorSeconds, openSyncBranch, type SyncBranch } from './support/sync-branch';

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
				process.stdout.write(`sync of 10,000 clients: ${requests} requests, ${seconds.toFixed(0)} s; the floor of the share is ${floorSeconds(requests, BACKGROUND_SHARE).toFixed(0)} s, of the whole limit ${floorSeconds(requests, 1).toFixed(0)} s\n`);
				expect(requests).toBeLessThanOrEqual(320);
				expect(seconds).toBeLessThanOrEqual(1.15 * floorSeconds(requests, BACKGROUND_SHARE));
				expect(branch.limited()).toBe(0);
				const clients = await sql<{ n: number; s: number }>`select count(*) as n, sum(total_spent) as s from ${sql.table('sync_client')} where tenant = ${branch.tenant} and money_mismatch = 0`.execute(store.db);
				expect(Number(clients.rows[0]?.n)).toBe(10_000);
			} finally {
				await branch.close();
			}
		}, 600_000);
	}, ['sqlite']);
});
