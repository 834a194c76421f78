import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTurnFeed, type TurnItem } from '../../../../core/whatsapp';
import { createRandom } from '../../../contract/simulators/kit';
import { type Script, startScript } from '../../../support/children';
import { describeEngines } from '../../../support/engines';
import { Bench } from '../../../whatsapp-server/support/bench';
import { LocalSignals } from './bench';

/** A sample; `npm run whatsapp:kill` sets 60. */
const KILLS = Number(process.env['WHATSAPP_KILLS'] ?? 3);
const MESSAGES = 12;
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

const bench = Bench.ofTests();

/** The next line that begins so. */
async function line(script: Script, start: string): Promise<string> {
	for (;;) {
		const said = await script.nextLine();
		if (said.startsWith(start)) return said.slice(start.length).trim();
	}
}

describe(`a process killed while it receives (TEST_SEED=${SEED})`, () => {
	describeEngines((dialect, engine) => {
		it(`loses nothing and gives nothing twice, ${KILLS} times`, async () => {
			const store = await engine.open();
			const random = createRandom(SEED);
			const key = { tenant: 'salon', session: 'killed' };
			const salon = bench.server.phone(dialect === 'sqlite' ? '79990000701' : '79990000702', { name: 'Salon' });
			const writers = [0, 1].map((place) => bench.server.phone(`7916555${dialect === 'sqlite' ? 1 : 2}00${place}`, { name: 'Anna' }));
			const start = (): Script => startScript(join(__dirname, '../children/receive.ts'), { config: engine.config, key, url: bench.server.url });
			let script = start();
			const device = await bench.server.scan(salon, await line(script, 'qr'));
			await line(script, 'open');
			const written = new Map(writers.map(({ number }) => [number, [] as string[]]));

			for (let round = 0; round < KILLS; round += 1) {
				for (let place = 0; place < MESSAGES; place += 1) {
					const writer = writers[random.integer(0, 1)] ?? writers[0];
					if (writer === undefined) continue;
					const text = `${round}/${place}`;
					written.get(writer.number)?.push(text);
					await writer.write(salon, text);
				}
				// the moment of the kill is the random part; nothing below waits for it to be long enough
				await sleep(random.integer(0, 60));
				script.process.kill('SIGKILL');
				await script.remainingLines();
				script = start();
				await line(script, 'open');
			}
			await device.mailbox.empty();
			// what was received last is closed by the process that runs now
			for (let open: unknown[] = [{}]; open.length > 0; ) {
				await sleep(10);
				open = await store.db.selectFrom('collected_turn').select('turn_id').where('is_open', '=', 1).execute();
			}
			const feed = createTurnFeed(store, { ...key, signals: new LocalSignals(), clock: Date.now });
			const turns: TurnItem[] = [];
			for (let next = await feed.next(50); next.length > 0; next = await feed.next(50)) {
				for (const turn of next) await feed.done(turn.turnId);
				turns.push(...next);
			}
			for (const { number } of writers) expect(turns.filter(({ phone }) => phone === number).flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual(written.get(number));
			script.process.kill('SIGKILL');
			await script.remainingLines();
			expect(bench.server.errors).toEqual([]);
		}, 60_000 + KILLS * 20_000);
	});
});
