/** Layout of what is kept for the process; copies of the package with another layout close what this one has before they begin. */
export const REGISTRY_SCHEMA = 1;
const REGISTRY = Symbol.for('n8n-nodes-ai-admin:whatsapp-sessions');

/** What every layout has in common. */
interface AnyRegistry {
	readonly schema: number;
	/** Ends everything that runs; resolves when no socket is left. */
	close(): Promise<void>;
}

/** What belongs to the process and not to one copy of the package: a reload gives new modules, not a new process. */
export interface ProcessRegistry extends AnyRegistry {
	/** By name; each is made by whoever first needs it. */
	readonly parts: Map<string, unknown>;
	/** Ends of what runs, by what runs. */
	readonly closers: Map<object, () => Promise<void>>;
	/** Resolves when an earlier layout has closed. */
	readonly ready: Promise<void>;
	/** The process comes to its end: what runs was ended, and nothing is connected any more. */
	isEnding: boolean;
}

export function processRegistry(): ProcessRegistry {
	const holder = globalThis as typeof globalThis & { [REGISTRY]?: AnyRegistry };
	const found = holder[REGISTRY];
	if (found?.schema === REGISTRY_SCHEMA) return found as ProcessRegistry;
	const closers: ProcessRegistry['closers'] = new Map();
	const fresh: ProcessRegistry = {
		schema: REGISTRY_SCHEMA,
		parts: new Map(),
		closers,
		isEnding: false,
		ready: found === undefined ? Promise.resolve() : found.close().catch(() => undefined),
		close: async () => void (await Promise.all([...closers.values()].map((close) => close()))),
	};
	holder[REGISTRY] = fresh;
	return fresh;
}

/** One thing of the process for each owner object, such as a store; made on first use. */
export function processPart<K extends object, T>(name: string, owner: K, create: () => T): T {
	const { parts } = processRegistry();
	const known = (parts.get(name) ?? new WeakMap<K, T>()) as WeakMap<K, T>;
	parts.set(name, known);
	const found = known.get(owner);
	if (found !== undefined) return found;
	const made = create();
	known.set(owner, made);
	return made;
}
