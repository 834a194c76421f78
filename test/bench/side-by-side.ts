/**
 * Booking Agent and n8n's AI Agent side by side: one n8n, one scripted model server, the same CRM, the same twenty
 * dialogues. `node -r ./test/support/register.js test/bench/side-by-side.ts` prints the table of docs/benchmarks.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prepare from '../e2e/support/global-setup.mjs';
import { startN8n } from '../e2e/support/n8n';
import { startOpenAiServer, type OpenAiServer } from '../e2e/support/openai-server/server';
import { understands } from '../e2e/support/openai-server/understanding';
import { openAiCredential } from '../e2e/support/openai-server/workflow';
import { salonRows } from '../e2e/support/salon';
import { commit, machine } from './machine';
import { idealMove, type Said } from './side-by-side/ideal-agent';
import { SALON_OFFSET_MS, scenariosOf, type Scenario, type Step } from './side-by-side/scenarios';
import { publishSides, SIDES, type Side } from './side-by-side/workflows';

const ROUNDS = 3;
const MOST_MESSAGES = 8;
const NAME = 'Ольга';
/** The round of the warm-up: its days are those of no other. */
const WARM_UP_ROUND = ROUNDS;

/** What one side used and did in all dialogues. */
interface Tally {
	turns: number;
	calls: number;
	tokensIn: number;
	tokensOut: number;
	wallMs: number;
	turnsWithoutModel: number;
	wrongWrites: number;
	factsMissing: number;
	readonly remarks: string[];
}

const emptyTally = (): Tally => ({ turns: 0, calls: 0, tokensIn: 0, tokensOut: 0, wallMs: 0, turnsWithoutModel: 0, wrongWrites: 0, factsMissing: 0, remarks: [] });

async function main(): Promise<void> {
	await prepare();
	const n8n = await startN8n();
	const server = await startOpenAiServer();
	try {
		const addresses = await publishSides(n8n, await openAiCredential(n8n, server.url));
		const tallies: Record<Side, Tally> = { ours: emptyTally(), theirs: emptyTally() };
		const now = Date.now();
		for (const scenario of scenariosOf(WARM_UP_ROUND, now).slice(0, 3)) {
			for (const side of SIDES) await talk(server, addresses[side], side, scenario, WARM_UP_ROUND, n8n.userFolder, emptyTally());
		}
		for (let round = 0; round < ROUNDS; round++) {
			for (const [index, scenario] of scenariosOf(round, now).entries()) {
				// who begins changes, so that a busy machine slows both alike
				const order = (round + index) % 2 === 0 ? SIDES : [...SIDES].reverse();
				for (const side of order) await talk(server, addresses[side], side, scenario, round, n8n.userFolder, tallies[side]);
			}
		}
		const text = report(tallies);
		process.stdout.write(text);
		const folder = join(__dirname, '..', '.results');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'side-by-side.md'), text);
		process.exitCode = goals(tallies).every(({ met }) => met) ? 0 : 1;
	} finally {
		await server.close();
		await n8n.stop();
	}
}

/** One dialogue of one side, counted. */
async function talk(server: OpenAiServer, address: string, side: Side, scenario: Scenario, round: number, userFolder: string, tally: Tally): Promise<void> {
	const phone = phoneOf(`${scenario.name} ${round}`);
	const said: string[] = [];
	let messages = 0;
	const rows = salonRows(userFolder, side);
	try {
		const before = rows.count(`select count(*) as n from crm_appointment where tenant = '${side}'`);
		for (const step of scenario.steps) {
			let words: string | null = step.say;
			let told = '';
			for (let turn = 0; words !== null && turn < MOST_MESSAGES; turn++) {
				play(server, side, step, meaning(words, step));
				server.forget();
				const started = performance.now();
				told = await send(address, { chatId: `${scenario.name}-${round}`, messageId: `m${++messages}`, text: words, phone, name: NAME });
				tally.wallMs += performance.now() - started;
				count(server, tally);
				said.push(`> ${words}`, told);
				words = answerTo(told, step);
			}
			if ('fact' in step.wish && !step.wish.fact.test(told.replace(/\u00a0|\u202f/g, ' '))) {
				tally.factsMissing++;
				tally.remarks.push(`${scenario.name}: the fact was not told\n${said.join('\n')}`);
			}
		}
		const visits = rows.visitsOf(phone);
		const added = rows.count(`select count(*) as n from crm_appointment where tenant = '${side}'`) - before;
		const last = scenario.steps.map(({ wish }) => wish).filter((wish) => 'day' in wish).at(-1);
		const wrongDay = visits.some(({ starts_at: start }) => last !== undefined && dateOf(start) !== last.day);
		if (visits.map(({ status }) => status).join() !== scenario.ends.join() || added !== scenario.ends.length || wrongDay) {
			tally.wrongWrites++;
			tally.remarks.push(`${scenario.name}: ${JSON.stringify(visits.map(({ status, starts_at: start }) => [status, start]))}\n${said.join('\n')}`);
		}
	} finally {
		rows.close();
	}
}

/** A number of its own for every dialogue. */
function phoneOf(name: string): string {
	const digits = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 10_000_000, 7);
	return `+7918${String(digits).padStart(7, '0')}`;
}

function dateOf(instant: string): string {
	return new Date(Date.parse(instant) + SALON_OFFSET_MS).toISOString().slice(0, 10);
}

