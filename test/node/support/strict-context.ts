import { NodeHelpers, type IDataObject, type IExecuteFunctions, type INode, type INodeParameters, type INodeProperties, type INodeType } from 'n8n-workflow';

/** What a walk over one operation saw. */
export interface Walk {
	readonly items: readonly IDataObject[];
	readonly error: unknown;
	/** Parameters that were read though the panel does not show them. */
	readonly hiddenReads: readonly string[];
}

/** Parameters the panel shows for these values. */
export function displayed(type: INodeType, node: INode): readonly INodeProperties[] {
	return type.description.properties.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, type.description));
}

/** All displayed parameters at their defaults, over which `given` wins. */
export function withDefaults(type: INodeType, given: INodeParameters): INode {
	const node: INode = { id: 'walk', name: 'Walk', type: 'walk', typeVersion: 1, position: [0, 0], parameters: given };
	for (;;) {
		const missing = displayed(type, node).find(({ name }) => !(name in node.parameters));
		if (missing === undefined) return node;
		node.parameters = { ...node.parameters, [missing.name]: missing.default };
	}
}

/** Runs a node for one item in a context that notes every read of a parameter that is not shown. */
export async function walk(type: INodeType, given: INodeParameters): Promise<Walk> {
	const node = withDefaults(type, given);
	const hiddenReads: string[] = [];
	const functions = {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getExecutionId: () => 'walk',
		getExecutionCancelSignal: () => undefined,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => false,
		getCredentials: () => Promise.reject(new Error('No credential is set')),
		getNodeParameter(name: string, _i: number, fallback?: unknown, options?: { extractValue?: boolean }) {
			if (!displayed(type, node).some((property) => property.name === name)) hiddenReads.push(name);
			const value: unknown = node.parameters[name] ?? fallback;
			const isLocator = typeof value === 'object' && value !== null && 'mode' in value && 'value' in value;
			return options?.extractValue === true && isLocator ? value.value : value;
		},
	} as unknown as IExecuteFunctions;
	try {
		const output = (await type.execute?.call(functions)) as Array<Array<{ json: IDataObject }>>;
		return { items: output.flat().map(({ json }) => json), error: null, hiddenReads };
	} catch (error) {
		return { items: [], error, hiddenReads };
	}
}
