import { sql } from 'kysely';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConversationStore } from '../../../core/store';
import { startScript } from '../../support/children';
import { describeEngines } from '../../support/engines';

const CHAT = { tenant: 'salon', channel: 'telegram', chatId: '7' };
const ROUNDS = { sqlite: 20, postgres: 5 } as const;
/** What a process was told to be kept when it is killed, at least: from one message to so many. */
const WARM = 3;
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

/** Numbers in [0, 1) that repeat for one seed (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

describe(`a process killed while it writes (TEST_SEED=${SEED})`, () => {
	describeEngines((dialect, engine) => {
		it(`loses no acknowledged message and leaves no half of one, ${ROUNDS[dialect]} times`, async () => {
			const random = seeded(SEED);
			const acknowledged: string[] = [];
			await (await engine.open()).close();
			for (let round = 1; round <= ROUNDS[dialect]; round++) {
				const script = startScript(join(__dirname, 'children/accept.ts'), { config: engine.config, chat: CHAT, round });
				for (let lines = round % WARM; lines >= 0; lines -= 1) acknowledged.push(await script.nextLine());
				// The moment of the kill is the random part; nothing below waits for it to be long enough.
				await sleep(random() * 40);
				script.process.kill('SIGKILL');
				acknowledged.push(...(await script.remainingLines()));

				const store = await engine.open();
				const kept = await store.db.selectFrom('inbox').select(['seq', 'message_id']).orderBy('seq').execute();
				const ids = new Set(kept.map((row) => row.message_id));
				expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
				expect(kept.map((row) => row.seq)).toEqual(kept.map((_row, index) => index + 1));
				expect((await createConversationStore(store).get(CHAT))?.waiting).toBe(kept.length);
				if (dialect === 'sqlite') {
					const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(store.db);
					expect(rows.map((row) => row.integrity_check)).toEqual(['ok']);
				}
				await store.close();
			}
			expect(acknowledged.length).toBeGreaterThan(ROUNDS[dialect]);
		}, 120_000);
	});
});
