import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { StoreConfig } from '../../store';

const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));

const CONFIG = v.pipe(
	v.object({
		/** Address of the Postgres database. */
		databaseUrl: v.optional(v.pipe(v.string(), v.nonEmpty())),
		/** The embedded database's file, where there is no Postgres. */
		databaseFile: v.optional(v.pipe(v.string(), v.nonEmpty())),
		schema: v.optional(v.pipe(v.string(), v.nonEmpty())),
		/** Encryption keys of the store: the first seals, all open. */
		keys: v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1, 'an encryption key is missing')), []),
		/** Sessions this host runs at most. */
		maxSessions: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
		/** Port of the health page on this machine; none when absent. */
		healthPort: v.optional(port),
	}),
	v.check(({ databaseUrl, databaseFile }) => (databaseUrl === undefined) !== (databaseFile === undefined), 'set either databaseUrl or databaseFile'),
);

/** What a session host is told. */
export interface HostConfig {
	readonly store: StoreConfig;
	readonly keys: readonly string[];
	readonly maxSessions: number;
	readonly healthPort: number | null;
}

/** Names of environment variables; the keys stand one a line. */
export const VARIABLES = {
	databaseUrl: 'AI_ADMIN_STORE_URL',
	databaseFile: 'AI_ADMIN_STORE_FILE',
	schema: 'AI_ADMIN_STORE_SCHEMA',
	keys: 'AI_ADMIN_STORE_KEYS',
	maxSessions: 'AI_ADMIN_WHATSAPP_MAX_SESSIONS',
	healthPort: 'AI_ADMIN_WHATSAPP_HEALTH_PORT',
} as const;

/**
 * Reads the JSON file, if one is named, and the environment, which goes before it. Throws an Error whose message says what is wrong and holds
 * no value.
 */
export function readHostConfig(env: Readonly<Record<string, string | undefined>>, file?: string): HostConfig {
	const parsed = v.safeParse(CONFIG, { ...(file === undefined ? {} : fromFile(file)), ...fromEnvironment(env) });
	if (!parsed.success) {
		const [issue] = parsed.issues;
		const name = v.getDotPath(issue);
		throw new Error(`The session host cannot start: ${name === null ? '' : `${name}: `}${issue.message}.`);
	}
	const { databaseUrl, databaseFile, schema, keys, maxSessions, healthPort } = parsed.output;
	const store: StoreConfig = databaseUrl === undefined ? { engine: 'sqlite', path: databaseFile ?? '' } : { engine: 'postgres', connectionString: databaseUrl, ...(schema === undefined ? {} : { schema }) };
	return { store, keys, maxSessions: maxSessions ?? Infinity, healthPort: healthPort ?? null };
}

function fromFile(file: string): object {
	try {
		const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
		if (typeof read === 'object' && read !== null) return read;
	} catch {
		// the error's own text would show a part of the file, where keys are
	}
	throw new Error(`The session host cannot start: ${file} is no file of JSON.`);
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): object {
	const given = Object.entries(VARIABLES).flatMap(([name, variable]) => {
		const value = env[variable]?.trim();
		return value === undefined || value === '' ? [] : [[name, value] as const];
	});
	return Object.fromEntries(given.map(([name, value]) => [name, convert(name, value)]));
}

function convert(name: string, value: string): unknown {
	if (name === 'keys') return value.split('\n').map((key) => key.trim()).filter((key) => key !== '');
	return name === 'maxSessions' || name === 'healthPort' ? Number(value) : value;
}
