import { sql } from 'kysely';
import { join } from 'node:path';
import { createConversationStore, type ChatKey, type Store } from '../../../core/store';
import { startScript } from '../../support/children';
import { describeEngines, terminateBackend } from '../../support/engines';

const NOW = '2026-11-21T09:00:00.000Z';

function chat(tenant: string): ChatKey {
	return { tenant, channel: 'telegram', chatId: '7' };
}

/** A promise and the function that fulfils it. */
function gate(): { opened: Promise<void>; open: () => void } {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open };
}

async function addTurn(store: Store, tenant: string): Promise<void> {
	await store.write((trx) =>
		trx
			.updateTable('conversation')
			.set((eb) => ({ turns: eb('turns', '+', 1) }))
			.where('tenant', '=', tenant)
			.execute(),
	);
}

async function turns(store: Store, tenant: string): Promise<number | undefined> {
	return (await createConversationStore(store).get(chat(tenant)))?.turns;
}

describe('writes that meet', () => {
	describeEngines((dialect, engine) => {
		it('two processes with 300 read-modify-writes each count exactly', async () => {
			const store = await engine.open();
			await createConversationStore(store).setMode(chat('counted'), 'bot', null, NOW);
			const scripts = [1, 2].map(() =>
				startScript(join(__dirname, 'children/count.ts'), { config: engine.config, tenant: 'counted', times: 300 }),
			);
			for (const script of scripts) expect(await script.nextLine()).toBe('ready');
			scripts.forEach((script) => script.go());
			for (const script of scripts) expect(await script.nextLine()).toBe('done');
			expect(await turns(store, 'counted')).toBe(600);
		}, 60_000);

		it('wait for one another between two stores of one process, and reads wait for nobody', async () => {
			const [one, two] = [await engine.open(), await engine.open()];
			await createConversationStore(one).setMode(chat('shared'), 'bot', null, NOW);
			const [begun, released] = [gate(), gate()];
			const first = one.write(async (trx) => {
				await trx.updateTable('conversation').set({ turns: 10 }).where('tenant', '=', 'shared').execute();
				begun.open();
				await released.opened;
			});
			await begun.opened;
			const second = addTurn(two, 'shared');
			expect(await turns(one, 'shared')).toBe(0);
			expect(await turns(two, 'shared')).toBe(0);
			released.open();
			await Promise.all([first, second]);
			expect(await turns(one, 'shared')).toBe(11);
		});

		it('give up as busy, save nothing, and work again later', async () => {
			const [one, two] = [await engine.open(), await engine.open()];
			await createConversationStore(one).setMode(chat('busy'), 'bot', null, NOW);
			const [begun, released] = [gate(), gate()];
			const holding = one.write(async (trx) => {
				await trx.updateTable('conversation').set({ turns: 1 }).where('tenant', '=', 'busy').execute();
				begun.open();
				await released.opened;
			});
			await begun.opened;
			await expect(addTurn(two, 'busy')).rejects.toMatchObject({ code: 'busy' });
			released.open();
			await holding;
			expect(await turns(two, 'busy')).toBe(1);
			await addTurn(two, 'busy');
			expect(await turns(two, 'busy')).toBe(2);
		}, 20_000);

		it('roll back when the work throws, and pass its error on', async () => {
			const store = await engine.open();
			await createConversationStore(store).setMode(chat('thrown'), 'bot', null, NOW);
			const mine = new Error('mine');
			const failing = store.write(async (trx) => {
				await trx.updateTable('conversation').set({ turns: 1 }).where('tenant', '=', 'thrown').execute();
				throw mine;
			});
			await expect(failing).rejects.toBe(mine);
			expect(await turns(store, 'thrown')).toBe(0);
		});

		it('run once when a rule of the schema refuses them', async () => {
			const store = await engine.open();
			let runs = 0;
			const key = { key_id: 'secret-of-a-client', first_used_at: NOW };
			const breaking = store.write(async (trx) => {
				runs++;
				await trx.insertInto('store_key').values([key, key]).execute();
			});
			const refusal = await breaking.catch((error: unknown) => error);
			expect(refusal).toMatchObject({ code: 'constraint' });
			expect(JSON.stringify(refusal) + String(refusal)).not.toContain(key.key_id);
			expect(runs).toBe(1);
		});

		if (dialect === 'sqlite') {
			it('do not go through the connection for reads', async () => {
				const store = await engine.open();
				const writing = store.db.updateTable('conversation').set({ turns: 0 }).execute();
				await expect(writing).rejects.toMatchObject({ code: 'read_only' });
			});
			return;
		}

		it('are tried again after a deadlock, which the server has rolled back', async () => {
			const store = await engine.open();
			for (const tenant of ['left', 'right']) await createConversationStore(store).setMode(chat(tenant), 'bot', null, NOW);
			const gates = { left: gate(), right: gate() };
			let runs = 0;
			const both = (first: 'left' | 'right', then: 'left' | 'right') =>
				store.write(async (trx) => {
					runs++;
					for (const tenant of [first, then]) {
						await trx
							.updateTable('conversation')
							.set((eb) => ({ turns: eb('turns', '+', 1) }))
							.where('tenant', '=', tenant)
							.execute();
						gates[first].open();
						await gates[then].opened;
					}
				});
			await Promise.all([both('left', 'right'), both('right', 'left')]);
			expect(runs).toBe(3);
			expect([await turns(store, 'left'), await turns(store, 'right')]).toEqual([2, 2]);
		}, 20_000);

		it('say so when the connection breaks at the commit, and the next one works', async () => {
			const store = await engine.open();
			await createConversationStore(store).setMode(chat('broken'), 'bot', null, NOW);
			let runs = 0;
			const write = (last: 'break at commit' | 'break before') =>
				store.write(async (trx) => {
					runs++;
					const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
					await trx.updateTable('conversation').set({ turns: 1 }).where('tenant', '=', 'broken').execute();
					await terminateBackend(rows[0]?.pid ?? 0);
					if (last === 'break before') await trx.selectFrom('conversation').select('turns').execute();
				});
			await expect(write('break at commit')).rejects.toMatchObject({ code: 'commit_unknown' });
			await expect(write('break before')).rejects.toMatchObject({ code: 'unreachable' });
			expect(runs).toBe(2);
			expect(await turns(store, 'broken')).toBe(0);
			await addTurn(store, 'broken');
			expect(await turns(store, 'broken')).toBe(1);
		});
	});
});
