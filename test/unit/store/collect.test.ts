import { createAssistantStore, type Store } from '../../../core/store';
import { createCollector, type Collector } from '../../../core/store/collect';
import { describeEngines } from '../../support/engines';

const NOW = 1_700_000_000_000;
const RULES = { quietMs: 6000, mostMs: 25_000 };

describeEngines((_dialect, engine) => {
	let store: Store;
	let second: Store;
	let now = NOW;
	let chats = 0;
	const chat = (tenant = 'salon') => ({ tenant, channel: 'telegram', chatId: `chat ${(chats += 1)}` });
	const collector = (owner = 'one', of = store): Collector => createCollector(of, { owner, clock: () => now });
	const message = (messageId: string) => ({ messageId, payload: JSON.stringify({ text: `text of ${messageId}` }) });
	const textsOf = (payloads: readonly string[]): readonly string[] => payloads.map((payload) => (JSON.parse(payload) as { text: string }).text);
	beforeAll(async () => {
		store = await engine.open();
		second = await engine.open();
	});

	/** Adds a message and says where it waits; throws when it was seen before. */
	async function added(to: ReturnType<typeof chat>, id: string, by = collector()): Promise<{ readonly turnId: string; readonly dueAt: number }> {
		const found = await by.add(to, message(id), RULES);
		if (found.kind === 'seen') throw new Error('seen before');
		return found;
	}

	it('makes one turn of messages that follow each other, in their order', async () => {
		const own = chat();
		const first = await added(own, 'b');
		now += 5000;
		const second = await added(own, 'a');
		expect(second).toEqual({ kind: 'added', turnId: first.turnId, dueAt: now + 6000, first: false });
		now += 5999;
		expect(await collector().close('salon', first.turnId)).toEqual({ kind: 'later' });
		now += 1;
		const closed = await collector().close('salon', first.turnId);
		expect(closed).toMatchObject({ kind: 'closed', turn: { ...own, turnId: first.turnId } });
		expect(textsOf(closed.kind === 'closed' ? closed.turn.payloads : [])).toEqual(['text of b', 'text of a']);
		expect(await collector().close('salon', first.turnId)).toEqual({ kind: 'taken' });
	});

	it('ends a turn at the latest after its longest time, however much is written', async () => {
		const own = chat();
		const begun = now;
		let last = await added(own, 'm0');
		for (let i = 1; i <= 6; i += 1) {
			now += 4000;
			last = await added(own, `m${i}`);
		}
		expect(last.dueAt).toBe(begun + 25_000);
	});

	it('opens the next turn for what comes after one was handed on', async () => {
		const own = chat();
		const first = await added(own, 'a');
		now += 6000;
		await collector().close('salon', first.turnId);
		expect((await added(own, 'b')).turnId).not.toBe(first.turnId);
	});

	it('takes a message once, in an open turn and after it', async () => {
		const own = chat();
		const { turnId } = await added(own, 'a');
		expect(await collector().add(own, message('a'), RULES)).toEqual({ kind: 'seen' });
		now += 6000;
		const closed = await collector().close('salon', turnId);
		expect(closed.kind === 'closed' && closed.turn.payloads).toHaveLength(1);
		expect(await collector().add(own, message('a'), RULES)).toEqual({ kind: 'seen' });
		expect(await collector().closeNow(own)).toBeNull();
	});

	it('keeps chats, channels and salons apart', async () => {
		const own = chat();
		const turns = [await added(own, 'a'), await added({ ...own, channel: 'web' }, 'a'), await added({ ...own, tenant: 'other' }, 'a'), await added(chat(), 'a')];
		expect(new Set(turns.map(({ turnId }) => turnId)).size).toBe(4);
		now += 6000;
		expect(await collector().close('other', turns[0]?.turnId ?? '')).toEqual({ kind: 'taken' });
	});

	it('gives a due turn to one of many, and loses nothing that comes at the same moment', async () => {
		const own = chat();
		const one = collector('one');
		const two = collector('two', second);
		const found = await Promise.all(Array.from({ length: 40 }, (_unused, i) => (i % 2 === 0 ? one : two).add(own, message(`m${i}`), RULES)));
		const ids = new Set(found.map((each) => (each.kind === 'added' ? each.turnId : 'seen')));
		expect(ids.size).toBe(1);
		now += 6000;
		const [turnId = ''] = ids;
		const closings = await Promise.all(Array.from({ length: 10 }, (_unused, i) => (i % 2 === 0 ? one : two).close('salon', turnId)));
		const closed = closings.flatMap((each) => (each.kind === 'closed' ? [each.turn] : []));
		expect(closed).toHaveLength(1);
		expect(new Set(closed[0]?.payloads).size).toBe(40);
	});

	it('hands on what a crash left: open turns that are overdue, and those a dead process had taken', async () => {
		const tenant = `left ${chats}`;
		const [waiting, taken, alive] = [chat(tenant), chat(tenant), chat(tenant)];
		const open = await added(waiting, 'a');
		const dead = await added(taken, 'a');
		const living = await added(alive, 'a');
		now += 6000;
		await collector('dead').close(tenant, dead.turnId);
		await collector('alive').close(tenant, living.turnId);
		const isDead = (owner: string): boolean => owner === 'dead';
		expect((await collector('next').closeLeftOver(tenant, 10_000, isDead)).map(({ turnId }) => turnId)).toEqual([dead.turnId]);
		now += 10_000;
		const left = await collector('next').closeLeftOver(tenant, 10_000, isDead);
		expect(left).toMatchObject([{ ...waiting, turnId: open.turnId }]);
		expect(textsOf(left[0]?.payloads ?? [])).toEqual(['text of a']);
		expect(await collector('next').closeLeftOver(tenant, 10_000, isDead)).toEqual([]);
	});

	it('puts what a crash left together with what comes next', async () => {
		const own = chat();
		const { turnId } = await added(own, 'a');
		now += 600_000;
		expect(await added(own, 'b')).toEqual({ kind: 'added', turnId, dueAt: now, first: false });
	});

	it('forgets ids after a week, and texts with them; never what still waits', async () => {
		const [over, waiting] = [chat(), chat()];
		const { turnId } = await added(over, 'a');
		await added(waiting, 'w');
		now += 6000;
		await collector().close('salon', turnId);
		now += 7 * 86_400_000;
		await added(chat(), 'x');
		expect((await collector().add(over, message('a'), RULES)).kind).toBe('added');
		expect((await collector().closeNow(waiting))?.payloads).toHaveLength(1);
	});

	it('keeps texts sealed, and erases them with the chat', async () => {
		const own = chat();
		await added(own, 'secret');
		const rows = await store.db.selectFrom('collected_message').selectAll().where('chat_id', '=', own.chatId).execute();
		expect(JSON.stringify(rows)).not.toContain('text of');
		const counts = await createAssistantStore(store).erasure.eraseClient('salon', { chat: own });
		expect(counts).toMatchObject({ collected_turn: 1, collected_message: 1 });
		expect(await collector().closeNow(own)).toBeNull();
	});
});
