import type { Scenario } from './scenarios/scenario';
import { scoreOf, type Score } from './scenarios/score';
import { Stage, type Cast, type Played } from './scenarios/stage';

/** Figures of one run of scenarios; what costs and what is slow is counted outside the assistant. */
export interface Run {
	readonly scores: readonly (Score & { readonly group: Scenario['group']; readonly plain: boolean })[];
	readonly turns: number;
	readonly turnsWithoutModel: number;
	readonly calls: number;
	readonly failedCalls: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** Wall time of each turn, milliseconds. */
	readonly turnMs: readonly number[];
	/** The same without the time its models took. */
	readonly ownMs: readonly number[];
	/** Interventions of guards by name. */
	readonly guards: Readonly<Record<string, number>>;
}

/** Plays scenarios one after another on one store. */
export async function runScenarios(scenarios: readonly Scenario[], cast: Cast, onPlayed: (played: Played, score: Score) => void = () => undefined): Promise<Run> {
	const stage = await Stage.open();
	const scores: Run['scores'][number][] = [];
	const all: Played[] = [];
	try {
		for (const scenario of scenarios) {
			const played = await stage.play(scenario, cast);
			const score = scoreOf(played);
			scores.push({ ...score, group: scenario.group, plain: scenario.plain });
			all.push(played);
			onPlayed(played, score);
		}
	} finally {
		await stage.close();
	}
	const turns = all.flatMap((played) => played.turns);
	const calls = turns.flatMap((turn) => turn.modelCalls);
	return {
		scores,
		turns: turns.length,
		turnsWithoutModel: turns.filter((turn) => turn.modelCalls.length === 0).length,
		calls: calls.length,
		failedCalls: calls.filter((call) => !call.ok).length,
		inputTokens: calls.reduce((sum, call) => sum + call.inputTokens, 0),
		outputTokens: calls.reduce((sum, call) => sum + call.outputTokens, 0),
		turnMs: turns.map((turn) => turn.ms),
		ownMs: turns.map((turn) => turn.ms - turn.modelCalls.reduce((sum, call) => sum + call.ms, 0)),
		guards: guardsOf(all),
	};
}

function guardsOf(all: readonly Played[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
	for (const { log } of all) {
		for (const { kind, data } of log) {
			if (kind === 'guard') count(String(data['guard']));
			if (kind === 'budget_reached') count(`budget:${String(data['limit'])}`);
			if (kind === 'reply') for (const guard of data['guards'] as readonly string[]) count(guard);
		}
	}
	return counts;
}
