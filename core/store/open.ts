import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { Engine } from './engines/engine';
import { openPostgres } from './engines/postgres';
import { openSqlite } from './engines/sqlite';
import { StoreError } from './errors';
import { MIGRATIONS } from './migrations';
import { migrate } from './migrations/migrate';
import type { Migration } from './migrations/migration';
import type { Store } from './store';
import { createVault, type KeyedVault } from './vault';

/** Not `public`: Supabase serves that schema over HTTP. */
const DEFAULT_SCHEMA = 'ai_admin';
const DEFAULT_MAX_CONNECTIONS = 10;

const CONFIG = v.variant('engine', [
	v.object({
		engine: v.literal('sqlite'),
		/** File on a local disk; created with its folder when missing. */
		path: v.pipe(v.string(), v.nonEmpty('The path of the database file is empty.'), v.notValue(':memory:', 'The store needs a file.')),
	}),
	v.object({
		engine: v.literal('postgres'),
		connectionString: v.pipe(
			v.string(),
			v.regex(/^postgres(ql)?:\/\//, 'The connection string must start with postgres:// or postgresql://.'),
		),
		/** Schema of the tables, `ai_admin` when absent; created when missing. */
		schema: v.optional(
			v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,62}$/, 'The schema name may hold a-z, 0-9 and _ only.')),
		),
		/** Most connections at a time, 10 when absent. */
		max: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1, 'At least one connection is needed.'))),
	}),
]);

export type StoreConfig = v.InferInput<typeof CONFIG>;

export interface StoreOptions {
	/** Passphrases: the first seals, all open. */
	readonly keys: readonly string[];
	/** The schema to bring the database to; the package's own when absent. */
	readonly migrations?: readonly Migration[];
	/** Clock for the marks of migrations and keys. */
	readonly now?: () => Date;
}

function parseConfig(config: StoreConfig): StoreConfig {
	const parsed = v.safeParse(CONFIG, config);
	if (!parsed.success) throw new StoreError('invalid_config', parsed.issues[0].message);
	return parsed.output;
}

function openEngine(config: StoreConfig): Promise<Engine> {
	if (config.engine === 'sqlite') return openSqlite(resolve(config.path));
	return openPostgres({
		connectionString: config.connectionString,
		schema: config.schema ?? DEFAULT_SCHEMA,
		max: config.max ?? DEFAULT_MAX_CONNECTIONS,
	});
}

/**
 * Refuses a database whose texts none of our keys can open, at the start instead of in the middle of a conversation,
 * and notes the current key.
 */
async function checkKeys(engine: Engine, vault: KeyedVault, now: () => Date): Promise<void> {
	const used = new Set((await engine.db.selectFrom('store_key').select('key_id').execute()).map((row) => row.key_id));
	if (used.size > 0 && !vault.keyIds.some((id) => used.has(id))) {
		throw new StoreError('sealed_with_other_key', `Key ids in use: ${[...used].join(', ')}.`);
	}
	const [current] = vault.keyIds;
	if (current === undefined || used.has(current)) return;
	await engine.write((trx) =>
		trx
			.insertInto('store_key')
			.values({ key_id: current, first_used_at: now().toISOString() })
			.onConflict((conflict) => conflict.doNothing())
			.execute(),
	);
}

/**
 * Opens the database, brings its schema to this version and checks the keys. Throws {@link StoreError}; a failed open
 * leaves no connection behind.
 */
export async function openStore(config: StoreConfig, options: StoreOptions): Promise<Store> {
	const { migrations = MIGRATIONS, now = () => new Date() } = options;
	const parsed = parseConfig(config);
	const vault = await createVault(options.keys);
	const engine = await openEngine(parsed);
	try {
		await migrate(engine, migrations, now);
		await engine.ready();
		await checkKeys(engine, vault, now);
	} catch (error) {
		await engine.close();
		throw error;
	}
	return {
		dialect: engine.dialect,
		db: engine.db,
		vault,
		write: (work, options) => engine.write(work, options),
		notices: engine.notices,
		months: engine.months,
		close: () => engine.close(),
	};
}

/** Layout of the registry: copies of the package with another layout keep their own. */
const REGISTRY_VERSION = 1;
const REGISTRY = Symbol.for('n8n-nodes-ai-admin:stores');
type Registry = Map<string, Promise<Store>>;

function registry(): Registry {
	const holder = globalThis as typeof globalThis & { [REGISTRY]?: Map<number, Registry> };
	const versions = (holder[REGISTRY] ??= new Map());
	const found = versions.get(REGISTRY_VERSION) ?? new Map<string, Promise<Store>>();
	versions.set(REGISTRY_VERSION, found);
	return found;
}

function registryKey(config: StoreConfig, keys: readonly string[]): string {
	const place = config.engine === 'sqlite' ? ['sqlite', resolve(config.path)] : ['postgres', config.connectionString, config.schema, config.max];
	return createHash('sha256').update(JSON.stringify([place, keys])).digest('hex');
}

/**
 * The one store of this process for a configuration, opened on first use: nodes, triggers and a second copy of the
 * package share it. Opens that run together share one promise; a failed open or a closed store is forgotten.
 */
export function sharedStore(config: StoreConfig, options: StoreOptions): Promise<Store> {
	const stores = registry();
	const key = registryKey(config, options.keys);
	const known = stores.get(key);
	if (known !== undefined) return known;
	const opening: Promise<Store> = openStore(config, options).then((store) => ({
		...store,
		close() {
			stores.delete(key);
			return store.close();
		},
	}));
	stores.set(key, opening);
	opening.catch(() => stores.delete(key));
	return opening;
}
