import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argument, whole } from './arguments';
import { joined, runCampaign, summaryOf, type CampaignReport } from './campaign-run';
import type { DialogueRecord, Violation } from './record';
import { transcriptOf } from './transcript';

/** What the command line may say; `--help` is this list. */
const USAGE = `npm run campaign -- [--seed N] [--dialogues N] [--goal NAME] [--doubles] [--double 2..17] [--until G1..G22] [--workers N]
npm run campaign -- --replay <seed>:<index> [--count N] [--doubles] [--double 2..17]
`;

/** A part of the campaign in a process of its own; its report comes back on its standard output. */
function inWorker(seed: number, from: number, dialogues: number): Promise<CampaignReport> {
	const passed = process.argv.slice(2).filter((word, at, all) => !OWN.has(word) && !OWN.has(all[at - 1] ?? ''));
	const words = ['-r', require.resolve('../support/register.js'), __filename, ...passed, '--seed', String(seed), '--from', String(from), '--dialogues', String(dialogues), '--report', 'json'];
	const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => (output.trim() === '' ? reject(new Error(`A part of the campaign ended with ${code} and said nothing`)) : resolve(JSON.parse(output) as CampaignReport)));
	});
}

/** Words of the command line that every worker gets anew. */
const OWN = new Set(['--seed', '--dialogues', '--from', '--workers']);

async function inWorkers(seed: number, dialogues: number, workers: number): Promise<CampaignReport> {
	const share = Math.ceil(dialogues / workers);
	const parts = Array.from({ length: workers }, (_unused, index) => ({ from: index * share, dialogues: Math.min(share, dialogues - index * share) })).filter((part) => part.dialogues > 0);
	return joined(await Promise.all(parts.map((part) => inWorker(seed, part.from, part.dialogues))));
}

async function main(): Promise<void> {
	if (process.argv.includes('--help')) {
		process.stdout.write(USAGE);
		return;
	}
	const replay = argument('replay');
	const goal = argument('goal');
	const only = argument('double') === undefined ? undefined : whole('double', 0);
	const doubles = only !== undefined || process.argv.includes('--doubles');
	if (replay !== undefined) {
		const [seed, index] = replay.split(':').map(Number);
		if (seed === undefined || index === undefined || !Number.isInteger(seed) || !Number.isInteger(index)) throw new RangeError('--replay wants <seed>:<index>');
		const print = (record: DialogueRecord, violations: readonly Violation[]): void => {
			process.stdout.write(`${transcriptOf(record)}\n${violations.map((one) => `VIOLATION ${one.guarantee}: ${one.what}`).join('\n')}\n`);
		};
		await runCampaign({ seed, dialogues: whole('count', 1), from: index, goal, doubles, double: only, onDialogue: print });
		return;
	}
	const seed = whole('seed', Math.floor(Date.now() / 1000) % 100_000);
	const dialogues = whole('dialogues', 500);
	const workers = whole('workers', 1);
	const started = Date.now();
	const report = workers > 1 ? await inWorkers(seed, dialogues, workers) : await runCampaign({ seed, dialogues, from: whole('from', 0), goal, doubles, double: only, until: argument('until'), onDialogue: progress(started) });
	if (argument('report') === 'json') {
		process.stdout.write(JSON.stringify(report));
		return;
	}
	const folder = join(__dirname, '..', '.results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `dialogues-${seed}.json`), `${JSON.stringify(report, null, '\t')}\n`);
	process.stdout.write(`${summaryOf(report)}\n${Math.round((Date.now() - started) / 1000)} s\n`);
	if (report.violations.length > 0) process.exitCode = 1;
}

function progress(started: number): () => void {
	let done = 0;
	return () => {
		if (++done % 500 === 0) process.stderr.write(`${done} dialogues, ${Math.round((Date.now() - started) / 1000)} s\n`);
	};
}

if (require.main === module) void main();
