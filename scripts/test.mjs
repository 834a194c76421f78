/** `npm test`: from a fresh clone to every test run under the Node that n8n needs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkNodeVersion, SetupError } from '../demo/lib/checks.mjs';
import { stopCommands } from '../demo/lib/command.mjs';
import { workFolder } from '../demo/lib/paths.mjs';
import { prepare } from '../demo/lib/prepare.mjs';
import { createProgress } from '../demo/lib/progress.mjs';
import { ensureDependencies, runTool } from '../demo/lib/project.mjs';

const JEST = 'node_modules/jest/bin/jest.js';

/** @type {{ title: string, seconds: number }[]} */
const phases = [];

/** @param {string} title @param {() => Promise<void>} work */
async function phase(title, work) {
	process.stdout.write(`\n== ${title}\n`);
	const startedAt = performance.now();
	try {
		await work();
	} finally {
		phases.push({ title, seconds: (performance.now() - startedAt) / 1000 });
	}
}

/** @param {string} name @param {string[]} args */
async function runJest(name, args) {
	const report = join(workFolder, `jest-${name}.json`);
	const code = await runTool(JEST, [...args, '--json', `--outputFile=${report}`]);
	if (code !== 0) throw new SetupError(`The ${name} tests failed.`);
	if (process.env.CI === '1' || process.env.CI === 'true') await refuseSkipped(name, report);
}

/** A test that did not run proves nothing. @param {string} name @param {string} report */
async function refuseSkipped(name, report) {
	const { numPendingTests, numTodoTests, testResults } = JSON.parse(await readFile(report, 'utf8'));
	if (numPendingTests + numTodoTests === 0) return;
	const skipped = testResults.flatMap((file) => file.assertionResults.filter(({ status }) => status !== 'passed').map(({ fullName }) => `  - ${fullName}`));
	throw new SetupError(`Some ${name} tests were skipped, which is not allowed when CI is set:\n${skipped.join('\n')}`);
}

function printDurations() {
	process.stdout.write('\nDurations\n');
	for (const { title, seconds } of phases) process.stdout.write(`  ${seconds.toFixed(1).padStart(7)} s  ${title}\n`);
}

async function main() {
	checkNodeVersion();
	const progress = createProgress();
	await phase('Dependencies', () => ensureDependencies(progress));
	await phase('Unit, contract and node tests', () => runJest('unit', []));
	await phase('Build, n8n and the installed package', async () => {
		await prepare(progress);
	});
	await phase('End-to-end tests in real n8n', () => runJest('e2e', ['-c', 'test/e2e/jest.config.js']));
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
	process.on(signal, () => {
		stopCommands();
		process.exit(130);
	});
}

main().then(printDurations, (error) => {
	printDurations();
	process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`);
	process.exitCode = 1;
});