function count(server: OpenAiServer, tally: Tally): void {
	tally.turns++;
	tally.calls += server.calls.length;
	tally.tokensIn += server.calls.reduce((sum, call) => sum + call.tokensIn, 0);
	tally.tokensOut += server.calls.reduce((sum, call) => sum + call.tokensOut, 0);
	if (server.calls.length === 0) tally.turnsWithoutModel++;
}

/** Both models know what the client means; each says it in the form its agent asks for. */
function play(server: OpenAiServer, side: Side, step: Step, said: Said): void {
	if (side === 'theirs') server.play(side, (request) => idealMove(request, step.wish, said));
	else server.play(side, understands(() => ACTS[said.kind](step, said)));
}

const ACTS: Readonly<Record<Said['kind'], (step: Step, said: Said) => Step['acts']>> = {
	wish: (step) => step.acts,
	yes: () => [{ type: 'yes' }],
	name: () => [{ type: 'fill', nameText: NAME }],
	pick: (_step, said) => [{ type: 'pick', ref: `o${said.kind === 'pick' ? said.number : 1}` }],
};

function meaning(words: string, step: Step): Said {
	if (words === step.say) return { kind: 'wish' };
	if (words === NAME) return { kind: 'name' };
	return words === 'да' ? { kind: 'yes' } : { kind: 'pick', number: 1 };
}

/** What this client writes next; null when the step is through. */
function answerTo(text: string, { wish }: Step): string | null {
	if ('fact' in wish) return null;
	if (/вы записаны|перенесена|отменена|отменил/i.test(text)) return null;
	if (/«да»/i.test(text)) return 'да';
	if (/имя|зовут/i.test(text)) return NAME;
	if (/^1\. /m.test(text)) return '1';
	return null;
}

async function send(address: string, message: Readonly<Record<string, string>>): Promise<string> {
	const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) });
	const body = await response.text();
	if (!response.ok) throw new Error(`${address} answered ${response.status}: ${body.slice(0, 300)}`);
	return String((JSON.parse(body) as { text?: unknown }).text ?? '');
}

interface Goal {
	readonly name: string;
	readonly ratio: string;
	readonly goal: string;
	readonly met: boolean;
}

function goals({ ours, theirs }: Readonly<Record<Side, Tally>>): readonly Goal[] {
	const ratio = (name: string, value: (tally: Tally) => number, most: number): Goal => {
		const share = value(ours) / value(theirs);
		return { name, ratio: share.toFixed(2), goal: `<= ${most}`, met: share <= most };
	};
	return [
		ratio('model calls', ({ calls }) => calls, 0.5),
		ratio('tokens in', ({ tokensIn }) => tokensIn, 0.4),
		ratio('tokens out', ({ tokensOut }) => tokensOut, 0.4),
		ratio('wall time without the model', ({ wallMs }) => wallMs, 1),
		{ name: 'wrong writes', ratio: String(ours.wrongWrites), goal: '0', met: ours.wrongWrites === 0 },
		{ name: 'facts not told', ratio: String(ours.factsMissing), goal: '0', met: ours.factsMissing === 0 },
	];
}

function report(tallies: Readonly<Record<Side, Tally>>): string {
	const { ours, theirs } = tallies;
	const [calls, tokensIn, tokensOut, wall, writes, facts] = goals(tallies);
	const row = (goal: Goal | undefined, our: string, their: string): string => `| ${goal?.name ?? ''} | ${our} | ${their} | ${goal?.ratio ?? ''} | ${goal?.goal ?? ''} | ${goal?.met === true ? 'yes' : 'NO'} |`;
	const count = scenariosOf(0, 0).length;
	const dialogues = ROUNDS * count;
	const per = (value: number): string => (value / dialogues).toFixed(value / dialogues < 100 ? 2 : 0);
	const lines = [
		`Machine: ${machine()}  `,
		`Commit: ${commit()}`,
		'',
		`${count} dialogues, ${ROUNDS} rounds; figures are per dialogue, wrong writes and facts are sums.`,
		'',
		"| | Booking Agent | n8n's AI Agent | ratio | goal | met |",
		'|---|---|---|---|---|---|',
		`| messages of the client | ${per(ours.turns)} | ${per(theirs.turns)} | | | |`,
		row(calls, per(ours.calls), per(theirs.calls)),
		row(tokensIn, per(ours.tokensIn), per(theirs.tokensIn)),
		row(tokensOut, per(ours.tokensOut), per(theirs.tokensOut)),
		row(wall, `${per(ours.wallMs)} ms`, `${per(theirs.wallMs)} ms`),
		row(writes, String(ours.wrongWrites), String(theirs.wrongWrites)),
		row(facts, String(ours.factsMissing), String(theirs.factsMissing)),
		`| messages answered without a model | ${Math.round((100 * ours.turnsWithoutModel) / ours.turns)} % | ${Math.round((100 * theirs.turnsWithoutModel) / theirs.turns)} % | | >= 25 % | ${ours.turnsWithoutModel * 4 >= ours.turns ? 'yes' : 'NO'} |`,
		'',
	];
	const remarks = SIDES.flatMap((side) => tallies[side].remarks.map((remark) => `--- ${side}: ${remark}\n`));
	return [...lines, ...remarks].join('\n');
}

void main();
