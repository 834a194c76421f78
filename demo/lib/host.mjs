/** A real n8n for the demo and the end-to-end tests, installed once a machine under a name made of its lock's hash. */
import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFreeDisk, checkNpmVersion, checkRegistry, SetupError } from './checks.mjs';
import { expectSuccess, runNpm } from './command.mjs';
import { exclusively } from './exclusive.mjs';
import { hashOf } from './fingerprint.mjs';
import { machineCacheFolder, projectFolder } from './paths.mjs';

const MANIFEST = ['package.json', 'package-lock.json'];
const HOST_BYTES = 5 * 1024 ** 3;
/** Without install scripts the database driver has no binary: it is the only one n8n needs built here. */
const NATIVE_MODULE = 'sqlite3';
const NATIVE_BINARY = join('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/**
 * @param {{ manifestFolder?: string, cacheFolder?: string }} [options]
 * @returns {Promise<string>} where this host is, or will be, installed
 */
export async function hostFolder({ manifestFolder = join(projectFolder, 'demo', 'host'), cacheFolder = machineCacheFolder() } = {}) {
	const hash = await hashOf(manifestFolder, MANIFEST);
	return join(cacheFolder, `host-${hash.slice(0, 16)}`);
}

/**
 * Installs n8n unless this machine has it. The folder appears complete or not at all.
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ manifestFolder?: string, cacheFolder?: string }} [options]
 * @returns {Promise<string>} the host's folder
 */
export async function ensureHost(progress, options = {}) {
	const folder = await hostFolder(options);
	if (await exists(folder)) return folder;
	return exclusively(
		`${folder}.lock`,
		async () => {
			if (!(await exists(folder))) await install(progress, folder, options.manifestFolder ?? join(projectFolder, 'demo', 'host'));
			return folder;
		},
		(owner) => progress.say(`Another process (${owner}) is installing n8n on this machine; waiting for it.`),
	);
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} folder
 * @param {string} manifestFolder
 */
async function install(progress, folder, manifestFolder) {
	const staging = `${folder}.partial`;
	const log = `${folder}.log`;
	await rm(staging, { recursive: true, force: true });
	await mkdir(staging, { recursive: true });
	await writeFile(log, '');
	await checkFreeDisk(staging, HOST_BYTES);
	await checkInstallPossible(staging);
	for (const file of MANIFEST) await copyFile(join(manifestFolder, file), join(staging, file));
	await progress.step('Installing n8n, once on this machine (2.5 GB, 2 to 6 minutes)', async () => {
		const args = ['install', '--no-save', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
		expectSuccess('Installing n8n', await runNpm(args, { cwd: staging, log }));
	});
	await progress.step('Preparing the database driver of n8n', async () => {
		const args = ['rebuild', NATIVE_MODULE, '--ignore-scripts=false'];
		expectSuccess('Preparing the database driver of n8n', await runNpm(args, { cwd: staging, log }));
	});
	if (!(await exists(join(staging, NATIVE_BINARY)))) {
		throw new SetupError(`The database driver of n8n was not built: see ${log}, and run the command again.`);
	}
	await rename(staging, folder);
}

/**
 * npm is new enough and its registry answers.
 * @param {string} cwd folder whose npm settings apply
 */
export async function checkInstallPossible(cwd) {
	const version = await runNpm(['--version'], { cwd }).catch((cause) => {
		throw new SetupError('npm was not found: install it together with Node.js from https://nodejs.org and run the command again.', { cause });
	});
	checkNpmVersion(version.stdout.trim());
	const registry = await runNpm(['config', 'get', 'registry'], { cwd });
	await checkRegistry(registry.stdout.trim() || 'https://registry.npmjs.org/');
}

/** @param {string} path */
export async function exists(path) {
	return access(path).then(
		() => true,
		() => false,
	);
}
