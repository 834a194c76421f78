import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argument, flag, numeric, whole } from './arguments';
import { halfFailingCast, oracleCast, RULES_ONLY } from './casts';
import { httpModel } from './http-model';
import { comparison, failuresOf, trialsReport, type Prices } from './report';
import { SCENARIOS } from './scenarios';
import type { Scenario } from './scenarios/scenario';
import type { Cast } from './scenarios/stage';
import { runScenarios, type Run } from './trial';
import { ModelClient } from './user-model';

const USAGE = `npm run eval -- [--only TEXT] [--wording lead|model|templates] [--seed N]
    offline: the oracle, rules only, and a model of which half the calls fail
npm run eval -- --base-url http://host/v1 --model NAME [--api-key-env NAME] [--trials 4] [--user-model]
                [--price-in N --price-out N] [--only TEXT] [--wording lead|model|templates]
    a real model behind an OpenAI-compatible address; prices are for a million tokens
`;

/** Only scenarios whose id holds the text. */
function chosen(): readonly Scenario[] {
	const only = argument('only');
	const list = SCENARIOS.filter((scenario) => only === undefined || scenario.id.includes(only));
	if (list.length === 0) throw new RangeError(`No scenario is called like ${only}`);
	return list;
}

function wording(): NonNullable<Cast['wording']> {
	const given = argument('wording') ?? 'lead';
	if (given !== 'lead' && given !== 'model' && given !== 'templates') throw new RangeError(`--wording wants lead, model or templates, not ${given}`);
	return given;
}

async function offline(): Promise<void> {
	const scenarios = chosen();
	const runs: Record<string, Run> = {
		oracle: await runScenarios(scenarios, oracleCast(wording())),
		'rules only': await runScenarios(scenarios, RULES_ONLY),
		'half of the calls fail': await runScenarios(scenarios, halfFailingCast(whole('seed', 1), wording())),
	};
	const failures = Object.entries(runs).map(([name, run]) => failuresOf(name, run)).filter((text) => text !== '');
	process.stdout.write(`${scenarios.length} scenarios\n${comparison(runs)}\n${failures.join('\n')}\n`);
	save('scenarios-offline', runs);
}

async function online(baseUrl: string): Promise<void> {
	const model = argument('model');
	if (model === undefined) throw new RangeError('--base-url needs --model');
	const keyName = argument('api-key-env');
	const apiKey = keyName === undefined ? null : (process.env[keyName] ?? null);
	if (keyName !== undefined && apiKey === null) throw new RangeError(`The environment has no ${keyName}`);
	const complaints = new Map<string, number>();
	const chat = httpModel({ baseUrl, model, apiKey }, (what) => complaints.set(what, (complaints.get(what) ?? 0) + 1));
	const probe = await chat.complete({ messages: [{ role: 'user', content: 'Answer with the word ok.' }], maxOutputTokens: 16, signal: AbortSignal.timeout(60_000) });
	if (probe.kind !== 'ok') throw new Error(`The model does not answer: ${[...complaints.keys()].join(', ')}`);
	const cast: Cast = {
		wording: wording(),
		models: () => [chat],
		...(flag('user-model') ? { client: (scenario: Scenario, nowMs: () => number) => new ModelClient(scenario, nowMs, chat) } : {}),
	};
	const scenarios = chosen();
	const trials: Run[] = [];
	for (let trial = 1; trial <= whole('trials', 4); trial++) {
		const run = await runScenarios(scenarios, cast);
		trials.push(run);
		process.stderr.write(`trial ${trial}: ${run.scores.filter((score) => score.passed).length} of ${run.scores.length}\n`);
	}
	const prices: Prices | null = argument('price-in') === undefined ? null : { input: numeric('price-in', 0), output: numeric('price-out', 0) };
	process.stdout.write(`${model}\n${trialsReport(trials, prices)}\n`);
	for (const [what, times] of complaints) process.stdout.write(`${times} times: ${what}\n`);
	trials.forEach((run, index) => process.stdout.write(`${failuresOf(`trial ${index + 1}`, run)}\n`));
	save('scenarios-model', { model, trials });
}

function save(name: string, content: unknown): void {
	const folder = join(__dirname, '..', '.results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, '\t')}\n`);
}

async function main(): Promise<void> {
	if (flag('help')) {
		process.stdout.write(USAGE);
		return;
	}
	const baseUrl = argument('base-url');
	await (baseUrl === undefined ? offline() : online(baseUrl));
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
