import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDialogue } from './dialogue';
import { violationsOf } from './invariants';
import type { DialogueRecord, Violation } from './record';
import { transcriptOf } from './transcript';
import { openWorlds } from './world';

/** Goals whose only wish is one visit for the client. */
const PLAIN = new Set(['plain', 'plain_english']);

/** Figures of one goal. */
interface Tally {
	dialogues: number;
	reached: number;
}

export interface CampaignReport {
	readonly seed: number;
	readonly dialogues: number;
	readonly turns: number;
	readonly booked: number;
	readonly plain: number;
	readonly plainBooked: number;
	readonly goals: Readonly<Record<string, Tally>>;
	readonly handOffs: Readonly<Record<string, number>>;
	readonly guards: Readonly<Record<string, number>>;
	readonly violations: readonly (Violation & { readonly dialogue: string; readonly goal: string })[];
	/** Plain dialogues that ended without a visit. */
	readonly missed: readonly string[];
}

interface CampaignOptions {
	readonly seed: number;
	readonly dialogues: number;
	/** Index of the first dialogue. */
	readonly from?: number;
	/** Only this goal. */
	readonly goal?: string | undefined;
	readonly onDialogue?: (record: DialogueRecord, violations: readonly Violation[]) => void;
}

/** Runs dialogues on one database and judges each by the invariants. */
export async function runCampaign({ seed, dialogues, from = 0, goal, onDialogue }: CampaignOptions): Promise<CampaignReport> {
	const { worlds, close } = await openWorlds(['salon', 'twin']);
	const [world, twin] = worlds;
	if (world === undefined || twin === undefined) throw new Error('Two salons are needed');
	const goals: Record<string, Tally> = {};
	const handOffs: Record<string, number> = {};
	const guards: Record<string, number> = {};
	const violations: CampaignReport['violations'][number][] = [];
	const missed: string[] = [];
	let turns = 0;
	let booked = 0;
	try {
		for (let index = from; index < from + dialogues; index++) {
			const record = await runDialogue(world, twin, seed, index, undefined, goal);
			const broken = violationsOf(record);
			violations.push(...broken.map((one) => ({ ...one, dialogue: record.id, goal: record.goal })));
			const tally = (goals[record.goal] ??= { dialogues: 0, reached: 0 });
			tally.dialogues++;
			if (record.reached) tally.reached++;
			else if (PLAIN.has(record.goal)) missed.push(record.id);
			turns += record.outbox.length;
			booked += record.operations.filter((operation) => operation.kind === 'create' && operation.status === 'done').length;
			for (const line of record.log) {
				if (line.kind === 'handoff') count(handOffs, String(line.data['cause']));
				if (line.kind === 'guard') count(guards, String(line.data['guard']));
				if (line.kind === 'reply') for (const guard of line.data['guards'] as string[]) count(guards, guard);
			}
			onDialogue?.(record, broken);
		}
	} finally {
		await close();
	}
	const plain = Object.entries(goals).filter(([name]) => PLAIN.has(name));
	return {
		seed,
		dialogues,
		turns,
		booked,
		plain: plain.reduce((sum, [, tally]) => sum + tally.dialogues, 0),
		plainBooked: plain.reduce((sum, [, tally]) => sum + tally.reached, 0),
		goals,
		handOffs,
		guards,
		violations,
		missed,
	};
}

function count(into: Record<string, number>, key: string): void {
	into[key] = (into[key] ?? 0) + 1;
}

/** The report as lines for a terminal. */
export function summaryOf(report: CampaignReport): string {
	const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
	return [
		`seed ${report.seed}: ${report.dialogues} dialogues, ${report.turns} replies, ${report.booked} visits booked`,
		`plain bookings: ${report.plainBooked} of ${report.plain} booked (${share(report.plainBooked, report.plain)})`,
		...Object.entries(report.goals).map(([name, { dialogues, reached }]) => `  ${name}: ${reached} of ${dialogues} (${share(reached, dialogues)})`),
		`hand-offs: ${JSON.stringify(report.handOffs)}`,
		`guards: ${JSON.stringify(report.guards)}`,
		`violations: ${report.violations.length}`,
		...report.violations.slice(0, 40).map((one) => `  ${one.guarantee} in ${one.dialogue} (${one.goal}): ${one.what}   replay: --replay ${one.dialogue}`),
		report.missed.length === 0 ? '' : `plain bookings that were missed: ${report.missed.slice(0, 40).join(' ')}`,
	]
		.filter((line) => line !== '')
		.join('\n');
}

function argument(name: string): string | undefined {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? undefined : process.argv[at + 1];
}

function whole(name: string, otherwise: number): number {
	const given = argument(name);
	if (given === undefined) return otherwise;
	const number = Number(given);
	if (!Number.isInteger(number) || number < 0) throw new RangeError(`--${name} wants a whole number, not ${given}`);
	return number;
}

async function main(): Promise<void> {
	const replay = argument('replay');
	const goal = argument('goal');
	if (replay !== undefined) {
		const [seed, index] = replay.split(':').map(Number);
		if (seed === undefined || index === undefined || !Number.isInteger(seed) || !Number.isInteger(index)) throw new RangeError('--replay wants <seed>:<index>');
		const print = (record: DialogueRecord, violations: readonly Violation[]): void => {
			process.stdout.write(`${transcriptOf(record)}\n${violations.map((one) => `VIOLATION ${one.guarantee}: ${one.what}`).join('\n')}\n`);
		};
		await runCampaign({ seed, dialogues: whole('count', 1), from: index, goal, onDialogue: print });
		return;
	}
	const seed = whole('seed', Math.floor(Date.now() / 1000) % 100_000);
	const dialogues = whole('dialogues', 500);
	let done = 0;
	const started = Date.now();
	const report = await runCampaign({
		seed,
		dialogues,
		goal,
		onDialogue: () => {
			if (++done % 500 === 0) process.stderr.write(`${done} dialogues, ${Math.round((Date.now() - started) / 1000)} s\n`);
		},
	});
	const folder = join(__dirname, '..', '.results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `dialogues-${seed}.json`), `${JSON.stringify(report, null, '\t')}\n`);
	process.stdout.write(`${summaryOf(report)}\n`);
	if (report.violations.length > 0) process.exitCode = 1;
}

if (require.main === module) void main();
