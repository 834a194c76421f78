import { createModelHealth } from '../../../core/conversation/model/health';
import type { ModelAnswer, ModelMessage } from '../../../core/conversation/model/port';
import { bench, MESSAGES, NOW } from './bench';
import { hang, ok, ScriptedModel } from './scripted';

describe('one ask', () => {
	it('gives the answer and logs counts and hashes, no text', async () => {
		const { model, lines } = bench([new ScriptedModel('a', ok('secret answer', 100, 20))]);
		expect(await model.ask('understand', [{ role: 'system', content: 'secret prefix' }, { role: 'user', content: 'secret words' }], 100)).toBe('secret answer');
		expect(lines).toEqual([{ kind: 'model_call', data: { purpose: 'understand', model: 0, outcome: 'ok', ms: expect.any(Number), inputTokens: 100, outputTokens: 20, promptHash: expect.stringMatching(/^[0-9a-f]{16}$/) } }]);
		expect(JSON.stringify(lines)).not.toContain('secret');
	});

	it('hides personal data from the provider in all but the system message, and restores it in the answer', async () => {
		const provider = new ScriptedModel('a', ok('call [PHONE_1], [NAME_1]'));
		const { model } = bench([provider]);
		model.know(['Ирина']);
		const messages: readonly ModelMessage[] = [{ role: 'system', content: 'the salon is +74951234567' }, { role: 'user', content: 'Я 8 916 123-45-67, Ирине' }, { role: 'assistant', content: 'Ирине' }];
		expect(await model.ask('understand', messages, 100)).toBe('call 8 916 123-45-67, Ирине');
		expect(provider.requests[0]?.messages.map(({ content }) => content)).toEqual(['the salon is +74951234567', 'Я [PHONE_1], [NAME_1]', '[NAME_1]']);
	});

	it('hashes the system prefix only: what the client says changes nothing', async () => {
		const { model, of } = bench([new ScriptedModel('a', 'x')]);
		await model.ask('understand', MESSAGES, 100);
		await model.ask('compose', [{ role: 'system', content: 'rules' }, { role: 'user', content: 'other' }], 100);
		const [first, second] = of('model_call').map(({ promptHash }) => promptHash);
		expect(second).toBe(first);
		const other = bench([new ScriptedModel('a', 'x')]);
		await other.model.ask('understand', [{ role: 'system', content: 'other rules' }], 100);
		expect(other.of('model_call')[0]?.promptHash).not.toBe(first);
	});
});

describe('a bad answer', () => {
	const html = '<!DOCTYPE html><html><body>Bad gateway</body></html>';
	it.each<[string, ModelAnswer | Error | (() => Promise<ModelAnswer>), string]>([
		['HTML', ok(html), 'unreadable'],
		['nothing', ok('   '), 'unreadable'],
		['broken bytes', ok('\uFFFD'.repeat(40)), 'unreadable'],
		['a little more broken than not', ok(`{"acts":[]}${'\uFFFD'.repeat(4)}`), 'unreadable'],
		['a megabyte', ok('x'.repeat(1_000_000)), 'too_long'],
		['more than 32 kB of Cyrillic', ok('я'.repeat(17_000)), 'too_long'],
		['a throw', new Error('socket'), 'unavailable'],
		['a rejection', () => Promise.reject(new Error('socket')), 'unavailable'],
		['no object', () => Promise.resolve(undefined as unknown as ModelAnswer), 'unreadable'],
		['an unknown failure', { kind: 'failed', cause: 'odd' } as unknown as ModelAnswer, 'unavailable'],
		['a refusal', { kind: 'failed', cause: 'rejected' }, 'rejected'],
	])('%s: the fallback provider answers', async (_name, step, outcome) => {
		const { model, of } = bench([new ScriptedModel('a', step), new ScriptedModel('b', 'fine')]);
		expect(await model.ask('understand', MESSAGES, 100)).toBe('fine');
		expect(of('model_call').map((data) => [data.model, data.outcome])).toEqual([[0, outcome], [1, 'ok']]);
	});

	it('an answer of exactly 32 kB and one with a few broken characters pass', async () => {
		const text = 'x'.repeat(32 * 1024);
		expect(await bench([new ScriptedModel('a', text)]).model.ask('compose', MESSAGES, 100)).toBe(text);
		expect(await bench([new ScriptedModel('a', 'три \uFFFD\uFFFD\uFFFD')]).model.ask('compose', MESSAGES, 100)).toBe('три \uFFFD\uFFFD\uFFFD');
	});

	it('from every provider is null, not an error', async () => {
		expect(await bench([new ScriptedModel('a', new Error('x')), new ScriptedModel('b', ok(html))]).model.ask('understand', MESSAGES, 100)).toBeNull();
		expect(await bench([]).model.ask('understand', MESSAGES, 100)).toBeNull();
	});
});

