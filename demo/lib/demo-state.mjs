/** What the demo remembers between starts, beside n8n's own data. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from './checks.mjs';
import { hashPassword } from './instance.mjs';
import { demoFolder } from './paths.mjs';

const STATE_FILE = join(demoFolder, 'demo.json');

/**
 * @typedef {object} DemoState
 * @property {import('./instance.mjs').Owner} owner
 * @property {Record<string, { id: string, hash: string, versionId: string }>} workflows by file name
 * @property {{ url: string, pid: number, launcher: number, pages: string[], chats: string[] }} [running] present while n8n runs
 */

/** @returns {Promise<DemoState | undefined>} undefined before the first start */
export async function readDemoState() {
	const text = await readFile(STATE_FILE, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new SetupError(`${STATE_FILE} is damaged: remove the folder ${demoFolder} (the demo's data goes with it) and run the command again.`, { cause });
	}
}

/** @param {DemoState} state */
export async function writeDemoState(state) {
	await mkdir(demoFolder, { recursive: true });
	const partial = `${STATE_FILE}.partial`;
	await writeFile(partial, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
	await rename(partial, STATE_FILE);
}

/**
 * @param {string} host folder of the n8n host
 * @returns {DemoState} with an owner whose password is made once
 */
export function newDemoState(host) {
	// n8n asks for 8 characters with a digit and a capital letter
	const password = `Demo-${randomBytes(6).toString('hex')}1`;
	return { owner: { email: 'owner@demo.example', password, passwordHash: hashPassword(host, password) }, workflows: {} };
}
