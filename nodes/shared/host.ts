import { createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
	/** What this process of n8n is for; null when the host does not tell. */
	readonly processKind: string | null;
}

interface Settings {
	readonly n8nFolder: string;
	readonly encryptionKey: string;
	readonly instanceType?: unknown;
}

const KEY_PURPOSE = 'n8n-nodes-ai-admin store v1';

/** The host this process runs in. Falls back to n8n's documented folder when its settings cannot be read. */
export function host(): Promise<Host> {
	const known = processState<{ reading: Promise<Host> | null }>('host', 2, () => ({ reading: null }));
	if (known.reading === null) {
		known.reading = readHost();
		// a failed reading is tried again by the next execution
		known.reading.catch(() => (known.reading = null));
	}
	return known.reading;
}

async function readHost(): Promise<Host> {
	const settings = await instanceSettings();
	if (settings !== null) {
		const processKind = typeof settings.instanceType === 'string' ? settings.instanceType : null;
		return { folder: settings.n8nFolder, instanceKey: createHmac('sha256', settings.encryptionKey).update(KEY_PURPOSE).digest('hex'), processKind };
	}
	return { folder: join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n'), instanceKey: null, processKind: null };
}

async function instanceSettings(): Promise<Settings | null> {
	const modules = await Promise.all([fromCore<typeof import('@n8n/di')>('@n8n/di'), import('n8n-core')]).catch(nullWhenMissing);
	if (modules === null) return null;
	const [{ Container }, { InstanceSettings }] = modules;
	if (typeof InstanceSettings !== 'function') return null;
	const { n8nFolder, encryptionKey, instanceType }: Partial<Settings> = Container.get(InstanceSettings);
	const complete = typeof n8nFolder === 'string' && typeof encryptionKey === 'string' && encryptionKey !== '';
	return complete ? { n8nFolder, encryptionKey, instanceType } : null;
}

/**
 * A module as n8n-core itself resolves it. A host may hold several copies of one, and only n8n-core's own knows its
 * services and passes its `instanceof` checks.
 */
async function fromCore<T>(name: string): Promise<T> {
	const known = resolved.get(name);
	if (known !== undefined) return known as T;
	const found: unknown = createRequire(require.resolve('n8n-core'))(name);
	resolved.set(name, found);
	return found as T;
}

/** Resolving goes to the disk every time; a message must not pay for it. */
const resolved = new Map<string, unknown>();

/** Internal API: another host may not have it. Every other fault is one to be seen. */
function nullWhenMissing(error: unknown): null {
	if (codeOf(error) === 'MODULE_NOT_FOUND' || codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return null;
	throw error;
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : null;
}

/** The key beside a database file, made on first use and readable by the owner only. Two processes make one key. */
export async function keyFile(database: string): Promise<string> {
	const path = join(dirname(database), 'ai-admin.key');
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const draft = `${path}.${randomBytes(6).toString('hex')}`;
	await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
	await link(draft, path).catch(nullWhenThere);
	await unlink(draft);
	return (await readFile(path, 'utf8')).trim();
}

function nullWhenThere(error: unknown): null {
	if (codeOf(error) === 'EEXIST') return null;
	throw error;
}

/** True when executions run in other processes than this one. */
export function isQueueMode(): boolean {
	return process.env.EXECUTIONS_MODE === 'queue';
}

/** Seconds after which this n8n ends an execution whose workflow says nothing of it; null for never. */
export function instanceTimeout(): number | null {
	const seconds = Number(process.env.EXECUTIONS_TIMEOUT ?? '');
	return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** n8n's own zod: it tests schemas with `instanceof` of this copy. */
export function hostZod(): Promise<typeof import('zod')> {
	return fromCore('zod');
}

/** n8n's own LangChain tools, for the same reason. */
export function hostTools(): Promise<typeof import('@langchain/core/tools')> {
	return fromCore('@langchain/core/tools');
}

/** Type of the root node a sub-node supplies, or null where the host does not tell. */
export function rootTypeOf(context: object): string | null {
	const root: unknown = 'parentNode' in context ? context.parentNode : null;
	return typeof root === 'object' && root !== null && 'type' in root && typeof root.type === 'string' ? root.type : null;
}
