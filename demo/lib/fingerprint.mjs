/** Hashes that decide whether finished work can be used again. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * @param {string} folder
 * @param {string[]} entries files and folders inside it; a missing one counts as absent, not as an error
 * @returns {Promise<string>} hex SHA-256 over every path and its content
 */
export async function hashOf(folder, entries) {
	const files = (await Promise.all(entries.map((entry) => filesUnder(join(folder, entry))))).flat().sort();
	const hash = createHash('sha256');
	for (const file of files) {
		hash.update(relative(folder, file).replaceAll('\\', '/'));
		hash.update('\0');
		hash.update(await readFile(file));
		hash.update('\0');
	}
	return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesUnder(path) {
	const found = await stat(path).catch(() => undefined);
	if (!found) return [];
	if (found.isFile()) return [path];
	const inside = await readdir(path, { withFileTypes: true, recursive: true });
	return inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
