import { openStore } from '../../../core/store';
import { resealSession } from '../../../core/whatsapp';
import { describeEngines } from '../../support/engines';
import { KEY, linkSession, reopenSession } from './bench';

const OLD = 'the passphrase before';
const NEW = 'the passphrase from now on';

describe('a new encryption key', () => {
	describeEngines((_dialect, engine) => {
		it('takes the whole state of a session over, so that the earlier key can be given up', async () => {
			const first = await openStore(engine.config, { keys: [OLD] });
			const { auth } = await linkSession(first);
			await auth.state.keys.set({ session: Object.fromEntries(Array.from({ length: 450 }, (_, id) => [`p${id}.0`, Buffer.from([id % 256])])) });
			const { auth: other } = await linkSession(first, { ...KEY, session: 'other' });
			await other.saveCreds();
			await first.close();

			const both = await openStore(engine.config, { keys: [NEW, OLD] });
			const { auth: running, lease } = await reopenSession(both);
			await running.state.keys.set({ session: { 'p0.0': Buffer.from([77]) } });
			expect(await resealSession(both, lease)).toBe(450);
			expect(await resealSession(both, lease)).toBe(0);
			await both.close();

			const last = await openStore(engine.config, { keys: [NEW] });
			const { auth: again } = await reopenSession(last);
			expect(again.state.creds).toEqual(auth.state.creds);
			const kept = await again.state.keys.get('session', ['p0.0', 'p7.0', 'p449.0']);
			expect(kept).toEqual({ 'p0.0': Buffer.from([77]), 'p7.0': Buffer.from([7]), 'p449.0': Buffer.from([449 % 256]) });
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
