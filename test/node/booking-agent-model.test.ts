import { FakeListChatModel } from '@langchain/core/utils/testing';
import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import type { ChatModel, ModelAnswer } from '../../core/conversation/model/port';
import { failureOf } from '../../nodes/BookingAgent/model/failure';
import { asChatModel } from '../../nodes/BookingAgent/model/langchain-model';
import { readSettings } from '../../nodes/BookingAgent/settings';

const NOW = '2026-11-21T10:00:00.000Z';

/** A LangChain model whose every call fails in the same way. */
class Failing extends SimpleChatModel {
	calls = 0;

	constructor(private readonly fail: () => Promise<never>) {
		super({});
	}

	override _llmType(): string {
		return 'failing';
	}

	override _call(): Promise<string> {
		this.calls++;
		return this.caller.call(this.fail);
	}
}

function open(supplied: unknown): ChatModel {
	const model = asChatModel(supplied);
	if (model === null) throw new TypeError('Not taken for a model');
	return model;
}

function ask(model: ChatModel, signal: AbortSignal = AbortSignal.timeout(5_000)): Promise<ModelAnswer> {
	return model.complete({ messages: [{ role: 'system', content: 'rules' }, { role: 'user', content: 'привет' }], maxOutputTokens: 400, signal });
}

/** A model by duck type that gives this reply. */
const replying = (reply: unknown): { invoke: () => Promise<unknown> } => ({ invoke: () => Promise.resolve(reply) });

describe('a LangChain chat model as a ChatModel', () => {
	it('is asked with plain messages and gives its text', async () => {
		const seen: unknown[] = [];
		const model = open({ invoke: (messages: unknown) => (seen.push(messages), Promise.resolve({ content: 'да' })) });
		expect(await ask(model)).toEqual({ kind: 'ok', text: 'да', usage: null });
		expect(seen).toEqual([[{ role: 'system', content: 'rules' }, { role: 'user', content: 'привет' }]]);
		expect(await ask(open(new FakeListChatModel({ responses: ['{"acts":[]}'] })))).toMatchObject({ kind: 'ok', text: '{"acts":[]}' });
	});

	it.each([
		[{ content: 'x', usage_metadata: { input_tokens: 12, output_tokens: 3 } }, 12, 3],
		[{ content: 'x', response_metadata: { tokenUsage: { promptTokens: 7, completionTokens: 2 } } }, 7, 2],
		[{ content: 'x', usage_metadata: {}, response_metadata: { usage: { prompt_tokens: 5, completion_tokens: 1 } } }, 5, 1],
	])('reads the tokens of %j', async (reply, inputTokens, outputTokens) => {
		expect(await ask(open(replying(reply)))).toMatchObject({ usage: { inputTokens, outputTokens } });
	});

	it('puts parts of text together and leaves thoughts and calls of tools out', async () => {
		const content = [{ type: 'reasoning', text: 'hidden', reasoning: 'hidden' }, { type: 'text', text: '{"a":' }, { type: 'tool_use', input: {} }, { type: 'text', text: '1}' }];
		expect(await ask(open(replying({ content })))).toMatchObject({ kind: 'ok', text: '{"a":1}' });
	});

	it.each([[undefined], [{}], [{ content: '' }], [{ content: [{ type: 'image_url' }] }], [{ content: 5 }]])('has nothing to read in %j', async (reply) => {
		expect(await ask(open(replying(reply)))).toEqual({ kind: 'failed', cause: 'unreadable' });
	});

	it('does not take an answer that was cut off for a whole one', async () => {
		expect(await ask(open(replying({ content: '{"acts":[', response_metadata: { finish_reason: 'length' } })))).toEqual({ kind: 'failed', cause: 'too_long' });
	});

	it('never lets the library try again by itself', async () => {
		const model = new Failing(() => Promise.reject(Object.assign(new Error('down'), { status: 500 })));
		const wrapper = { invoke: (...args: Parameters<Failing['invoke']>) => model.invoke(...args), inner: model };
		expect(await ask(open(wrapper))).toEqual({ kind: 'failed', cause: 'unavailable' });
		expect(model.calls).toBe(1);
	});

	it('ends with its signal though the library goes on, and never starts after it', async () => {
		const model = new Failing(() => new Promise(() => undefined));
		const abort = new AbortController();
		const asked = ask(open(model), abort.signal);
		abort.abort();
		expect(await asked).toEqual({ kind: 'failed', cause: 'timeout' });
		const calls = model.calls;
		expect(await ask(open(model), abort.signal)).toEqual({ kind: 'failed', cause: 'timeout' });
		expect(model.calls).toBe(calls);
	});

	it('ends when the execution is cancelled', async () => {
		const cancel = new AbortController();
		const model = asChatModel({ invoke: () => new Promise(() => undefined) }, { stop: cancel.signal });
		const asked = model === null ? null : ask(model);
		cancel.abort();
		expect(await asked).toEqual({ kind: 'failed', cause: 'timeout' });
	});

	it('survives a model that throws before it promises anything', async () => {
		const broken = {
			invoke: () => {
				throw new SyntaxError('Unexpected token <');
			},
		};
		expect(await ask(open(broken))).toEqual({ kind: 'failed', cause: 'unreadable' });
	});

	it('is named by what it is, without anything that could be a key or an address', () => {
		expect(open(new FakeListChatModel({ responses: [''] })).name).toBe('fake-list:default');
		expect(open({ invoke: () => Promise.resolve(null), _llmType: () => 'openai', model: 'gpt 5\nmini' }).name).toBe('openai:gpt_5_mini');
		expect([null, undefined, 'text', {}, { invoke: 'no' }].map((supplied) => asChatModel(supplied))).toEqual([null, null, null, null, null]);
	});
});

