import type { CompiledQuery, Kysely } from 'kysely';
import type { Database } from './schema';

/** Stands for a value while a statement is compiled; its place among the parameters is where the value goes. */
class Placeholder {
	readonly key: string | number;

	constructor(key: string) {
		// lists are read by number: a name would be turned into one at every value
		this.key = /^\d+$/.test(key) ? Number(key) : key;
	}
}

interface Compilable<R> {
	compile(): CompiledQuery<R>;
}

/** Runs on a connection or in a transaction. */
type Runner = Pick<Kysely<Database>, 'executeQuery' | 'getExecutor'>;

const placeholders: ProxyHandler<object> = { get: (_target, key) => new Placeholder(String(key)) };

/**
 * A statement that is built and compiled once a database and then only run: building one anew costs more than SQLite
 * needs to carry it out. `build` sees placeholders instead of values, so it must not look at them; a statement whose
 * shape depends on its values is made by {@link statements}.
 */
export function statement<P extends object, R>(
	build: (db: Kysely<Database>, values: P) => Compilable<R>,
): (runner: Kysely<Database>, values: P) => Promise<readonly R[]> {
	const compiled = new WeakMap<object, CompiledQuery<R>>();
	return async (runner, values) => {
		const { adapter } = runner.getExecutor();
		let query = compiled.get(adapter);
		if (query === undefined) {
			query = build(runner, new Proxy({}, placeholders) as P).compile();
			compiled.set(adapter, query);
		}
		return run(runner, query, values);
	};
}

/** Statements that differ by a number, such as how many rows they insert; one is kept for each. */
export function statements<P extends object, R>(
	build: (count: number) => (db: Kysely<Database>, values: P) => Compilable<R>,
): (count: number) => ReturnType<typeof statement<P, R>> {
	const known = new Map<number, ReturnType<typeof statement<P, R>>>();
	return (count) => {
		const made = known.get(count) ?? statement<P, R>(build(count));
		known.set(count, made);
		return made;
	};
}

async function run<P extends object, R>(runner: Runner, query: CompiledQuery<R>, values: P): Promise<readonly R[]> {
	const given = values as Readonly<Record<string | number, unknown>>;
	const parameters = query.parameters.map((value) => (value instanceof Placeholder ? given[value.key] : value));
	const { rows } = await runner.executeQuery<R>({ ...query, parameters });
	return rows;
}
