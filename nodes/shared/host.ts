import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { processState } from './process-state';

/**
 * The one file that touches what n8n does not promise to keep: its instance settings and its own copies of zod and
 * LangChain, which are found because n8n resolves modules a package does not ship from its own folder.
 */
export interface Host {
	/** n8n's user folder. */
	readonly folder: string;
	/** Derived from the instance's encryption key; null when the host does not give it. */
	readonly instanceKey: string | null;
}

interface Settings {
	readonly n8nFolder: string;
	readonly encryptionKey: string;
}

const KEY_PURPOSE = 'n8n-nodes-ai-admin store v1';

/** The host this process runs in. Falls back to n8n's documented folder when its settings cannot be read. */
export function host(): Promise<Host> {
	return processState('host', 1, () => readHost());
}

async function readHost(): Promise<Host> {
	const settings = await instanceSettings();
	if (settings !== null) {
		return { folder: settings.n8nFolder, instanceKey: createHmac('sha256', settings.encryptionKey).update(KEY_PURPOSE).digest('hex') };
	}
	return { folder: join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n'), instanceKey: null };
}

async function instanceSettings(): Promise<Settings | null> {
	try {
		const [{ Container }, { InstanceSettings }] = await Promise.all([import('@n8n/di'), import('n8n-core')]);
		const { n8nFolder, encryptionKey }: Partial<Settings> = Container.get(InstanceSettings);
		const complete = typeof n8nFolder === 'string' && typeof encryptionKey === 'string' && encryptionKey !== '';
		return complete ? { n8nFolder, encryptionKey } : null;
	} catch (error) {
		// Internal API: another n8n may not have it. Everything else the host says is a fault to be seen.
		if (isMissing(error)) return null;
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	return code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' || error instanceof TypeError;
}

/** The key beside a database file, made on first use and readable by the owner only. */
export async function keyFile(database: string): Promise<string> {
	const path = join(dirname(database), 'ai-admin.key');
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	try {
		const file = await open(path, 'wx', 0o600);
		const key = randomBytes(32).toString('hex');
		await file.writeFile(key);
		await file.sync();
		await file.close();
		return key;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return (await readFile(path, 'utf8')).trim();
		throw error;
	}
}

/** True when executions run in other processes than this one. */
export function isQueueMode(): boolean {
	return process.env.EXECUTIONS_MODE === 'queue';
}

/** n8n's own zod: it tests schemas with `instanceof` of this copy. */
export async function hostZod(): Promise<typeof import('zod')> {
	return import('zod');
}

/** n8n's own LangChain tools, for the same reason. */
export async function hostTools(): Promise<typeof import('@langchain/core/tools')> {
	return import('@langchain/core/tools');
}