describe('the reason of a failed call', () => {
	const wrapped = (inner: object): Error => Object.assign(new Error('The service was not able to process your request'), { httpCode: null, cause: inner });

	it.each([
		['timeout', { status: 408 }],
		['timeout', { name: 'AbortError' }],
		['timeout', wrapped({ name: 'TimeoutError' })],
		['timeout', { name: 'TypeError', cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } }],
		['throttled', { httpCode: '429' }],
		['rejected', wrapped({ status: 429, code: 'insufficient_quota' })],
		['rejected', { status: 401 }],
		['rejected', { response: { status: 403 } }],
		['rejected', { statusCode: 404 }],
		['unavailable', { status: 500 }],
		['unavailable', wrapped(wrapped({ code: 'ECONNREFUSED' }))],
		['unavailable', wrapped({ name: 'TypeError', message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })],
		['unreadable', wrapped(new SyntaxError('Unexpected token'))],
		['unreadable', new TypeError("Cannot read properties of undefined (reading 'message')")],
		['unavailable', 'a string'],
		['unavailable', null],
	])('is %s for %j', (cause, error) => {
		expect(failureOf(error, NOW)).toEqual({ kind: 'failed', cause });
	});

	it('takes no number for a status that is none: an abort has code 20', () => {
		expect(failureOf({ httpCode: '20', cause: { name: 'AbortError', code: 20 } }, NOW).cause).toBe('timeout');
	});

	it.each([
		[{ headers: new Headers({ 'retry-after': '30' }) }, '2026-11-21T10:00:30.000Z'],
		[{ headers: { 'Retry-After': '2' } }, '2026-11-21T10:00:02.000Z'],
		[{ headers: new Headers({ 'retry-after-ms': '1500' }) }, '2026-11-21T10:00:01.500Z'],
		[{ headers: { 'retry-after': 'Sat, 21 Nov 2026 10:01:00 GMT' } }, '2026-11-21T10:01:00.000Z'],
		[{ retryAfterMs: 4_000 }, '2026-11-21T10:00:04.000Z'],
		[{ headers: { 'retry-after': '999999' } }, '2026-11-21T11:00:00.000Z'],
		[{ headers: { 'retry-after': 'soon' } }, undefined],
		[{}, undefined],
	])('says when to come back for %j', (more, retryAt) => {
		expect(failureOf(wrapped({ status: 429, ...more }), NOW).retryAt).toBe(retryAt);
	});

	it('follows errors that hold each other only so far', () => {
		const ring: { cause?: unknown; error?: unknown } = {};
		ring.cause = ring;
		ring.error = { cause: ring };
		expect(failureOf(ring, NOW)).toEqual({ kind: 'failed', cause: 'unavailable' });
	});
});

describe('the options for a model', () => {
	it('are the core’s limits and voice', () => {
		const set = readSettings({ assistantName: ' Лаванда ', tone: 'formal', houseRules: 'Бахилы\n\n  Без опозданий ', moneyPerDay: 2.5, inputPricePerMillion: 0.4, outputPricePerMillion: 1.6, modelSeconds: 5 });
		expect(set.assistant.assistantName).toBe('Лаванда');
		expect(set.voice).toEqual({ tone: 'formal', emoji: 'none', style: '', houseRules: ['Бахилы', 'Без опозданий'] });
		expect(set.limits).toMatchObject({ turnMs: 5_000, money: { capPerDay: 250, inputPerMillion: 40, outputPerMillion: 160 } });
	});

	it('without any are the defaults: a first sentence by the model, no cap of money, no facts of health', () => {
		expect(readSettings({})).toMatchObject({ wording: 'lead', healthFacts: false, limits: { money: { capPerDay: null } } });
	});

	it.each([[{ wording: 'poems' }, /"wording"/], [{ modelSeconds: 60 }, /"modelSeconds"/], [{ moneyPerDay: 5 }, /needs prices/], [{ houseRules: 'x'.repeat(201) }, /too long/], [{ style: 'x'.repeat(501) }, /"style"/]])(
		'refuse %j',
		(options, message) => {
			expect(() => readSettings(options)).toThrow(message);
		},
	);
});
