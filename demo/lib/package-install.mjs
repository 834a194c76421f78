/** Packs the package and installs it the way n8n installs a community package, so node types get their real names. */
import { copyFile, cp, link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkFreeDisk } from './checks.mjs';
import { expectSuccess, runCommand, runNpm } from './command.mjs';
import { exclusively } from './exclusive.mjs';
import { exists } from './host.mjs';
import { machineCacheFolder, PACKAGE_NAME, projectFolder, workFolder } from './paths.mjs';

/** The flags of n8n's community-packages service, in its order. */
const N8N_INSTALL = ['install', '--audit=false', '--fund=false', '--bin-links=false', '--install-strategy=shallow', '--ignore-scripts=true', '--package-lock=false'];
const PACKAGE_BYTES = 300 * 1024 ** 2;
const KEPT_PACKAGES = 5;

/**
 * A folder with the packed package and its dependencies, made once for one state of the sources.
 * It lies outside the project, so that nothing is found in the project's own node_modules by accident.
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} fingerprint of the built sources
 * @returns {Promise<string>} folder of the installed package
 */
export async function preparePackage(progress, fingerprint) {
	const store = join(machineCacheFolder(), 'packages');
	const folder = join(store, fingerprint.slice(0, 16));
	if (await exists(folder)) return folder;
	await mkdir(store, { recursive: true });
	await exclusively(join(store, 'install.lock'), async () => {
		if (await exists(folder)) return;
		await checkFreeDisk(store, PACKAGE_BYTES);
		await progress.step('Packing the nodes and installing them as n8n does', async () => {
			const staging = await mkdtemp(join(store, 'partial-'));
			try {
				await installPacked(staging);
				await removeOldPackages(store);
				await rename(staging, folder);
			} finally {
				await rm(staging, { recursive: true, force: true });
			}
		});
	});
	return folder;
}

/** @param {string} staging */
async function installPacked(staging) {
	const log = join(workFolder, 'package.log');
	const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', staging];
	const packed = await runNpm(pack, { cwd: projectFolder, log });
	expectSuccess('Packing the nodes', packed);
	const [{ filename }] = JSON.parse(packed.stdout);
	const tarball = join(staging, filename);
	// a relative name: tar of Windows takes "C:" for a host
	const extract = await runCommand('tar', ['-xzf', filename, '--strip-components=1'], { cwd: staging, log });
	expectSuccess('Unpacking the nodes', extract);
	await rm(tarball);
	const manifestFile = join(staging, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
	for (const dropped of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[dropped];
	await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
	expectSuccess('Installing the dependencies of the nodes', await runNpm(N8N_INSTALL, { cwd: staging, log }));
}

/** Each build leaves a copy; the newest few are enough. @param {string} store */
async function removeOldPackages(store) {
	const entries = await readdir(store, { withFileTypes: true });
	const finished = entries.filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name));
	const dated = await Promise.all(
		finished.map(async ({ name }) => ({ path: join(store, name), time: (await stat(join(store, name))).mtimeMs })),
	);
	const old = dated.sort((a, b) => b.time - a.time).slice(KEPT_PACKAGES - 1);
	for (const { path } of old) await rm(path, { recursive: true, force: true });
}

/**
 * Puts a prepared package into an n8n user folder, replacing another version.
 * @param {string} prepared folder from preparePackage
 * @param {string} userFolder value of N8N_USER_FOLDER
 */
export async function placePackage(prepared, userFolder) {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const target = join(modules, PACKAGE_NAME);
	const stamp = join(userFolder, '.n8n', 'nodes', 'ai-admin-source');
	if ((await readFile(stamp, 'utf8').catch(() => '')) === prepared && (await exists(target))) return;
	const staging = join(userFolder, '.n8n', 'nodes', `${PACKAGE_NAME}.partial`);
	await rm(staging, { recursive: true, force: true });
	await mkdir(modules, { recursive: true });
	await linkTree(prepared, staging);
	await rm(target, { recursive: true, force: true });
	await rename(staging, target);
	await writeFile(stamp, prepared);
}

/**
 * Inside the project, Node would look for a package's missing modules in the project's node_modules before it
 * asks n8n for them (NODE_PATH comes last). This link puts n8n's modules in between, as in a real installation.
 * @param {string} userFolder value of N8N_USER_FOLDER
 * @param {string} host folder of the n8n host
 */
export async function shadowProjectModules(userFolder, host) {
	const shadow = join(userFolder, 'node_modules');
	await rm(shadow, { force: true, recursive: false }).catch(() => {});
	await symlink(join(host, 'node_modules'), shadow, 'junction');
}

/** Hard links cost no space; another disk, or a file system without them, gets copies. @param {string} from @param {string} to */
async function linkTree(from, to) {
	try {
		await linkFolder(resolve(from), resolve(to));
	} catch {
		await rm(to, { recursive: true, force: true });
		await cp(from, to, { recursive: true });
	}
}

/** @param {string} from @param {string} to */
async function linkFolder(from, to) {
	await mkdir(to, { recursive: true });
	for (const entry of await readdir(from, { withFileTypes: true })) {
		const source = join(from, entry.name);
		const target = join(to, entry.name);
		if (entry.isDirectory()) await linkFolder(source, target);
		else if (entry.name === 'package.json') await copyFile(source, target);
		else await link(source, target);
	}
}
