import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant, type Assistant } from '../../core/conversation';
import { profileOf } from '../../core/conversation/compose/channel';
import type { ChatModel } from '../../core/conversation/model/port';
import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import { createAssistantStore, createConversationStore, openStore } from '../../core/store';
import { DOUBLES, mixed } from '../eval/doubles';
import { rngOf } from '../eval/rng';
import { percentiles, type Figure } from './machine';

/** Words the rules are not certain of, so that nearly every turn asks the model. */
const LINES = [
	'Свекровь приезжает, хочу привести голову в порядок, может в пятницу получится?',
	'женская наверное, вы как думаете',
	'а если чуть попозже, мне бы после работы',
	'ну давайте первый вариант что ли',
	'Анна меня зовут, 8 916 123-45-67, только не звоните днём',
	'а сколько это вообще стоит, дорого небось',
	'да всё-таки хочу, записывайте уже',
	'и скажите, куда подъезжать лучше',
];
const DIALOGUES = 120;

/** What everything around a model costs: masks, prompts, reading, grounding, lint, budget; answers come at once and lie. */
export async function benchModelTurn(): Promise<readonly Figure[]> {
	const rules = await run(null);
	const worded = await run('model');
	const overhead = worded.map((time, index) => time - (rules[index] ?? 0));
	const { p50, p95 } = percentiles(overhead);
	const method = `the same ${DIALOGUES} dialogues of ${LINES.length} messages with lying model doubles that answer at once and wording by the model, less the same turn by rules; time inside the doubles left out`;
	return [{ name: 'guards around a model, p50 / p95 of a turn', value: `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`, goal: 'p95 < 20 ms', met: p95 < 20, method }];
}

/** Times of all turns but those of the first tenth of the dialogues. */
async function run(wording: 'model' | null): Promise<readonly number[]> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'bench.sqlite') }, { keys: ['bench'] });
	let now = Date.parse('2026-11-23T10:00:00+03:00');
	const clock = (): string => new Date(now).toISOString();
	await seedDemoSalon(store, 'bench', { seed: 1, now: clock(), locale: 'ru' });
	const assistant = createAssistant({
		store: createConversationStore(store),
		assistantStore: createAssistantStore(store),
		crm: createBuiltinCrm(store, 'bench', clock),
		clock,
		...(wording === null ? {} : { wording }),
	});
	const times: number[] = [];
	for (let dialogue = 0; dialogue < DIALOGUES; dialogue++) {
		for (const [index, text] of LINES.entries()) {
			now += 90_000;
			const model = watched(mixed(rngOf(dialogue, index), () => [{ type: 'none' }], `bench:${dialogue}:${index}`, ANSWERING));
			const took = await turn(assistant, { chat: `chat-${dialogue}`, id: `m-${index}`, text, at: clock() }, wording === null ? [] : [model]);
			if (dialogue >= DIALOGUES / 10) times.push(took - model.spent());
		}
	}
	await store.close();
	rmSync(folder, { recursive: true, force: true });
	return times;
}

const SILENCE = 11;
/** All but the one that keeps silent: its wait is the provider's. */
const ANSWERING = DOUBLES.filter(({ number }) => number !== SILENCE);

function watched(model: ChatModel): ChatModel & { spent(): number } {
	let spent = 0;
	return {
		name: model.name,
		spent: () => spent,
		complete: async (request) => {
			const started = performance.now();
			const answer = await model.complete(request);
			spent += performance.now() - started;
			return answer;
		},
	};
}

async function turn(assistant: Assistant, said: { chat: string; id: string; text: string; at: string }, models: readonly ChatModel[]): Promise<number> {
	const started = performance.now();
	await assistant.handle(
		{ tenant: 'bench', channel: 'web', chatId: said.chat },
		{ messageId: said.id, kind: 'text', text: said.text, buttonId: null, contact: null, sender: { phone: null, name: null }, receivedAt: said.at },
		profileOf('web'),
		{ models },
	);
	return performance.now() - started;
}
