import type { ChatModel } from '../../core/conversation/model/port';
import type { AssistantParts } from '../../core/conversation/assistant';
import { runDialogue } from './dialogue';
import { DOUBLES, mixed } from './doubles';
import { saneIn } from './doubles/sane';
import { violationsOf } from './invariants';
import type { DialogueRecord, Violation } from './record';
import { rngOf } from './rng';
import { openWorlds, type World } from './world';

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
	/** Calls of a model, and the turns that made none. */
	readonly modelCalls: number;
	readonly turnsWithoutModel: number;
}

export interface CampaignOptions {
	readonly seed: number;
	readonly dialogues: number;
	/** Index of the first dialogue. */
	readonly from?: number;
	/** Only this goal. */
	readonly goal?: string | undefined;
	/** Doubles 2 to 17 understand and word, another at every call; odd dialogues reword whole replies, even ones only lead. */
	readonly doubles?: boolean;
	/** Only the double of this number. */
	readonly double?: number | undefined;
	/** Ends with the first dialogue that breaks this guarantee. */
	readonly until?: string | undefined;
	readonly onDialogue?: (record: DialogueRecord, violations: readonly Violation[]) => void;
}

/** Runs dialogues on one database and judges each by the invariants. */
export async function runCampaign({ seed, dialogues, from = 0, goal, doubles = false, double, until, onDialogue }: CampaignOptions): Promise<CampaignReport> {
	const { worlds, close } = await openWorlds(['salon', 'twin'], doubles ? WORDINGS : []);
	const [world, twin] = worlds;
	if (world === undefined || twin === undefined) throw new Error('Two salons are needed');
	const goals: Record<string, Tally> = {};
	const handOffs: Record<string, number> = {};
	const guards: Record<string, number> = {};
	const violations: CampaignReport['violations'][number][] = [];
	const missed: string[] = [];
	let turns = 0;
	let booked = 0;
	let played = 0;
	let modelCalls = 0;
	let turnsWithoutModel = 0;
	try {
		for (let index = from; index < from + dialogues; index++) {
			const [here, there] = doubles && index % 2 === 1 ? [twin, world] : [world, twin];
			const model = doubles ? castFor(here, seed, index, double) : null;
			played++;
			const record = await runDialogue(here, there, seed, index, undefined, goal, model);
			const broken = violationsOf(record);
			violations.push(...broken.map((one) => ({ ...one, dialogue: record.id, goal: record.goal })));
			const tally = (goals[record.goal] ??= { dialogues: 0, reached: 0 });
			tally.dialogues++;
			if (record.reached) tally.reached++;
			else if (PLAIN.has(record.goal)) missed.push(record.id);
			turns += record.outbox.length;
			modelCalls += record.exchanges.reduce((sum, { modelSaid }) => sum + modelSaid.length, 0);
			turnsWithoutModel += record.exchanges.filter(({ modelSaid }) => modelSaid.length === 0).length;
			booked += record.operations.filter((operation) => operation.kind === 'create' && operation.status === 'done').length;
			for (const line of record.log) {
				if (line.kind === 'handoff') count(handOffs, String(line.data['cause']));
				if (line.kind === 'guard') count(guards, String(line.data['guard']));
				if (line.kind === 'reply') for (const guard of line.data['guards'] as string[]) count(guards, guard);
			}
			onDialogue?.(record, broken);
			if (until !== undefined && broken.some(({ guarantee }) => guarantee === until)) break;
		}
	} finally {
		await close();
	}
	const plain = Object.entries(goals).filter(([name]) => PLAIN.has(name));
	return {
		seed,
		dialogues: played,
		turns,
		booked,
		plain: plain.reduce((sum, [, tally]) => sum + tally.dialogues, 0),
		plainBooked: plain.reduce((sum, [, tally]) => sum + tally.reached, 0),
		goals,
		handOffs,
		guards,
		violations,
		missed,
		modelCalls,
		turnsWithoutModel,
	};
}

const WORDINGS: readonly AssistantParts['wording'][] = ['lead', 'model'];
/** Keeps the doubles' chance apart from the client's. */
const MODEL_SEED = 7919;

/** The model of one dialogue. A provider's failures are remembered by name, so every dialogue has its own. */
function castFor(world: World, seed: number, index: number, only: number | undefined): ChatModel {
	const among = only === undefined ? DOUBLES : DOUBLES.filter(({ number }) => number === only);
	return mixed(rngOf(seed + MODEL_SEED, index), saneIn(world.facts, () => new Date(world.nowMs).toISOString()), `double:${seed}:${index}`, among);
}

/** Adds up reports of parts of one campaign. */
export function joined(reports: readonly CampaignReport[]): CampaignReport {
	const [first, ...others] = reports;
	if (first === undefined) throw new RangeError('Nothing to add up');
	return others.reduce(
		(sum, one) => ({
			seed: sum.seed,
			dialogues: sum.dialogues + one.dialogues,
			turns: sum.turns + one.turns,
			booked: sum.booked + one.booked,
			plain: sum.plain + one.plain,
			plainBooked: sum.plainBooked + one.plainBooked,
			goals: Object.fromEntries(
				[...new Set([...Object.keys(sum.goals), ...Object.keys(one.goals)])].map((goal) => [
					goal,
					{ dialogues: (sum.goals[goal]?.dialogues ?? 0) + (one.goals[goal]?.dialogues ?? 0), reached: (sum.goals[goal]?.reached ?? 0) + (one.goals[goal]?.reached ?? 0) },
				]),
			),
			handOffs: added(sum.handOffs, one.handOffs),
			guards: added(sum.guards, one.guards),
			violations: [...sum.violations, ...one.violations],
			missed: [...sum.missed, ...one.missed],
			modelCalls: sum.modelCalls + one.modelCalls,
			turnsWithoutModel: sum.turnsWithoutModel + one.turnsWithoutModel,
		}),
		first,
	);
}

function added(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
	const sum: Record<string, number> = { ...left };
	for (const [key, number] of Object.entries(right)) sum[key] = (sum[key] ?? 0) + number;
	return sum;
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
		...(report.modelCalls === 0 ? [] : [`model: ${report.modelCalls} calls, ${report.turnsWithoutModel} exchanges without one`]),
		`hand-offs: ${JSON.stringify(report.handOffs)}`,
		`guards: ${JSON.stringify(report.guards)}`,
		`violations: ${report.violations.length}`,
		...report.violations.slice(0, 40).map((one) => `  ${one.guarantee} in ${one.dialogue} (${one.goal}): ${one.what}   replay: --replay ${one.dialogue}`),
		report.missed.length === 0 ? '' : `plain bookings that were missed: ${report.missed.slice(0, 40).join(' ')}`,
	]
		.filter((line) => line !== '')
		.join('\n');
}
