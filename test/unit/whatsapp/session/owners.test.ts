import { join } from 'node:path';
import type { Database, Store } from '../../../../core/store';
import { type Script, startScript } from '../../../support/children';
import { describeEngines } from '../../../support/engines';
import { becomes, KEY, SessionBench, until } from './bench';
import { HeldWrites } from './held-writes';

jest.setTimeout(240_000);

/** Everything that a process which runs a session writes. */
const WRITTEN = ['wa_creds', 'wa_key', 'wa_session', 'wa_event', 'wa_inbox', 'wa_outbox', 'wa_pairing', 'wa_contact', 'collected_turn', 'collected_message'] as const satisfies readonly (keyof Database)[];
/** The renewals of a process stand still, as they do in one that is paused; its lease outlives the test. */
const FROZEN = { renew: 10_000, lease: 900_000 };

describe('one session and two processes', () => {
	let bench: SessionBench;
	const children: Script[] = [];
	beforeAll(async () => {
		bench = await SessionBench.start();
	});
	afterAll(async () => {
		for (const { process: child } of children) child.kill('SIGKILL');
		await bench.close();
	});

	describeEngines((dialect, engine) => {
		const salonNumber = (place: number): string => `7999000${dialect === 'sqlite' ? 21 : 22}0${place}`;
		const annaNumber = dialect === 'sqlite' ? '79163330021' : '79163330022';

		const everything = async (store: Store): Promise<string> =>
			JSON.stringify(await Promise.all(WRITTEN.map(async (table) => [table, await store.db.selectFrom(table).selectAll().orderBy('tenant').execute()])));
		const expiry = async (store: Store): Promise<number> => Number((await store.db.selectFrom('wa_lease').select('expires_at').where('session', '=', KEY.session).executeTakeFirstOrThrow()).expires_at);
		/** Waits until the holder has renewed its lease so many times: who wanted the session meanwhile had every chance to take it. */
		async function renewed(store: Store, times: number): Promise<void> {
			for (let time = 0, before = await expiry(store); time < times; time += 1) before = await until(async () => {
				const now = await expiry(store);
				return now > before && now;
			}, 'the lease is renewed');
		}

		it('forced on it: one works, the other stops and stays so, and nobody is thrown out in turns', async () => {
			const store = await engine.open();
			const first = bench.process(store, { tempo: FROZEN });
			const salon = await bench.linked(first, salonNumber(1));
			const second = bench.process(await engine.open());
			await second.core.ensure(KEY);
			expect(await second.core.status(KEY)).toMatchObject({ state: 'open', owner: 'another' });
			expect(second.core.manager.owner(KEY)).toBeUndefined();

			const { logins } = salon.device;
			await store.write(async (trx) => await trx.updateTable('wa_lease').set({ expires_at: 1 }).execute());
			await until(() => second.core.manager.owner(KEY)?.socket, 'the second one has it');
			await until(() => first.core.manager.owner(KEY) === undefined, 'the first one has stopped');
			await renewed(store, 3);
			expect(first.core.manager.owner(KEY)).toBeUndefined();
			expect(salon.device.logins).toBe(logins + 1);
			expect(second.core.manager.owner(KEY)).toMatchObject({ state: 'open', connects: 1 });
			expect(await first.core.status(KEY)).toMatchObject({ state: 'open', owner: 'another' });
			// what is asked of the one that stopped is done by the one that works
			expect(await first.core.command(KEY, { kind: 'checkNumbers', phones: [salon.number] })).toEqual({ status: 'ok', value: { phones: [{ phone: salon.number, exists: true }] } });
			await first.core.shutdown();
			await second.core.shutdown();
			await store.write(async (trx) => await trx.deleteFrom('wa_creds').execute());
		});

		it('whose lease was stolen: the first writes nothing more, not even of its state, and the message stays at WhatsApp', async () => {
			const store = await engine.open();
			const robbed = bench.process(store, { tempo: FROZEN });
			const salon = await bench.linked(robbed, salonNumber(2));
			const anna = bench.server.phone(annaNumber, { name: 'Anna' });
			await robbed.core.manager.owner(KEY)?.records.idle();
			await store.write(async (trx) => await trx.updateTable('wa_lease').set((row) => ({ owner: 'thief', epoch: row('epoch', '+', 1), expires_at: Date.now() + 600_000 })).execute());
			const before = await everything(store);
			// what its client still had to save may have told it before
			salon.device.link?.drop();
			await until(() => [undefined, 'reconnecting'].includes(robbed.core.manager.owner(KEY)?.state), 'its link is gone');
			await robbed.core.manager.owner(KEY)?.records.idle();
			await until(() => salon.device.link === null, 'the server has seen it go');
			expect(await everything(store)).toBe(before);
			const id = await anna.write(salon, 'for whoever has the session');
			await until(async () => {
				if (robbed.core.manager.owner(KEY) === undefined) return true;
				if (robbed.timers.waits(1_200, 5_000)) await robbed.timers.pass(1_200, 5_000);
				return false;
			}, 'the robbed one has stopped');
			expect(await everything(store)).toBe(before);
			expect(salon.device.mailbox.waiting).toEqual([id]);
			expect(salon.device.link).toBeNull();
			await robbed.core.shutdown();
			expect(await everything(store)).toBe(before);
			await store.write(async (trx) => {
				for (const table of ['wa_creds', 'wa_lease'] as const) await trx.deleteFrom(table).execute();
			});
		});

		it('of which one was stopped by SIGSTOP: it wakes up with its old lease, writes nothing and ends', async () => {
			const store = await engine.open();
			const linking = bench.process(store);
			const salon = await bench.linked(linking, salonNumber(3));
			const anna = bench.server.phone(annaNumber, { name: 'Anna' });
			await linking.core.shutdown();

			// no deadline of its own: only the lease decides
			const paused = startScript(join(__dirname, 'children/owner.ts'), { config: engine.config, url: bench.server.url, tempo: { lease: 1_500, renew: 500, leaseReserve: 0, claim: 200, watch: 50 } });
			children.push(paused);
			for (let line = ''; line !== 'open'; ) line = await paused.nextLine();
			await salon.device.ready();
			await salon.device.mailbox.empty();
			// one that is stopped inside a transaction keeps the database itself from the heir until it goes on
			const isFree = async (): Promise<boolean> =>
				dialect === 'sqlite'
					? await store.write(async (trx) => await trx.updateTable('wa_lease').set((row) => ({ owner: row.ref('owner') })).execute()).then(() => true, () => false)
					: await store.db.transaction().execute(async (trx) => await trx.selectFrom('wa_lease').select('owner').forUpdate().noWait().execute()).then(() => true, () => false);
			for (;;) {
				paused.process.kill('SIGSTOP');
				if (await isFree()) break;
				paused.process.kill('SIGCONT');
				await until(isFree, 'it has left its transaction');
			}
			const id = await anna.write(salon, 'while it was paused');
			expect(salon.device.mailbox.waiting).toEqual([id]);

			const { logins } = salon.device;
			const writes = new HeldWrites(await engine.open());
			const heir = bench.process(writes.store, { tempo: { lease: FROZEN.lease } });
			await heir.core.ensure(KEY, { quietMs: 0 });
			await until(() => heir.core.manager.owner(KEY)?.socket, 'the heir has it');
			const inbox = await until(async () => {
				const rows = await store.db.selectFrom('wa_inbox').select('id').execute();
				return rows.length > 0 && rows;
			}, 'the message came to the heir');
			expect(inbox).toHaveLength(1);
			await salon.device.mailbox.empty();
			await until(async () => (await store.db.selectFrom('collected_turn').select('is_open').where('is_open', '=', 0).execute()).length === 1, 'its turn is closed');

			// only the one that wakes up can write now: the client of the heir still saves what it learnt while it logged in
			const goOn = await writes.hold();
			const before = await everything(store);
			paused.process.kill('SIGCONT');
			for (let line = ''; line !== 'gone'; ) line = await paused.nextLine();
			paused.process.kill('SIGTERM');
			expect(await paused.remainingLines()).toEqual([]);
			expect(await everything(store)).toBe(before);
			goOn();
			await renewed(store, 2);
			expect(salon.device.logins).toBe(logins + 1);
			expect(await becomes(heir, 'open')).toMatchObject({ owner: 'this process' });
		});
	});
});
