/**
 * State of this process that must survive a reload of the package: a reload gives the package new modules, not a new
 * process. `version` names the layout, so that two versions of the package never read each other's.
 */
export function processState<T>(name: string, version: number, create: () => T): T {
	const key = Symbol.for(`n8n-nodes-ai-admin:${name}@${version}`);
	const holder = globalThis as unknown as Record<symbol, T | undefined>;
	return (holder[key] ??= create());
}
