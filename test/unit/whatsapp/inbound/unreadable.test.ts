import { openStore, type Store, StoreError } from '../../../../core/store';
import { createTurnFeed, loadClientLibrary, takeLease, type TurnFeed } from '../../../../core/whatsapp';
import { openBlob, putBlobIn } from '../../../../core/whatsapp/blobs';
import { createInbound } from '../../../../core/whatsapp/inbound';
import { takeIn } from '../../../../core/whatsapp/inbound/inbox';
import { NOTHING_SAID } from '../../../../core/whatsapp/inbound/item';
import { describeEngines } from '../../../support/engines';
import { LocalSignals, SETTINGS } from './bench';

const [OLD, NEW] = ['the passphrase before', 'the passphrase from now on'];
const [ANNA, BORIS] = ['100000000000001@lid', '200000000000002@lid'];
const MINUTE_MS = 60_000;

jest.setTimeout(60_000);

describe('a turn that no configured key opens', () => {
	describeEngines((_dialect, engine) => {
		let before: Store;
		let after: Store;
		let both: Store;
		let now: number;
		let tenants = 0;
		let key: { readonly tenant: string; readonly session: string };
		let signals: LocalSignals;
		beforeAll(async () => {
			before = await openStore(engine.config, { keys: [OLD] });
			both = await openStore(engine.config, { keys: [NEW, OLD] });
			after = await openStore(engine.config, { keys: [NEW] });
		});
		afterAll(async () => {
			for (const store of [before, after, both]) await store.close();
		});
		beforeEach(() => {
			now = Date.now();
			signals = new LocalSignals();
			key = { tenant: `salon-${(tenants += 1)}`, session: 'main' };
		});

		const feedOf = (store: Store): TurnFeed => createTurnFeed(store, { ...key, signals, clock: () => now });
		const texts = async (feed: TurnFeed, limit = 5) => (await feed.next(limit)).map(({ text }) => text);

		async function write(store: Store, jid: string, text: string, name: string | null = null): Promise<void> {
			const lease = await takeLease(store, key, 'me', 600_000);
			if (lease === null) throw new Error('the session is held');
			now += 1;
			const arrival = { id: text.replaceAll(' ', '-'), jid, otherJid: null, fromMe: false, pushName: name, sentAt: null, live: true, content: {} };
			const content = { kind: 'said', targetId: null, said: { ...NOTHING_SAID, type: 'text', text }, files: [] } as const;
			expect(await takeIn({ store, lease, settings: SETTINGS }, { arrival, addresses: { lid: jid, pn: null }, told: [jid], content, seq: now, receivedAt: now })).toEqual({ kind: 'turn' });
		}

		it('keeps no other waiting, neither of another chat nor of its own', async () => {
			for (const text of ['one', 'two', 'three']) await write(before, ANNA, `under the old key ${text}`);
			await write(after, BORIS, 'of another');
			await write(after, ANNA, 'of the same');
			const feed = feedOf(after);
			expect(await texts(feed, 1)).toEqual(['of another']);
			expect(await texts(feed)).toEqual(['of another', 'of the same']);
		});

		it('comes when the key is back: after a while, or at a start, and not beside another of its chat', async () => {
			await write(before, ANNA, 'under the old key');
			expect(await texts(feedOf(after))).toEqual([]);
			const feed = feedOf(both);
			now += 9 * MINUTE_MS;
			expect(await texts(feed)).toEqual([]);
			await write(after, ANNA, 'written since');
			const [given] = await feed.next(1);
			expect(given?.text).toBe('written since');
			await feed.emitted(given?.turnId ?? '');
			now += 2 * MINUTE_MS;
			expect(await texts(feed)).toEqual([]);
			await feed.done(given?.turnId ?? '');
			const [late] = await feed.next(5);
			expect([late?.text, late?.tries]).toEqual(['under the old key', 0]);
			await feed.emitted(late?.turnId ?? '');
			await write(after, ANNA, 'after both');
			expect(await texts(feed)).toEqual([]);
			await feed.done(late?.turnId ?? '');
			expect(await texts(feed)).toEqual(['after both']);

			await write(before, BORIS, 'another');
			expect(await texts(feedOf(after))).toEqual(['after both']);
			expect(await texts(feed)).toEqual(['after both']);
			await feed.reopen();
			expect(await texts(feed)).toEqual(['after both', 'another']);
		});

		it('is told by the session, without a word of it, and stays', async () => {
			const lease = await takeLease(after, key, 'me', 600_000);
			if (lease === null) throw new Error('the session is held');
			const health: unknown[] = [];
			const inbound = createInbound({
				store: after, client: await loadClientLibrary(), lease, signals, clock: () => now, settings: () => SETTINGS,
				health: (kind, detail) => void health.push([kind, detail]), onFailure: (error) => void health.push(error),
			});
			await inbound.recover();
			await write(before, ANNA, 'under the old key');
			await write(before, BORIS, 'and another');
			const feed = feedOf(after);
			expect(await texts(feed)).toEqual([]);
			expect(health).toEqual([['turn_unreadable', undefined]]);
			expect(await texts(feed)).toEqual([]);
			expect(health).toHaveLength(1);
			now += 10 * MINUTE_MS;
			expect(await texts(feed)).toEqual([]);
			expect(health).toHaveLength(2);
			await inbound.stop();
			expect(await texts(feedOf(both))).toEqual([]);
			now += 10 * MINUTE_MS;
			expect(await texts(feedOf(both))).toEqual(['under the old key', 'and another']);
		});

		it('has its like in a file: that is damaged, and one that was removed is gone', async () => {
			await before.write(async (trx) => await putBlobIn(trx, before.vault, key.tenant, 'file', Buffer.from('a picture'), now));
			expect([await openBlob(after, key.tenant, 'file'), await openBlob(after, key.tenant, 'other')]).toEqual(['damaged', 'gone']);
			expect(String(await openBlob(both, key.tenant, 'file'))).toBe('a picture');
			const away: Store = { ...both, vault: { ...both.vault, open: () => { throw new StoreError('unreachable'); } } };
			await expect(openBlob(away, key.tenant, 'file')).rejects.toMatchObject({ code: 'unreachable' });
		});

		it('is not the one whose sender only has a name under that key: it comes without', async () => {
			await write(before, ANNA, 'named', 'Anna');
			await feedOf(before).done((await feedOf(before).next(1))[0]?.turnId ?? '');
			await write(after, ANNA, 'nameless');
			expect(await feedOf(after).next(1)).toMatchObject([{ text: 'nameless', pushName: null }]);
			expect(await feedOf(both).next(1)).toMatchObject([{ text: 'nameless', pushName: 'Anna' }]);
		});
	});
});
