/** The project itself: its dependencies, the Node that n8n needs, and a build that follows the sources. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { checkFreeDisk, SetupError } from './checks.mjs';
import { cleanEnvironment, expectSuccess, runCommand, runNpm } from './command.mjs';
import { exclusively } from './exclusive.mjs';
import { hashOf } from './fingerprint.mjs';
import { checkInstallPossible, exists } from './host.mjs';
import { projectFolder, workFolder } from './paths.mjs';

const MODULES = join(projectFolder, 'node_modules');
/** Inside node_modules, so that removing the folder removes the stamp. */
const INSTALL_STAMP = join(MODULES, '.ai-admin-install');
const BUILD_STAMP = join(workFolder, 'build');
/** Keeps to the lock and never rewrites it; `npm ci` would refuse a lock made where other platforms' binaries cannot be seen. */
const INSTALL = ['install', '--no-save', '--include=dev'];
const DEPENDENCY_BYTES = 2 * 1024 ** 3;
const BUILD_INPUTS = ['core', 'nodes', 'credentials', 'workflows', 'icons', 'gulpfile.js', 'index.js', 'package.json', 'tsconfig.json', 'scripts/workflow-validation.mjs'];

/** Node of the version n8n needs: a development dependency, whatever Node the machine has. */
export const nodeBinary = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @returns {NodeJS.ProcessEnv} an environment whose `node` and tools are the project's own */
export function projectEnvironment() {
	const env = cleanEnvironment();
	const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...env, [pathName]: [join(MODULES, '.bin'), env[pathName]].filter(Boolean).join(delimiter) };
}

/**
 * Installs the dependencies when they are missing or the lock changed since.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function ensureDependencies(progress) {
	const wanted = await hashOf(projectFolder, ['package-lock.json', '.npmrc']);
	if ((await stampOf(INSTALL_STAMP)) === wanted && (await exists(nodeBinary))) return;
	const log = join(workFolder, 'install.log');
	await exclusively(join(workFolder, 'install.lock'), async () => {
		if ((await stampOf(INSTALL_STAMP)) === wanted && (await exists(nodeBinary))) return;
		await checkFreeDisk(projectFolder, DEPENDENCY_BYTES);
		await checkInstallPossible(projectFolder);
		await progress.step('Installing the dependencies of the project (1 to 3 minutes)', async () => {
			expectSuccess('Installing the dependencies', await runNpm(INSTALL, { cwd: projectFolder, log }));
		});
		await progress.step('Installing Node.js 24, which n8n needs, inside the project', async () => {
			const result = await runNpm(['rebuild', 'node', '--ignore-scripts=false'], { cwd: projectFolder, log });
			expectSuccess('Installing Node.js 24', result);
		});
		if (!(await exists(nodeBinary))) {
			throw new SetupError(`Node.js 24 did not appear in node_modules: see ${log}, and run the command again.`);
		}
		await writeFile(INSTALL_STAMP, wanted);
	});
}

/** @returns {Promise<string>} names the present state of everything the build reads */
export function sourceFingerprint() {
	return hashOf(projectFolder, BUILD_INPUTS);
}

/**
 * Builds when the sources changed since the last build.
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string>} fingerprint of the sources that were built
 */
export async function ensureBuild(progress) {
	return exclusively(join(workFolder, 'build.lock'), async () => {
		const wanted = await sourceFingerprint();
		if ((await stampOf(BUILD_STAMP)) === wanted && (await exists(join(projectFolder, 'dist')))) return wanted;
		const log = join(workFolder, 'build.log');
		await progress.step('Building the nodes', async () => {
			const result = await runNpm(['run', 'build'], { cwd: projectFolder, env: projectEnvironment(), log });
			expectSuccess('Building the nodes', result);
		});
		await mkdir(workFolder, { recursive: true });
		await writeFile(BUILD_STAMP, wanted);
		return wanted;
	});
}

/**
 * Runs one of the project's own tools under the project's Node, showing its output.
 * @param {string} script path inside the project, for example node_modules/jest/bin/jest.js
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<number>} the exit code
 */
export async function runTool(script, args, env = {}) {
	const result = await runCommand(nodeBinary, [join(projectFolder, script), ...args], {
		cwd: projectFolder,
		env: { ...projectEnvironment(), ...env },
		inherit: true,
	});
	return result.code;
}

/** @param {string} file */
async function stampOf(file) {
	return readFile(file, 'utf8').catch(() => undefined);
}
