import type { Store } from '../../../../core/store';
import { noteWanted } from '../../../../core/whatsapp/session/records';
import { parseSettings } from '../../../../core/whatsapp/session/settings';
import { TEMPO } from '../../../../core/whatsapp/session/tempo';
import { describeEngines } from '../../../support/engines';
import { becomes, KEY, type ProcessOptions, SessionBench, until } from './bench';

jest.setTimeout(90_000);

describe('what is noted for a session host', () => {
	let bench: SessionBench;
	beforeAll(async () => {
		bench = await SessionBench.start();
	});
	afterAll(async () => await bench.close());

	describeEngines((_dialect, engine) => {
		let store: Store;
		let later = 0;
		const row = async () => await store.db.selectFrom('wa_session').select(['desired', 'settings']).executeTakeFirstOrThrow();
		const none: ProcessOptions = { role: 'none', environment: { clock: () => Date.now() + later } };

		beforeEach(async () => {
			later = 0;
			store = await engine.open();
			await store.write(async (trx) => {
				for (const table of ['wa_session', 'wa_lease'] as const) await trx.deleteFrom(table).execute();
			});
		});

		it('stays when a worker that only sent something has done so', async () => {
			const main = bench.process(store, none);
			const host = bench.process(await engine.open(), { role: 'all' });
			const worker = bench.process(await engine.open(), none);
			const leave = main.core.subscribe(KEY, {});
			await becomes(host, 'needs_pairing');
			await worker.core.ensure(KEY);
			later = TEMPO.linger + 1_000;
			await worker.timers.pass(TEMPO.linger + 1);
			// the second look has seen what the first one took out
			await worker.core.shutdown();
			expect(await row()).toMatchObject({ desired: 'run' });
			expect(host.core.manager.owner(KEY)).toBeDefined();

			leave();
			later = 2 * TEMPO.linger + 2_000;
			await main.timers.pass(TEMPO.linger + 1);
			await until(async () => (await row()).desired === 'stop', 'its end is noted by who listened');
			await until(() => host.core.manager.owner(KEY) === undefined, 'the host gave it back');
			for (const { core } of [host, main]) await core.shutdown();
		});

		it('is noted again by who listens, when another process that gave it up noted its end', async () => {
			const main = bench.process(store, none);
			main.core.subscribe(KEY, {});
			await until(async () => (await store.db.selectFrom('wa_session').select('desired').execute())[0]?.desired === 'run', 'it is noted');
			await noteWanted(store, KEY, 'stop', null, Date.now());
			await until(async () => (await row()).desired === 'run', 'it is noted again');
			await main.core.shutdown();
		});

		it('leaves the settings as they are where none are given', async () => {
			const settings = parseSettings({ countryCode: 'BY' });
			await noteWanted(store, KEY, 'run', settings, 1);
			const slow = { ...store, write: async (...write: Parameters<Store['write']>) => {
				// what somebody sets between the reading and the writing
				await noteWanted(store, KEY, 'run', { ...settings, countryCode: 'KZ' }, 2);
				return await store.write(...write);
			} } as Store;
			expect(await noteWanted(slow, KEY, 'stop', null, 3)).toEqual({ desired: true, settings: false });
			expect(JSON.parse((await row()).settings)).toMatchObject({ countryCode: 'KZ' });
			expect(await noteWanted(store, { ...KEY, session: 'new' }, 'run', null, 4)).toEqual({ desired: true, settings: false });
		});
	});
});
