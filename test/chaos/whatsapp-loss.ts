/**
 * `npm run whatsapp:loss`: 500 messages in, 200 answers out, 30 kills and 60 broken links, on both engines. TEST_SEED repeats a run,
 * LOSS_RUNS makes several, LOSS_ENGINE names one of them.
 */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dialect, openStore, type StoreConfig } from '../../core/store';
import { onPostgres, POSTGRES_URL, TEST_KEYS } from '../support/engines';
import { runLossCampaign } from './loss-campaign';

const RUNS = Number(process.env['LOSS_RUNS'] ?? 1);
const FULL = { incoming: 500, outgoing: 200, kills: 30, faults: 60, people: 8 };

async function once(name: Dialect, config: StoreConfig, seed: number): Promise<boolean> {
	const store = await openStore(config, { keys: TEST_KEYS });
	try {
		const report = await runLossCampaign(store, config, { ...FULL, seed });
		console.log(JSON.stringify({ engine: name, seed, ...report, serverErrors: report.serverErrors.map(String) }));
		return [report.lost, report.twice, report.disordered, report.unsent, report.shownTwice, report.answersDisordered, report.crashes, report.serverErrors].every((found) => found.length === 0);
	} finally {
		await store.close();
	}
}

const ENGINES: Readonly<Record<Dialect, (seed: number) => Promise<boolean>>> = {
	async sqlite(seed) {
		const folder = mkdtempSync(join(tmpdir(), 'ai-admin-loss-'));
		try {
			return await once('sqlite', { engine: 'sqlite', path: join(folder, 'store.sqlite') }, seed);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
	async postgres(seed) {
		const schema = `loss_${seed}_${process.pid}`;
		try {
			return await once('postgres', { engine: 'postgres', connectionString: POSTGRES_URL, schema, max: 8 }, seed);
		} finally {
			await onPostgres((client) => client.query(`drop schema if exists ${schema} cascade`));
		}
	},
};

async function main(): Promise<void> {
	const first = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
	const engines = (['sqlite', 'postgres'] as const).filter((name) => [undefined, '', name].includes(process.env['LOSS_ENGINE']));
	let isClean = true;
	for (let seed = first; seed < first + RUNS; seed += 1) {
		for (const name of engines) isClean = (await ENGINES[name](seed)) && isClean;
	}
	process.exit(isClean ? 0 : 1);
}

void main();
