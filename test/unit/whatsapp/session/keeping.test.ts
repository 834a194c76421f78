import { openStore, type Store } from '../../../../core/store';
import { describeEngines, TEST_KEYS } from '../../../support/engines';
import { becomes, KEY, type Process, SessionBench, until } from './bench';

jest.setTimeout(240_000);

const NEW_KEY = 'the passphrase from now on';

describe('the state of a session that runs', () => {
	let bench: SessionBench;
	beforeAll(async () => {
		bench = await SessionBench.start();
	});
	afterAll(async () => await bench.close());

	describeEngines((dialect, engine) => {
		const number = dialect === 'sqlite' ? '79990003101' : '79990003102';
		const anna = () => bench.server.phone(dialect === 'sqlite' ? '79163330041' : '79163330042', { name: 'Anna' });
		const salon = () => bench.server.phone(number);
		/** In the inbox, and its turn is closed: nothing of it is under way any more. */
		async function received(store: Store, id: string): Promise<void> {
			await until(async () => (await store.db.selectFrom('wa_inbox').select('id').where('id', '=', id).execute()).length > 0, `${id} is in the inbox`);
			await until(async () => (await store.db.selectFrom('collected_turn').select('turn_id').where('is_open', '=', 1).execute()).length === 0, 'its turn is closed');
		}
		const creds = async (store: Store): Promise<string | undefined> => (await store.db.selectFrom('wa_creds').select('value').where('session', '=', KEY.session).executeTakeFirst())?.value;
		const corrupt = async (store: Store, value: string) => void (await store.write(async (trx) => await trx.updateTable('wa_creds').set({ value }).where('session', '=', KEY.session).execute()));

		async function started(store: Store): Promise<Process> {
			const running = bench.process(store);
			await running.core.ensure(KEY);
			return running;
		}

		it('is backed up while it runs and put back after it was lost: the same device, and messages come', async () => {
			const store = await engine.open();
			const running = bench.process(store);
			await running.core.ensure(KEY, { quietMs: 0 });
			await bench.linked(running, number);
			await received(store, await anna().write(salon(), 'before the backup'));
			const backup = await running.core.backup(KEY);
			for (const secret of [number, 'noiseKey', 'pre-key']) expect(backup).not.toContain(secret);
			await expect(running.core.backup({ ...KEY, session: 'never linked' })).rejects.toMatchObject({ code: 'not_linked' });

			const elsewhere = bench.process(await engine.open());
			await expect(elsewhere.core.restore(KEY, backup)).rejects.toMatchObject({ code: 'session_held' });
			await expect(running.core.restore({ ...KEY, session: 'other' }, backup)).rejects.toMatchObject({ code: 'backup_unreadable' });
			await expect(running.core.restore(KEY, backup.slice(0, -8))).rejects.toMatchObject({ code: 'backup_unreadable' });
			await expect(openStore(engine.config, { keys: ['quite another'] })).rejects.toMatchObject({ code: 'sealed_with_other_key' });
			expect(await running.core.status(KEY)).toMatchObject({ state: 'open', owner: 'this process' });

			await running.core.shutdown();
			await store.write(async (trx) => {
				for (const table of ['wa_creds', 'wa_key'] as const) await trx.deleteFrom(table).execute();
			});
			const restored = await elsewhere.core.restore(KEY, backup);
			expect(restored.keys).toBeGreaterThan(800);
			expect(restored.sentence).not.toBe('restored');
			await elsewhere.core.ensure(KEY);
			await becomes(elsewhere, 'open');
			expect([...salon().devices.keys()]).toEqual([1]);
			await received(store, await anna().write(salon(), 'after the restore'));

			// a restore over a session that lives keeps what it replaces
			await elsewhere.core.restore(KEY, backup);
			await becomes(elsewhere, 'open');
			const kept = await store.db.selectFrom('wa_creds').select('session').execute();
			expect(kept.map(({ session }) => session.split(':')[1] ?? 'running').sort()).toEqual(['aside', 'running']);
			await elsewhere.core.shutdown();
		});

		it('takes a new encryption key over while it runs, and then needs the earlier one no more', async () => {
			const both = await openStore(engine.config, { keys: [NEW_KEY, ...TEST_KEYS] });
			const earlier = await engine.open();
			const sealedBefore = earlier.vault.seal('{}');
			await earlier.close();
			const running = await started(both);
			await becomes(running, 'open');
			const answer = await running.core.command(KEY, { kind: 'reseal' });
			expect(answer).toMatchObject({ status: 'ok', value: { changed: expect.any(Number) } });
			expect((answer as { value: { changed: number } }).value.changed).toBeGreaterThan(800);
			expect(await running.core.command(KEY, { kind: 'reseal' })).toEqual({ status: 'ok', value: { changed: 0 } });
			await received(both, await anna().write(salon(), 'it went on'));
			await running.core.shutdown();
			await both.close();

			const store = await openStore(engine.config, { keys: [NEW_KEY] });
			const after = await started(store);
			await becomes(after, 'open');
			await received(store, await anna().write(salon(), 'with the new key only'));
			await after.core.shutdown();

			// a message that still waits under a key that was given up is told, and not taken for a database that is away
			await store.write(async (trx) => await trx.updateTable('wa_inbox').set({ state: 'decrypted', journal: sealedBefore }).execute());
			const stopped = await started(store);
			expect(await becomes(stopped, 'stopped')).toMatchObject({ reason: 'state_unreadable', sentence: expect.stringContaining('earlier encryption key') });
			await stopped.core.shutdown();
			await store.write(async (trx) => await trx.deleteFrom('wa_inbox').execute());
			await store.close();
		});

		it('that cannot be read stops it: nothing is connected, linked anew or overwritten until somebody has mended it', async () => {
			const store = await openStore(engine.config, { keys: [NEW_KEY] });
			const good = (await creds(store)) ?? '';
			await corrupt(store, `${good.slice(0, -9)}damaged==`);
			const damaged = await creds(store);
			const { logins } = salon().device;
			const running = await started(store);
			expect(await becomes(running, 'stopped')).toMatchObject({ reason: 'state_unreadable', sentence: expect.stringContaining('restore it from a backup') });
			expect(running.timers.waits(0, Infinity)).toBe(false);
			for (const order of [{ kind: 'pairQr' }, { kind: 'pairCode', phone: number }] as const) {
				expect(await running.core.command(KEY, order)).toMatchObject({ status: 'refused', reason: 'state_unreadable' });
			}
			await running.core.command(KEY, { kind: 'restart' });
			expect(await becomes(running, 'stopped')).toMatchObject({ reason: 'state_unreadable' });
			expect(running.core.manager.owner(KEY)?.connects).toBe(0);
			expect(salon().device.logins).toBe(logins);
			expect(await creds(store)).toBe(damaged);

			await corrupt(store, good);
			await running.core.command(KEY, { kind: 'restart' });
			await becomes(running, 'open');

			// the same in the middle of its work
			await salon().device.ready();
			await store.write(async (trx) => await trx.updateTable('wa_key').set({ value: 'damaged' }).where('session', '=', KEY.session).where('type', '=', 'session').execute());
			const id = await anna().write(salon(), 'by a key that is damaged');
			expect(await becomes(running, 'stopped')).toMatchObject({ reason: 'state_unreadable' });
			expect(salon().device.mailbox.waiting).toContain(id);
			await running.core.shutdown();
			await store.close();
		});
	});
});
