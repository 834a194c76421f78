import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignReport } from '../campaign-run';
import { INVARIANTS } from '../invariants';
import { MUTANTS, type Mutant } from './mutants';
import { patched } from './patching';

const ROOT = join(__dirname, '..', '..', '..');
const SEED = 20_261_124;

/** A campaign in a process of its own, in which the guard does not exist; ends with the first promise it breaks. */
function campaignOf({ guarantee, goal, double, within }: Mutant): Promise<CampaignReport> {
	const words = ['-r', join(__dirname, 'register.js'), join(ROOT, 'test/eval/campaign.ts'), '--seed', String(SEED), '--dialogues', String(within), '--doubles', '--until', guarantee, '--report', 'json'];
	if (goal !== undefined) words.push('--goal', goal);
	if (double !== undefined) words.push('--double', String(double));
	const child = spawn(process.execPath, words, { cwd: ROOT, env: { ...process.env, MUTANT: guarantee }, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', () => (output.startsWith('{') ? resolve(JSON.parse(output) as CampaignReport) : reject(new Error(errors.slice(-2000)))));
	});
}

describe('a guard switched off', () => {
	it('is one of every guarantee', () => {
		expect(MUTANTS.map(({ guarantee }) => guarantee)).toEqual(Object.keys(INVARIANTS));
	});

	it.each(MUTANTS.flatMap(({ patches }) => patches))('has its place in the code: $name of $file', (patch) => {
		const source = readFileSync(join(ROOT, patch.file), 'utf8');
		expect(patched(source, patch)).toContain(patch.code);
	});

	it.each(MUTANTS)('is caught by $guarantee within $within dialogues: $what', async (mutant) => {
		const report = await campaignOf(mutant);
		expect(report.violations.map(({ guarantee }) => guarantee)).toContain(mutant.guarantee);
	}, 120_000);
});
