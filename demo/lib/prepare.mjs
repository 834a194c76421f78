/** Everything that must stand before n8n can start with the package of this working copy in it. */
import { checkNodeVersion } from './checks.mjs';
import { ensureHost } from './host.mjs';
import { preparePackage } from './package-install.mjs';
import { ensureBuild, ensureDependencies, nodeBinary } from './project.mjs';

/**
 * Each part is skipped when it is there already.
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<{ node: string, host: string, packageFolder: string }>}
 */
export async function prepare(progress) {
	checkNodeVersion();
	await ensureDependencies(progress);
	const host = await ensureHost(progress);
	const packageFolder = await preparePackage(progress, await ensureBuild(progress));
	return { node: nodeBinary, host, packageFolder };
}
