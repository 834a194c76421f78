import { runSync, type RunItem } from '../../../nodes/CrmSync/run';
import type { SyncContext } from '../../../nodes/CrmSync/context';
import { type CrmDouble, createCrmDouble, fill, visit } from './double';
import { describeEngines } from '../../support/engines';

jest.setTimeout(60_000);

describe('the item of CRM Sync', () => {
	describeEngines((dialect, engine) => {
		async function item(double: CrmDouble, kind: 'full' | 'incremental', stops = false): Promise<RunItem> {
			const store = await engine.open();
			const { crm, reader } = double;
			const context = {
				tenant: `item ${dialect}`, opened: { store }, signal: undefined, executionEndsAt: null, log: () => undefined,
				account: async () => ({ vendor: 'double', name: 'Double', crm, reader, requests: () => 0 }),
			} as unknown as SyncContext;
			const controller = new AbortController();
			if (stops) double.beforePage = (name) => void (name === 'clients' && controller.abort());
			const options = { timeLimitMs: 600_000, maxChanges: 0, lookbackMs: undefined, skipFreshMs: undefined };
			return runSync({ ...context, signal: controller.signal }, { operation: 'syncNow', kind, streams: stops ? ['visits', 'clients'] : undefined, options });
		}

		it('says what a list has to say that was read, whatever the run ended as', async () => {
			const double = createCrmDouble({ pageSize: 50 });
			fill(double);
			for (let index = 0; index < 100; index += 1) double.put('visits', visit(`x${index}`, '1'));
			expect(await item(double, 'full')).toMatchObject({ status: 'done', message: null });
			for (let index = 0; index < 60; index += 1) double.remove('visits', `x${index}`);
			expect(await item(double, 'full')).toMatchObject({ status: 'done', message: expect.stringMatching(/^visits: .*nothing was deleted/) });
			for (let index = 100; index < 200; index += 1) double.put('clients', { entity: 'client', id: `c${index}`, extra: {} });
			expect(await item(double, 'full', true)).toMatchObject({ status: 'stopped', message: expect.stringMatching(/goes on where this one stopped\. visits: .*nothing was deleted/) });
		});
	});
});
