import { randomBytes } from 'node:crypto';
import type { Store } from '../../../../core/store';
import { newBlobId, readBlob } from '../../../../core/whatsapp';
import { MOST_FILES } from '../../../../core/whatsapp/inbound/media/allowance';
import { describeEngines } from '../../../support/engines';
import type { Device, Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { Receiver } from './bench';

const QUIET_MS = 20_000;
const PART = 512 * 1024;
const MOST_PARTS = (64 * 2 ** 20) / PART;

jest.setTimeout(60_000);

const bench = Bench.ofTests();

const picture = (length: number) => ({ kind: 'image', bytes: randomBytes(length), mimetype: 'image/jpeg' }) as const;

describe('what one person can have a session keep', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let receiver: Receiver;
		let salon: Phone;
		let device: Device;
		/** Paths asked for, in order. */
		const asked: string[] = [];
		let answers = (_path: string): Promise<void> => Promise.resolve();
		beforeAll(async () => {
			store = await engine.open();
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000911' : '79990000912', { name: 'Salon', business: 'Salon' });
			const fetchSlowly: typeof fetch = async (input, init) => {
				const { pathname } = new URL(String(input));
				asked.push(pathname);
				await answers(pathname);
				return await fetch(input, init);
			};
			receiver = await Receiver.open(store, bench.server.url, { settings: { quietMs: QUIET_MS, mostMs: 3 * QUIET_MS }, parts: { fetch: fetchSlowly } });
			device = await receiver.link(bench, salon);
		}, 60_000);
		afterAll(async () => await receiver.close());
		beforeEach(() => {
			asked.splice(0);
			answers = () => Promise.resolve();
		});
		afterEach(() => expect(receiver.failures).toEqual([]));
		const pathOf = (id: string): string => new URL(`https://x${salon.screen.find(id)?.content.imageMessage?.directPath ?? '/'}`).pathname;

		it('is so many files of a turn: the rest is missing, and says why', async () => {
			const anna = bench.someone();
			for (let place = 0; place < MOST_FILES + 3; place += 1) await anna.sendFile(salon, picture(place + 1));
			await anna.write(salon, 'that is all');
			await receiver.settle(device);
			await receiver.until(async () => asked.length === MOST_FILES, 'the files');
			const [turn] = await receiver.turns(1, QUIET_MS);
			const missing = turn?.media.map((media) => media.missing);
			expect(missing).toEqual([...Array.from({ length: MOST_FILES }, () => null), 'too_many', 'too_many', 'too_many']);
			expect(turn?.text).toBe('that is all');
			expect(asked).toHaveLength(MOST_FILES);
			await anna.sendFile(salon, picture(7));
			await receiver.settle(device);
			expect((await receiver.turns(1, QUIET_MS))[0]?.media).toMatchObject([{ missing: null, size: 7 }]);
		});

		it('is so many bytes of all turns that no workflow is through with, whatever the messages say', async () => {
			const anna = bench.someone();
			await anna.write(salon, 'hello');
			await receiver.settle(device);
			const before = newBlobId(store.vault, { tenant: 'salon', session: 'main', chat: anna.lidJid });
			await store.write(async (trx) => {
				for (let part = 0; part < MOST_PARTS - 1; part += 1) await trx.insertInto('wa_blob').values({ tenant: 'salon', id: `${before}/${String(part).padStart(4, '0')}`, value: 'x', created_at: Date.now() }).execute();
			});
			await anna.sendFile(salon, picture(PART + 1));
			const uploaded = await bench.server.media.upload(randomBytes(PART + 1), 'image');
			await anna.write(salon, { imageMessage: { ...uploaded, fileLength: 10, mimetype: 'image/png' } });
			await anna.sendFile(salon, picture(PART));
			await anna.sendFile(salon, picture(1));
			await receiver.settle(device);
			const [turn] = await receiver.waiting(1, QUIET_MS);
			expect(turn?.media.map(({ missing }) => missing)).toEqual(['too_many', 'too_many', null, 'too_many']);
			expect(asked).toHaveLength(2);
			const other = bench.someone();
			await other.sendFile(salon, picture(1));
			await receiver.settle(device);
			expect((await receiver.waiting(2, QUIET_MS)).find(({ chatId }) => chatId === other.lidJid)?.media).toMatchObject([{ missing: null }]);
			expect((await readBlob(store, 'salon', turn?.media[2]?.blobId ?? ''))?.length).toBe(PART);
			for (const { turnId } of await receiver.waiting(2)) await receiver.feed.done(turnId);
			await store.write(async (trx) => await trx.deleteFrom('wa_blob').execute());
		});

		it('keeps no file of somebody else waiting: one of each chat is fetched at a time, in rotation', async () => {
			const [anna, boris, vera] = [bench.someone(), bench.someone(), bench.someone()];
			const open: (() => void)[] = [];
			answers = async () => await new Promise<void>((resolve) => open.push(resolve));
			const theirs: string[] = [];
			for (let place = 0; place < 6; place += 1) theirs.push(pathOf(await anna.sendFile(salon, picture(place + 1))));
			await receiver.settle(device);
			const others = [pathOf(await boris.sendFile(salon, picture(2))), pathOf(await vera.sendFile(salon, picture(3)))];
			await receiver.settle(device);
			await receiver.until(async () => asked.length === 3, 'one file of each');
			expect(asked).toEqual([theirs[0], ...others]);
			answers = () => Promise.resolve();
			for (const resolve of open) resolve();
			await receiver.until(async () => asked.length === 8, 'the rest');
			expect(asked.slice(3)).toEqual(theirs.slice(1));
			expect(await receiver.turns(3, QUIET_MS)).toHaveLength(3);
		});

		it('keeps no words waiting for ever: a file that was not begun in ten minutes is given up', async () => {
			const anna = bench.someone();
			let open = (): void => undefined;
			answers = async () => await new Promise<void>((resolve) => (open = resolve));
			const slow = pathOf(await anna.sendFile(salon, picture(1)));
			await anna.sendFile(salon, picture(2));
			await anna.write(salon, 'look at both');
			await receiver.settle(device);
			const { now } = performance;
			const late = jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 600_001);
			open();
			const [turn] = await receiver.turns(1, QUIET_MS);
			late.mockRestore();
			expect(turn).toMatchObject({ text: 'look at both', media: [{ missing: null, size: 1 }, { missing: 'unavailable' }] });
			expect(asked).toEqual([slow]);
		});
	});
});
