import type { ModelLimits } from '../../../core/conversation/model/budget';
import type { ModelAnswer } from '../../../core/conversation/model/port';
import { estimateTokens } from '../../../core/conversation/model/tokens';
import { bench, MESSAGES } from './bench';
import { ok, ScriptedModel } from './scripted';

function money(capPerDay: number | null): Pick<ModelLimits, 'money'> {
	return { money: { capPerDay, inputPerMillion: 100, outputPerMillion: 400, warnAt: 0.8 } };
}

describe('the budget of a turn', () => {
	it('is two asks, three with a repair, and is told of once', async () => {
		const plain = bench([new ScriptedModel('a', 'x')]);
		for (const purpose of ['understand', 'compose'] as const) expect(await plain.model.ask(purpose, MESSAGES, 50)).toBe('x');
		for (let more = 0; more < 3; more++) expect(await plain.model.ask('rephrase', MESSAGES, 50)).toBeNull();
		expect(plain.of('budget_reached')).toEqual([{ limit: 'turn_calls' }]);
		const repaired = bench([new ScriptedModel('a', 'x')]);
		for (const purpose of ['understand', 'repair', 'compose'] as const) expect(await repaired.model.ask(purpose, MESSAGES, 50)).toBe('x');
		expect(await repaired.model.ask('rephrase', MESSAGES, 50)).toBeNull();
	});

	it('counts the input of all calls, estimated before the call and as the provider says after it', async () => {
		const provider = new ScriptedModel('a', ok('x', 5_991, 1));
		const { model, of } = bench([provider]);
		expect(await model.ask('understand', [{ role: 'user', content: 'слово '.repeat(2_000) }], 50)).toBeNull();
		expect(provider.requests).toHaveLength(0);
		expect(await model.ask('understand', MESSAGES, 50)).toBe('x');
		expect(await model.ask('compose', MESSAGES, 50)).toBeNull();
		expect(of('budget_reached')).toEqual([{ limit: 'turn_input' }]);
	});

	it('shortens an answer to what is left of the output, and makes no call for a scrap', async () => {
		const provider = new ScriptedModel('a', ok('x', 10, 300), ok('y', 10, 80));
		const { model, of } = bench([provider]);
		await model.ask('understand', MESSAGES, 300);
		await model.ask('repair', MESSAGES, 300);
		expect(provider.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([300, 100]);
		expect(await model.ask('compose', MESSAGES, 300)).toBeNull();
		expect(of('budget_reached')).toEqual([{ limit: 'turn_output' }]);
	});

	it('a provider that counts nothing or nonsense is counted by the estimate', async () => {
		for (const usage of [null, { inputTokens: NaN, outputTokens: 1 }, { inputTokens: -5, outputTokens: 1 }, { inputTokens: 1e12, outputTokens: 1 }, { inputTokens: 0, outputTokens: 0 }, 'many']) {
			const { model, usage: store } = bench([new ScriptedModel('a', { kind: 'ok', text: 'ответ', usage } as ModelAnswer)]);
			await model.ask('understand', MESSAGES, 100);
			const spent = store.added[0]?.spent;
			expect(spent?.outputTokens).toBe(estimateTokens('ответ'));
			expect(spent?.inputTokens).toBeGreaterThanOrEqual(estimateTokens('rules') + estimateTokens('hello'));
			expect(spent?.inputTokens).toBeLessThan(30);
		}
	});

	it('a call that hung is paid for, a throttled one is not', async () => {
		const { model, usage } = bench([new ScriptedModel('a', { kind: 'failed', cause: 'throttled' }), new ScriptedModel('b', ok('<html>')), new ScriptedModel('c', ok('x', 7, 3))]);
		await model.ask('understand', MESSAGES, 100);
		expect(usage.added).toHaveLength(2);
		expect(usage.added[1]?.spent).toEqual({ calls: 1, inputTokens: 7, outputTokens: 3, costMicros: 0 });
	});
});

describe('the budget of a day', () => {
	it('ends for a chat at its tokens, not before', async () => {
		const under = bench([new ScriptedModel('a', 'x')]);
		under.usage.before = { chatTokens: 59_800, tenantCostMicros: 0 };
		expect(await under.model.ask('understand', MESSAGES, 100)).toBe('x');
		const over = bench([new ScriptedModel('a', 'x')]);
		over.usage.before = { chatTokens: 59_950, tenantCostMicros: 0 };
		expect(await over.model.ask('understand', MESSAGES, 100)).toBeNull();
		expect(over.of('budget_reached')).toEqual([{ limit: 'chat_day' }]);
	});

	it('counts tokens of earlier asks of the same turn', async () => {
		const { model, usage, of } = bench([new ScriptedModel('a', ok('x', 300, 10))]);
		usage.before = { chatTokens: 59_500, tenantCostMicros: 0 };
		expect(await model.ask('understand', MESSAGES, 100)).toBe('x');
		expect(await model.ask('compose', MESSAGES, 200)).toBeNull();
		expect(of('budget_reached')).toEqual([{ limit: 'chat_day' }]);
	});

	it('ends for a tenant at its money; without a cap it never does', async () => {
		const capped = bench([new ScriptedModel('a', 'x')], { limits: money(10) });
		capped.usage.before = { chatTokens: 0, tenantCostMicros: 100_000 };
		expect(await capped.model.ask('understand', MESSAGES, 100)).toBeNull();
		expect(capped.of('budget_reached')).toEqual([{ limit: 'tenant_day' }]);
		const free = bench([new ScriptedModel('a', 'x')], { limits: money(null) });
		free.usage.before = { chatTokens: 0, tenantCostMicros: 1e12 };
		expect(await free.model.ask('understand', MESSAGES, 100)).toBe('x');
	});

	it('counts money by the price of a million tokens: 1,000 in at 1.00 and 100 out at 4.00 are 1,400 millionths', async () => {
		const { model, usage } = bench([new ScriptedModel('a', ok('x', 1000, 100))], { limits: money(1000) });
		await model.ask('understand', MESSAGES, 100);
		expect(usage.added[0]?.spent.costMicros).toBe(1400);
	});

	it('warns when four fifths of the money are spent, by the call that does it only', async () => {
		const { model, usage, of } = bench([new ScriptedModel('a', ok('x', 1000, 100), ok('x', 1000, 100))], { limits: money(100) });
		usage.before = { chatTokens: 0, tenantCostMicros: 800_000 - 1400 };
		await model.ask('understand', MESSAGES, 100);
		await model.ask('compose', MESSAGES, 100);
		expect(of('budget_warning')).toEqual([{ limit: 'tenant_day' }]);
		const before = bench([new ScriptedModel('a', ok('x', 1000, 100))], { limits: money(100) });
		before.usage.before = { chatTokens: 0, tenantCostMicros: 800_000 - 1401 };
		await before.model.ask('understand', MESSAGES, 100);
		expect(before.of('budget_warning')).toEqual([]);
	});

	it("belongs to the branch's own date", async () => {
		const { model, usage } = bench([new ScriptedModel('a', 'x')], { zone: 'Asia/Vladivostok' });
		await model.ask('understand', MESSAGES, 100);
		expect(usage.added[0]?.key).toBe('salon|2026-11-22|hash');
	});

	it('is not spent further while nobody can tell what was spent', async () => {
		const provider = new ScriptedModel('a', 'x');
		const unread = bench([provider]);
		unread.usage.broken = 'today';
		expect(await unread.model.ask('understand', MESSAGES, 100)).toBeNull();
		expect(provider.requests).toHaveLength(0);
		expect(unread.of('budget_reached')).toEqual([{ limit: 'usage_unreadable' }]);
		const unwritten = bench([provider]);
		unwritten.usage.broken = 'add';
		expect(await unwritten.model.ask('understand', MESSAGES, 100)).toBe('x');
		expect(await unwritten.model.ask('compose', MESSAGES, 100)).toBeNull();
	});
});

describe('the estimate of tokens', () => {
	it.each<[string, number, number]>([
		['', 0, 0],
		['hello world', 2, 3],
		['Здравствуйте, запишите меня завтра', 12, 20],
		['2026-11-21 10:00', 6, 12],
		['🙂', 1, 4],
	])('of «%s» is between %d and %d', (text, least, most) => {
		expect(estimateTokens(text)).toBeGreaterThanOrEqual(least);
		expect(estimateTokens(text)).toBeLessThanOrEqual(most);
	});
});