describe('time', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Lets time pass until the promise settles; tells the answer and how long it took. */
	async function timed<T>(promise: Promise<T>): Promise<{ value: T; ms: number }> {
		const started = performance.now();
		let end: { value: T; ms: number } | undefined;
		void promise.then((value) => (end = { value, ms: performance.now() - started }));
		for (let step = 0; step < 700 && end === undefined; step++) await jest.advanceTimersByTimeAsync(50);
		if (end === undefined) throw new Error('It never ended');
		return end;
	}

	it('a provider that hangs and ignores the signal leaves time for the fallback', async () => {
		const first = new ScriptedModel('a', hang);
		const { model, of } = bench([first, new ScriptedModel('b', 'fine')]);
		const { value, ms } = await timed(model.ask('understand', MESSAGES, 100));
		expect(value).toBe('fine');
		expect(ms).toBeLessThanOrEqual(6_100);
		expect(first.requests[0]?.signal.aborted).toBe(true);
		expect(of('model_call')[0]).toMatchObject({ outcome: 'timeout', ms: 6000 });
		expect(jest.getTimerCount()).toBe(0);
	});

	it('two that hang end within the turn, and later asks of the turn end at once', async () => {
		const { model } = bench([new ScriptedModel('a', hang), new ScriptedModel('b', hang)]);
		const { value, ms } = await timed(model.ask('understand', MESSAGES, 100));
		expect(value).toBeNull();
		expect(ms).toBeLessThanOrEqual(12_100);
		expect((await timed(model.ask('compose', MESSAGES, 100))).ms).toBeLessThanOrEqual(50);
	});

	it('the turn has one clock for all of its asks', async () => {
		const slow = (): Promise<ModelAnswer> => new Promise((resolve) => setTimeout(() => resolve(ok('slow')), 5_900));
		const { model, of } = bench([new ScriptedModel('a', slow)]);
		expect((await timed(model.ask('understand', MESSAGES, 100))).value).toBe('slow');
		expect((await timed(model.ask('repair', MESSAGES, 100))).value).toBe('slow');
		expect((await timed(model.ask('compose', MESSAGES, 100))).value).toBeNull();
		expect(of('budget_reached')).toEqual([{ limit: 'turn_time' }]);
	});

	it('a provider that hangs late in the turn still leaves a share for the fallback', async () => {
		const slow = (): Promise<ModelAnswer> => new Promise((resolve) => setTimeout(() => resolve(ok('slow')), 5_900));
		const { model } = bench([new ScriptedModel('a', slow, hang), new ScriptedModel('b', 'fine')]);
		expect((await timed(model.ask('understand', MESSAGES, 100))).value).toBe('slow');
		const { value, ms } = await timed(model.ask('repair', MESSAGES, 100));
		expect(value).toBe('fine');
		expect(ms).toBeLessThanOrEqual(3_200);
	});

	it('a quick answer leaves no timer behind', async () => {
		const { model } = bench([new ScriptedModel('a', 'fine')]);
		await model.ask('understand', MESSAGES, 100);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('a rejection after the deadline disturbs nobody', async () => {
		const late = (): Promise<ModelAnswer> => new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 20_000));
		const { model } = bench([new ScriptedModel('a', late)]);
		expect((await timed(model.ask('understand', MESSAGES, 100))).value).toBeNull();
		await jest.advanceTimersByTimeAsync(30_000);
	});
});

describe('health', () => {
	const at = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

	it.each(['throttled', 'unavailable', 'timeout'] as const)('a provider that is %s is left alone in the next turn, then tried again', async (cause) => {
		const first = new ScriptedModel('a', { kind: 'failed', cause }, ok('back'));
		const health = createModelHealth();
		let now = NOW;
		const turn = (): Promise<string | null> => bench([first, new ScriptedModel('b', 'second')], { health, clock: () => now }).model.ask('understand', MESSAGES, 100);
		expect(await turn()).toBe('second');
		now = at(14);
		expect(await turn()).toBe('second');
		expect(first.requests).toHaveLength(1);
		now = at(16);
		expect(await turn()).toBe('back');
	});

	it.each(['rejected', 'unreadable', 'too_long'] as const)('one that gave a %s answer is asked again at once', async (cause) => {
		const health = createModelHealth();
		health.failed('a', cause, NOW);
		expect(health.isResting('a', NOW)).toBe(false);
	});

	it('honours retryAt, up to a minute; rests longer with every failure; forgets with a success', () => {
		const health = createModelHealth();
		health.failed('a', 'throttled', NOW, at(30));
		expect([health.isResting('a', at(29)), health.isResting('a', at(30))]).toEqual([true, false]);
		health.failed('b', 'throttled', NOW, at(3600));
		expect([health.isResting('b', at(59)), health.isResting('b', at(60))]).toEqual([true, false]);
		for (let failures = 0; failures < 2; failures++) health.failed('c', 'timeout', NOW);
		expect([health.isResting('c', at(29)), health.isResting('c', at(30))]).toEqual([true, false]);
		for (let failures = 0; failures < 50; failures++) health.failed('c', 'timeout', NOW);
		expect(health.isResting('c', at(60))).toBe(false);
		health.succeeded('c');
		health.failed('c', 'timeout', NOW);
		expect(health.isResting('c', at(15))).toBe(false);
		health.failed('d', 'throttled', NOW, 'not a date');
		expect([health.isResting('d', at(14)), health.isResting('d', at(15))]).toEqual([true, false]);
	});

	it('with everyone resting there is no call and no error', async () => {
		const health = createModelHealth();
		health.failed('a', 'unavailable', NOW);
		const provider = new ScriptedModel('a', 'x');
		const { model, of } = bench([provider], { health });
		expect(await model.ask('understand', MESSAGES, 100)).toBeNull();
		expect(provider.requests).toHaveLength(0);
		expect(of('models_resting')).toHaveLength(1);
	});
});
