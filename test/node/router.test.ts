import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../nodes/shared/operation';
import { routeOperations } from '../../nodes/shared/router';

interface Run {
	readonly functions: IExecuteFunctions;
	readonly begun: number[];
	readonly operations: readonly Operation<null>[];
}

/** Three items that go on after failures; the execution is cancelled while item 1 runs. */
function cancelledAtSecondItem(): Run {
	const abort = new AbortController();
	const begun: number[] = [];
	const functions = {
		getNode: () => ({ id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} }),
		getInputData: () => [{ json: {} }, { json: {} }, { json: {} }],
		getNodeParameter: () => 'write',
		getExecutionCancelSignal: () => abort.signal,
		continueOnFail: () => true,
	} as unknown as IExecuteFunctions;
	const write: Operation<null> = {
		value: 'write',
		name: 'Write',
		action: 'Write record',
		description: 'Write a record',
		fields: [],
		run: (_context, i) => {
			begun.push(i);
			if (i === 1) abort.abort();
			return Promise.resolve({ written: i });
		},
	};
	return { functions, begun, operations: [write] };
}

describe('the router of a cancelled execution', () => {
	it('begins no further item, and does not call that a failed item that may be passed over', async () => {
		const { functions, begun, operations } = cancelledAtSecondItem();
		const running = routeOperations(functions, operations, () => Promise.resolve(null));
		await expect(running).rejects.toMatchObject({ message: 'The execution was cancelled', context: { itemIndex: 2 } });
		expect(begun).toEqual([0, 1]);
	});
});
