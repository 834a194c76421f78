import type { ZodTypeAny } from 'zod';
import type { ToolDesk, ToolResult } from '../../../core/conversation/tools';

/** n8n's own zod: tool schemas must be made with the host's copy. */
export type Zod = (typeof import('zod'))['z'];

/** One tool for a model, its arguments already parsed when it runs. */
export interface Tool {
	readonly name: string;
	readonly description: string;
	schema(z: Zod): ZodTypeAny;
	/** Parses the arguments (unknown keys are dropped) and runs; throws ZodError for wrong ones. */
	call(z: Zod, desk: ToolDesk, args: unknown): Promise<ToolResult>;
}

/** Declares a tool: `shape` gives the schema, and with it the type of what `run` gets. */
export function defineTool<S extends ZodTypeAny>(tool: {
	readonly name: string;
	readonly description: string;
	schema(z: Zod): S;
	run(desk: ToolDesk, args: S['_output']): Promise<ToolResult>;
}): Tool {
	// One schema a copy of zod: building it costs more than using it.
	const made = new WeakMap<Zod, S>();
	const schema = (z: Zod): S => {
		const known = made.get(z) ?? tool.schema(z);
		made.set(z, known);
		return known;
	};
	return {
		name: tool.name,
		description: tool.description,
		schema,
		call: (z, desk, args) => tool.run(desk, schema(z).parse(args) as S['_output']),
	};
}

/** A calendar date argument. */
export function dateArgument(z: Zod, what: string): ReturnType<Zod['string']> {
	return z.string().regex(/^\d{4}-\d{2}-\d{2}$/).describe(`${what}, YYYY-MM-DD in the salon's time zone`);
}
