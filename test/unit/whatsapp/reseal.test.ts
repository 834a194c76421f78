import { openStore } from '../../../core/store';
import { resealSession } from '../../../core/whatsapp';
import { describeEngines } from '../../support/engines';
import { KEY, linkSession, reopenSession } from './bench';

const OLD = 'the passphrase before';
const NEW = 'the passphrase from now on';

// a key is derived slowly on purpose, and a busy machine is slower
jest.setTimeout(60_000);

describe('a new encryption key', () => {
	describeEngines((_dialect, engine) => {
		it('takes the whole state of a session over, so that the earlier key can be given up', async () => {
			const first = await openStore(engine.config, { keys: [OLD] });
			const { auth } = await linkSession(first);
			await auth.state.keys.set({ session: Object.fromEntries(Array.from({ length: 450 }, (_, id) => [`p${id}.0`, Buffer.from([id % 256])])) });
			const { auth: other } = await linkSession(first, { ...KEY, session: 'other' });
			await other.saveCreds();
			const contact = { phone: null, opted_in: 0, name: first.vault.seal('Anna') };
			const jids = [...Array.from({ length: 250 }, (_, id) => `${id}@lid`), 'nameless@lid'];
			await first.write(async (trx) => {
				for (const jid of jids) await trx.insertInto('wa_contact').values({ ...KEY, ...contact, jid, chat: jid, ...(jid === 'nameless@lid' ? { name: null } : {}) }).execute();
			});
			await first.close();

			const both = await openStore(engine.config, { keys: [NEW, OLD] });
			const { auth: running, lease } = await reopenSession(both);
			await running.state.keys.set({ session: { 'p0.0': Buffer.from([77]) } });
			expect(await resealSession(both, lease)).toBe(700);
			expect(await resealSession(both, lease)).toBe(0);
			await both.close();

			const last = await openStore(engine.config, { keys: [NEW] });
			const { auth: again } = await reopenSession(last);
			expect(again.state.creds).toEqual(auth.state.creds);
			const kept = await again.state.keys.get('session', ['p0.0', 'p7.0', 'p449.0']);
			expect(kept).toEqual({ 'p0.0': Buffer.from([77]), 'p7.0': Buffer.from([7]), 'p449.0': Buffer.from([449 % 256]) });
			const names = await last.db.selectFrom('wa_contact').select('name').where('tenant', '=', KEY.tenant).execute();
			expect(names.map(({ name }) => (name === null ? null : last.vault.open(name))).sort()).toEqual([...Array.from({ length: 250 }, () => 'Anna'), null]);
			await expect(reopenSession(last, { ...KEY, session: 'other' })).rejects.toMatchObject({ code: 'state_unreadable' });
			await last.close();
		});

		it('is not used by who has lost the session', async () => {
			const store = await openStore(engine.config, { keys: [NEW] });
			const { auth, lease } = await linkSession(store, { ...KEY, session: 'third' });
			await auth.state.keys.set({ session: { a: Buffer.from([1]) } });
			await store.close();
			const rotated = await openStore(engine.config, { keys: ['yet another', NEW] });
			await reopenSession(rotated, { ...KEY, session: 'third' });
			await expect(resealSession(rotated, lease)).rejects.toMatchObject({ code: 'lease_lost' });
			await rotated.close();
		});
	});
});
