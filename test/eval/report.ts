import { meanPassPower, percentile } from './pass-at';
import { GROUPS } from './scenarios/scenario';
import type { Run } from './trial';

const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
const ms = (value: number | null): string => (value === null ? '-' : `${value.toFixed(value < 100 ? 1 : 0)} ms`);

/** Rows of equal columns. */
export function table(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_unused, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}

/** Score per group of several runs side by side, with what each cost. */
export function comparison(runs: Readonly<Record<string, Run>>): string {
	const names = Object.keys(runs);
	const each = (cell: (run: Run) => string): readonly string[] => Object.values(runs).map(cell);
	const passed = (run: Run, fits: (score: Run['scores'][number]) => boolean): string => {
		const counted = run.scores.filter(fits);
		const good = counted.filter((score) => score.passed).length;
		return `${good} of ${counted.length} (${share(good, counted.length)})`;
	};
	return table([
		['', ...names],
		...GROUPS.map((group) => [group, ...each((run) => passed(run, (score) => score.group === group))]),
		['plain bookings', ...each((run) => passed(run, (score) => score.plain))],
		['all', ...each((run) => passed(run, () => true))],
		['turns', ...each((run) => String(run.turns))],
		['model calls a turn', ...each((run) => (run.calls / run.turns).toFixed(2))],
		['turns without a call', ...each((run) => share(run.turnsWithoutModel, run.turns))],
		['calls that failed', ...each((run) => String(run.failedCalls))],
		['tokens in a turn', ...each((run) => (run.inputTokens / run.turns).toFixed(0))],
		['tokens out a turn', ...each((run) => (run.outputTokens / run.turns).toFixed(0))],
		['own time p95', ...each((run) => ms(percentile(run.ownMs, 0.95)))],
	]);
}

/** What every scenario of a run that failed lacked. */
export function failuresOf(name: string, run: Run): string {
	return run.scores
		.filter((score) => !score.passed)
		.map((score) => `  ${name} ${score.id}: ${score.complaints.join('; ')}`)
		.join('\n');
}

/** Prices of a million tokens, in whatever money they were given. */
export interface Prices {
	readonly input: number;
	readonly output: number;
}

/** What several trials of a real model come to. */
export function trialsReport(trials: readonly Run[], prices: Prices | null): string {
	const [first] = trials;
	if (first === undefined) return 'No trial was made.';
	const successes = first.scores.map((_unused, index) => trials.filter((run) => run.scores[index]?.passed === true).length);
	const turns = trials.reduce((sum, run) => sum + run.turns, 0);
	const without = trials.reduce((sum, run) => sum + run.turnsWithoutModel, 0);
	const calls = trials.reduce((sum, run) => sum + run.calls, 0);
	const input = trials.reduce((sum, run) => sum + run.inputTokens, 0);
	const output = trials.reduce((sum, run) => sum + run.outputTokens, 0);
	const cost = prices === null ? null : (input * prices.input + output * prices.output) / 1_000_000;
	const dialogues = trials.reduce((sum, run) => sum + run.scores.length, 0);
	const turnMs = trials.flatMap((run) => run.turnMs);
	const guards = new Map<string, number>();
	for (const run of trials) for (const [name, count] of Object.entries(run.guards)) guards.set(name, (guards.get(name) ?? 0) + count);
	return table([
		['scenarios x trials', `${first.scores.length} x ${trials.length}`],
		...trials.map((_unused, index) => [`pass^${index + 1}`, `${(100 * meanPassPower(successes, trials.length, index + 1)).toFixed(1)} %`] as const),
		['model calls a turn', (calls / turns).toFixed(2)],
		['turns without a call', share(without, turns)],
		['calls that failed', String(trials.reduce((sum, run) => sum + run.failedCalls, 0))],
		['tokens in / out', `${input} / ${output}`],
		...(cost === null ? [] : [['cost, a dialogue', `${cost.toFixed(4)}, ${(cost / dialogues).toFixed(5)}`]]),
		['a turn, p50 / p95', `${ms(percentile(turnMs, 0.5))} / ${ms(percentile(turnMs, 0.95))}`],
		...[...guards].sort(([, left], [, right]) => right - left).map(([name, count]) => [`${name} a 100 turns`, ((100 * count) / turns).toFixed(2)]),
	]);
}
