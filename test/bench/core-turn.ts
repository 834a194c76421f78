import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssistant, type Assistant } from '../../core/conversation';
import { profileOf } from '../../core/conversation/compose/channel';
import { createBuiltinCrm, seedDemoSalon } from '../../core/crm/builtin';
import { createConversationStore, openStore } from '../../core/store';
import { percentiles, type Figure } from './machine';

const LINES = [
	'Здравствуйте, хочу на стрижку завтра в 3',
	'женская',
	'1',
	'Анна, 8 916 123-45-67',
	'да',
	'где вы находитесь?',
	'сколько стоит маникюр?',
	'отмените запись',
	'да',
	'спасибо',
];

/** A turn of the whole core on SQLite: inbox, understanding, slots, pending action, commit, reply, audit. */
export async function benchCoreTurn(dialogues = 200): Promise<readonly Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	const store = await openStore({ engine: 'sqlite', path: join(folder, 'bench.sqlite') }, { keys: ['bench'] });
	let now = Date.parse('2026-11-23T10:00:00+03:00');
	const clock = (): string => new Date(now).toISOString();
	await seedDemoSalon(store, 'bench', { seed: 1, now: clock(), locale: 'ru' });
	const assistant = createAssistant({ store: createConversationStore(store), crm: createBuiltinCrm(store, 'bench', clock), clock });
	const times: number[] = [];
	for (let dialogue = 0; dialogue < dialogues; dialogue++) {
		for (const [index, text] of LINES.entries()) {
			now += 2000;
			const took = await turn(assistant, `chat-${dialogue}`, `m-${index}`, text, clock());
			if (dialogue >= dialogues / 10) times.push(took);
		}
	}
	await store.close();
	rmSync(folder, { recursive: true, force: true });
	const { p50, p95 } = percentiles(times);
	const method = `${dialogues} dialogues of ${LINES.length} messages one after another, first tenth left out, synchronous=FULL`;
	return [
		{ name: 'core turn on SQLite, p50', value: `${p50.toFixed(2)} ms`, goal: '<= 5 ms', met: p50 <= 5, method },
		{ name: 'core turn on SQLite, p95', value: `${p95.toFixed(2)} ms`, goal: '-', met: true, method },
	];
}

async function turn(assistant: Assistant, chatId: string, messageId: string, text: string, receivedAt: string): Promise<number> {
	const started = performance.now();
	await assistant.handle(
		{ tenant: 'bench', channel: 'web', chatId },
		{ messageId, kind: 'text', text, buttonId: null, contact: null, sender: { phone: null, name: null }, receivedAt },
		profileOf('web'),
	);
	return performance.now() - started;
}
