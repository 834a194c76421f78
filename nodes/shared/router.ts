import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { PartialError, toNodeError } from './errors';
import type { Operation, Resource } from './operation';

/** Makes what an operation works with for one item. */
export type OpenContext<C> = (functions: IExecuteFunctions, itemIndex: number) => Promise<C>;

/** Runs a node with resources. */
export async function routeResources<C>(functions: IExecuteFunctions, resources: readonly Resource<C>[], open: OpenContext<C>): Promise<INodeExecutionData[][]> {
	return eachItem(functions, async (i) => {
		const resource = functions.getNodeParameter('resource', i) as string;
		const found = resources.find((one) => one.value === resource);
		if (found === undefined) throw notKnown(functions, 'resource', resource, i);
		return runOperation(functions, found.operations, open, i);
	});
}

/** Runs a node with operations only. */
export async function routeOperations<C>(functions: IExecuteFunctions, operations: readonly Operation<C>[], open: OpenContext<C>): Promise<INodeExecutionData[][]> {
	return eachItem(functions, (i) => runOperation(functions, operations, open, i));
}

async function runOperation<C>(functions: IExecuteFunctions, operations: readonly Operation<C>[], open: OpenContext<C>, i: number): Promise<readonly IDataObject[]> {
	const value = functions.getNodeParameter('operation', i) as string;
	const operation = operations.find((one) => one.value === value);
	if (operation === undefined) throw notKnown(functions, 'operation', value, i);
	const output = await operation.run(await open(functions, i), i);
	return (Array.isArray(output) ? output : [output]) as readonly IDataObject[];
}

function notKnown(functions: IExecuteFunctions, what: 'resource' | 'operation', value: string, itemIndex: number): NodeOperationError {
	return new NodeOperationError(functions.getNode(), `The ${what} "${value}" is not known`, {
		itemIndex,
		description: `Choose the ${what} from the list, or update the package: the workflow may have been made with a newer one.`,
		failure: { cause: 'configuration-invalid' },
	});
}

/** The one loop: pairs every item, honours continue-on-fail, stops when the execution is cancelled. */
async function eachItem(functions: IExecuteFunctions, run: (itemIndex: number) => Promise<readonly IDataObject[]>): Promise<INodeExecutionData[][]> {
	const out: INodeExecutionData[] = [];
	const count = functions.getInputData().length;
	for (let i = 0; i < count; i++) {
		stopIfCancelled(functions, i);
		try {
			for (const json of await run(i)) out.push({ json, pairedItem: { item: i } });
		} catch (error) {
			const nodeError = toNodeError(functions.getNode(), error, i);
			if (!functions.continueOnFail()) throw nodeError;
			// An item of exactly these fields is what n8n sends to the error output, and leaves as it is.
			out.push({ json: { error: nodeError.message, details: error instanceof PartialError ? { ...error.item } : (nodeError.description ?? null) }, pairedItem: { item: i } });
		}
	}
	return [out];
}

/** Throws once the execution is cancelled: nothing more is begun. */
export function stopIfCancelled(functions: IExecuteFunctions, itemIndex: number): void {
	if (functions.getExecutionCancelSignal()?.aborted !== true) return;
	throw new NodeOperationError(functions.getNode(), 'The execution was cancelled', { itemIndex, description: 'Items before this one are done.' });
}
