import { proto } from '@whiskeysockets/baileys';
import { openStore, type Store } from '../../../core/store';
import { createSealedValues } from '../../../core/whatsapp/auth/sealed-value';
import { beginLinking, dropAside, loadClientLibrary, openSessionAuth, putAside, takeLease } from '../../../core/whatsapp';
import { describeEngines } from '../../support/engines';
import { KEY, linkSession, reopenSession } from './bench';

const pair = (seed: number) => ({ private: Buffer.alloc(32, seed), public: Buffer.alloc(32, seed + 1) });

describe('the state of a WhatsApp session', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(async () => {
			await store.write(async (trx) => {
				for (const table of ['wa_key', 'wa_creds', 'wa_lease'] as const) await trx.deleteFrom(table).execute();
			});
		});

		const corrupt = async (table: 'wa_creds' | 'wa_key', value: string) => void (await store.write(async (trx) => await trx.updateTable(table).set({ value }).execute()));
		const attempt = async () => {
			const lease = (await takeLease(store, KEY, 'tests')) ?? fail();
			return { store, client: await loadClientLibrary(), lease, onFailure: () => undefined };
		};
		const fail = (): never => {
			throw new Error('no lease');
		};

		it('is what the client wrote, for every kind of key, also after a restart', async () => {
			const { auth } = await linkSession(store);
			const syncKey = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('abc'), timestamp: 7 });
			await auth.state.keys.set({
				'pre-key': { 1: pair(1), 2: pair(3) },
				session: { '7916.0': Buffer.from([9, 8, 7]) },
				'sender-key-memory': { g: { a: true } },
				'app-state-sync-key': { k: syncKey },
				'lid-mapping': { '7916': '1000' },
				'device-list': { '7916': ['0', '1'] },
			});
			await auth.state.keys.set({ 'pre-key': { 1: null, 3: pair(5) } });
			const again = (await reopenSession(store)).auth;
			expect(again.state.creds).toEqual(auth.state.creds);
			expect(await again.state.keys.get('pre-key', ['1', '2', '3', '4'])).toEqual({ 2: pair(3), 3: pair(5) });
			expect(Buffer.isBuffer((await again.state.keys.get('session', ['7916.0']))['7916.0'])).toBe(true);
			expect((await again.state.keys.get('app-state-sync-key', ['k']))['k']).toEqual(syncKey);
			expect(await again.state.keys.get('device-list', ['7916'])).toEqual({ '7916': ['0', '1'] });
			expect(await again.state.keys.get('lid-mapping', [])).toEqual({});
		});

		it('takes a thousand keys in one call, and keeps sessions apart', async () => {
			const { auth } = await linkSession(store);
			const other = await linkSession(store, { ...KEY, session: 'other' });
			await auth.state.keys.set({ 'pre-key': Object.fromEntries(Array.from({ length: 1200 }, (_, id) => [id, pair(id % 200)])) });
			expect(Object.keys(await auth.state.keys.get('pre-key', Array.from({ length: 1200 }, (_, id) => String(id))))).toHaveLength(1200);
			expect(await other.auth.state.keys.get('pre-key', ['1'])).toEqual({});
		});

		it('is not readable in the database', async () => {
			const { auth } = await linkSession(store);
			await auth.state.keys.set({ session: { '79161112233.0': Buffer.from('a very secret ratchet') } });
			const rows = await store.db.selectFrom('wa_creds').select('value').unionAll(store.db.selectFrom('wa_key').select('value')).execute();
			const text = rows.map(({ value }) => value).join('\n');
			expect(rows).toHaveLength(2);
			expect(text).not.toContain(auth.state.creds.advSecretKey);
			expect(text).not.toContain(Buffer.from('a very secret ratchet').toString('base64'));
		});

		it('is absent for a session that was never linked, and for one whose linking was not finished', async () => {
			const parts = await attempt();
			expect(await openSessionAuth(parts)).toBeNull();
			const unfinished = await beginLinking(parts);
			unfinished.state.creds.me = { id: '79990000001@s.whatsapp.net', name: '~' };
			await unfinished.saveCreds();
			await unfinished.state.keys.set({ 'pre-key': { 1: pair(1) } });
			expect(await openSessionAuth(parts)).toBeNull();
			const anew = await beginLinking(parts);
			expect(anew.state.creds.registrationId).toBeDefined();
			expect(anew.state.creds.advSecretKey).not.toBe(unfinished.state.creds.advSecretKey);
			expect(await anew.state.keys.get('pre-key', ['1'])).toEqual({});
		});

		it('is never replaced: not when it is linked, not when it cannot be read', async () => {
			const { auth } = await linkSession(store);
			const before = await store.db.selectFrom('wa_creds').selectAll().execute();
			await expect(beginLinking(await attempt())).rejects.toMatchObject({ code: 'already_linked' });
			expect(await store.db.selectFrom('wa_creds').selectAll().execute()).toEqual(before);
			const values = createSealedValues(store.vault, await loadClientLibrary());
			const shortened = { ...auth.state.creds, noiseKey: undefined };
			const noAccount = [null, {}, shortened].map((value) => values.seal({ ...KEY, type: 'creds', id: '' }, value));
			for (const damaged of [...noAccount, '', '{}', store.vault.seal('half of a JSO'), (before[0]?.value ?? '').slice(0, -9), store.vault.seal('{"me":1}')]) {
				await corrupt('wa_creds', damaged);
				await expect(openSessionAuth(await attempt())).rejects.toMatchObject({ code: 'state_unreadable' });
				await expect(beginLinking(await attempt())).rejects.toMatchObject({ code: 'state_unreadable' });
				expect((await store.db.selectFrom('wa_creds').select('value').execute())[0]?.value).toBe(damaged);
			}
		});

		it('is not read with another passphrase, nor from the row of another session', async () => {
			await linkSession(store);
			const { auth: other } = await linkSession(store, { ...KEY, session: 'other' });
			await other.saveCreds();
			const rows = await store.db.selectFrom('wa_creds').selectAll().execute();
			await corrupt('wa_creds', rows.find(({ session }) => session === 'other')?.value ?? '');
			await expect(openSessionAuth(await attempt())).rejects.toMatchObject({ code: 'state_unreadable' });
			const foreign = await openStore(engine.config, { keys: ['quite another', 'a passphrase for tests'] });
			await corrupt('wa_creds', foreign.vault.seal('x'));
			await foreign.close();
			await expect(openSessionAuth(await attempt())).rejects.toMatchObject({ code: 'state_unreadable' });
		});

		it('stops the session at the first key that cannot be read, and lets nothing more through', async () => {
			const { auth, failures } = await linkSession(store);
			await auth.state.keys.set({ session: { a: Buffer.from([1]), b: Buffer.from([2]) } });
			await corrupt('wa_key', 'nonsense');
			await expect(auth.state.keys.get('session', ['a'])).rejects.toMatchObject({ code: 'state_unreadable' });
			await expect(auth.state.keys.get('session', ['never written'])).rejects.toMatchObject({ code: 'state_unreadable' });
			await expect(auth.state.keys.set({ session: { c: Buffer.from([3]) } })).rejects.toMatchObject({ code: 'state_unreadable' });
			await expect(auth.saveCreds()).rejects.toMatchObject({ code: 'state_unreadable' });
			expect(failures.map(({ code }) => code)).toEqual(['state_unreadable']);
		});

		it('keeps the whole of a call or nothing of it', async () => {
			const { auth } = await linkSession(store);
			await auth.state.keys.set({ session: { a: Buffer.from([1]) } });
			const refusing: Store = {
				...store,
				write: (work, options) =>
					store.write(async (trx) => {
						await work(trx);
						throw new Error('the disk is gone');
					}, options),
			};
			const failures: string[] = [];
			const parts = await attempt();
			const broken = (await openSessionAuth({ ...parts, store: refusing, onFailure: ({ code }) => void failures.push(code) })) ?? fail();
			await expect(broken.state.keys.set({ session: { a: null, b: Buffer.from([2]) } })).rejects.toMatchObject({ code: 'state_not_saved' });
			await expect(broken.state.keys.get('session', ['a'])).rejects.toMatchObject({ code: 'state_not_saved' });
			expect(failures).toEqual(['state_not_saved']);
			const { auth: again } = await reopenSession(store);
			expect(await again.state.keys.get('session', ['a', 'b'])).toEqual({ a: Buffer.from([1]) });
		});

		it('is written again after a passing failure of the database, in the order of the calls', async () => {
			await linkSession(store);
			let failing = 2;
			const { StoreError } = await import('../../../core/store');
			const shaky: Store = {
				...store,
				write: async (work, options) => {
					if (failing-- > 0) throw new StoreError('busy');
					return await store.write(work, options);
				},
			};
			const pauses: number[] = [];
			const failures: string[] = [];
			const opened = await openSessionAuth({ ...(await attempt()), store: shaky, sleep: async (ms) => void pauses.push(ms), onFailure: ({ code }) => void failures.push(code) });
			const auth = opened ?? fail();
			await Promise.all([auth.state.keys.set({ session: { a: Buffer.from([1]) } }), auth.state.keys.set({ session: { a: Buffer.from([2]) } })]);
			expect(await auth.state.keys.get('session', ['a'])).toEqual({ a: Buffer.from([2]) });
			expect(pauses).toEqual([50, 250]);
			failing = Infinity;
			await expect(auth.saveCreds()).rejects.toMatchObject({ code: 'state_not_saved' });
			expect(failures).toEqual(['state_not_saved']);
		});

		it('is read again after a passing failure of the database, and never taken for empty when that lasts', async () => {
			const { auth: before } = await linkSession(store);
			await before.state.keys.set({ session: { a: Buffer.from([1]) } });
			let failing = 0;
			const { StoreError } = await import('../../../core/store');
			const shaky: Store = {
				...store,
				db: new Proxy(store.db, {
					get(db, name) {
						if (failing-- > 0) throw new StoreError('busy');
						const own: unknown = Reflect.get(db, name, db);
						return typeof own === 'function' ? own.bind(db) as unknown : own;
					},
				}),
			};
			const pauses: number[] = [];
			const failures: string[] = [];
			const opened = await openSessionAuth({ ...(await attempt()), store: shaky, sleep: async (ms) => void pauses.push(ms), onFailure: ({ code }) => void failures.push(code) });
			const auth = opened ?? fail();
			failing = 2;
			expect(await auth.state.keys.get('session', ['a'])).toEqual({ a: Buffer.from([1]) });
			expect(pauses).toEqual([50, 250]);
			expect(failures).toEqual([]);
			failing = Infinity;
			await expect(auth.state.keys.get('session', ['a'])).rejects.toMatchObject({ code: 'state_not_saved' });
			expect(failures).toEqual(['state_not_saved']);
		});

		it('is not touched any more by an owner whose lease was taken over', async () => {
			const old = await linkSession(store);
			const alsoOld = await reopenSession(store);
			await alsoOld.auth.state.keys.set({ session: { a: Buffer.from([1]) } });
			await store.write(async (trx) => await trx.updateTable('wa_lease').set({ expires_at: 0 }).execute());
			const fresh = await reopenSession(store, KEY, 'another process');
			await fresh.auth.state.keys.set({ session: { a: Buffer.from([2]) } });
			const { version } = await store.db.selectFrom('wa_creds').select('version').executeTakeFirstOrThrow();
			await expect(old.auth.state.keys.set({ session: { a: Buffer.from([3]) } })).rejects.toMatchObject({ code: 'lease_lost' });
			await expect(alsoOld.auth.saveCreds()).rejects.toMatchObject({ code: 'lease_lost' });
			expect((await store.db.selectFrom('wa_creds').select('version').executeTakeFirstOrThrow()).version).toBe(version);
			expect(old.failures.map(({ code }) => code)).toEqual(['lease_lost']);
			expect(await fresh.auth.state.keys.get('session', ['a'])).toEqual({ a: Buffer.from([2]) });
		});

		it('can be put aside, opens as it was when it is renamed back, and is dropped when it is old, whosever it is', async () => {
			const { auth, lease } = await linkSession(store);
			await auth.state.keys.set({ session: { a: Buffer.from([1]) } });
			const aside = await putAside(store, lease, () => new Date('2026-11-01T00:00:00Z'));
			expect(await openSessionAuth(await attempt())).toBeNull();
			const parts = await attempt();
			await store.write(async (trx) => {
				for (const table of ['wa_key', 'wa_creds'] as const) await trx.updateTable(table).set({ session: KEY.session }).where('session', '=', aside).execute();
			});
			const back = (await openSessionAuth(parts)) ?? fail();
			expect(back.state.creds).toEqual(auth.state.creds);
			expect(await back.state.keys.get('session', ['a'])).toEqual({ a: Buffer.from([1]) });
			await putAside(store, parts.lease, () => new Date('2026-11-01T00:00:00Z'));
			const running = { tenant: 'another', session: 'main', value: 'sealed', version: 1, updated_at: '2026-10-01T00:00:00Z' };
			await store.write(async (trx) => await trx.insertInto('wa_creds').values([running, { ...running, session: 'main:aside:2026-11-02T00:00:00.000Z' }]).execute());
			expect(await dropAside(store, new Date('2026-10-31T00:00:00Z'))).toBe(0);
			expect(await dropAside(store, new Date('2026-11-08T00:00:00Z'))).toBe(2);
			expect(await store.db.selectFrom('wa_key').selectAll().execute()).toEqual([]);
			expect(await store.db.selectFrom('wa_creds').select(['tenant', 'session']).execute()).toEqual([{ tenant: 'another', session: 'main' }]);
		});
	});
});
