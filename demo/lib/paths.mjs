/** Where things stand: the project's own folders and the machine's cache. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE_NAME = 'n8n-nodes-ai-admin';
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
/** Git-ignored: stamps, tarballs, logs of installs. */
export const workFolder = join(projectFolder, '.cache');
/** Git-ignored: the demo's n8n user folder. */
export const demoFolder = join(projectFolder, '.n8n-demo');

/**
 * The machine's cache folder for this package, shared by all clones.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 * @returns {string}
 */
export function machineCacheFolder(env = process.env, platform = process.platform, home = homedir()) {
	if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, PACKAGE_NAME);
	if (platform === 'darwin') return join(home, 'Library', 'Caches', PACKAGE_NAME);
	if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), PACKAGE_NAME, 'Cache');
	return join(home, '.cache', PACKAGE_NAME);
}
