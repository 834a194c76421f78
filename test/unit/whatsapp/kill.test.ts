import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionKey } from '../../../core/whatsapp';
import { createRandom } from '../../contract/simulators/kit';
import { startScript } from '../../support/children';
import { describeEngines } from '../../support/engines';
import { reopenSession } from './bench';

/** A sample; `npm run whatsapp:kill` sets 60. */
const KILLS = Number(process.env['WHATSAPP_KILLS'] ?? 10);
/** Sessions whose processes run side by side in one database. */
const LANES = 2;
/** What a process has saved when it is killed, at least: from one number to so many, so that it also dies while it writes over its own. */
const WARM = 3;
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

describe(`a process killed while it saves the state of a session (TEST_SEED=${SEED})`, () => {
	describeEngines((_dialect, engine) => {
		it(`tears nothing, loses nothing that was saved and never links anew, ${KILLS} times`, async () => {
			const store = await engine.open();
			const random = createRandom(SEED);
			let saved = 0;

			async function lane(key: SessionKey): Promise<void> {
				let last = 0;
				let registration: string | undefined;
				for (let round = 0; round < KILLS / LANES; round += 1) {
					const script = startScript(join(__dirname, 'children/write-keys.ts'), { config: engine.config, key, first: round === 0, after: last });
					const opened = await script.nextLine();
					registration ??= opened;
					expect(opened).toBe(registration);
					const said: string[] = [];
					while (said.length <= round % WARM) said.push(await script.nextLine());
					// the moment of the kill is the random part; nothing below waits for it to be long enough
					await sleep(random.integer(0, 40));
					script.process.kill('SIGKILL');
					said.push(...(await script.remainingLines()));
					saved += said.length;

					const { auth } = await reopenSession(store, key);
					expect(String(auth.state.creds.registrationId)).toBe(registration);
					const peers = await auth.state.keys.get('session', Array.from({ length: 20 }, (_, place) => `peer${place}.0`));
					const { number: mapped } = await auth.state.keys.get('lid-mapping', ['number']);
					const numbers = new Set(Object.values(peers).map((value) => Number(Buffer.from(value).toString().trim())));
					expect(Object.keys(peers)).toHaveLength(20);
					expect([...numbers]).toEqual([Number(mapped)]);
					expect(Number(mapped)).toBeGreaterThanOrEqual(Number(said.at(-1)));
					expect([Number(mapped), Number(mapped) - 1]).toContain(auth.state.creds.nextPreKeyId);
					last = Number(mapped);
				}
			}

			await Promise.all(Array.from({ length: LANES }, (_, number) => lane({ tenant: 'salon', session: `lane ${number}` })));
			expect(saved).toBeGreaterThan(KILLS);
		}, 60_000 + KILLS * 10_000);
	});
});
