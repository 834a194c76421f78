/** `npm run bench:whatsapp`: what sessions cost and how fast they are. `--small` takes a tenth of the sessions, to see that it works. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit, type Figure, machine } from './machine';
import { benchMany, type Sizes } from './whatsapp/many-sessions';
import { benchOne } from './whatsapp/one-session';
import { startBenchServer } from './whatsapp/server-calls';

const FULL: Sizes = { base: 100, many: 400, held: 1000 };
const SMALL: Sizes = { base: 10, many: 40, held: 60 };

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	const server = startBenchServer();
	try {
		const load = loadavg()[0] ?? 0;
		const one = process.argv.includes('--many') ? [] : await benchOne({ engine: 'sqlite', path: join(folder, 'one.sqlite') }, server);
		const many = process.argv.includes('--one') ? [] : await benchMany({ engine: 'sqlite', path: join(folder, 'many.sqlite') }, server, process.argv.includes('--small') ? SMALL : FULL);
		const errors = await server.errors();
		const text = report([...one, ...many], load);
		process.stdout.write(errors === 0 ? text : `${text}\nThe server could not handle ${errors} things.\n`);
		const results = join(__dirname, '..', '.results');
		mkdirSync(results, { recursive: true });
		writeFileSync(join(results, 'bench-whatsapp.md'), text);
		process.exitCode = errors === 0 && [...one, ...many].every((figure) => figure.met) ? 0 : 1;
	} finally {
		server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

function report(figures: readonly Figure[], load: number): string {
	const rows = figures.map(({ name, value, goal, met, method }) => `| ${name} | ${value} | ${goal} | ${met ? 'yes' : 'NO'} | ${method} |`);
	return [`Machine: ${machine()}, load ${load.toFixed(1)} at the start  `, `Commit: ${commit()}`, '', '| what | figure | goal | met | method |', '| --- | --- | --- | --- | --- |', ...rows, ''].join('\n');
}

void main();
