import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isDeadOwner, newOwner } from '../../core/conversation/owner';
import { createCollector } from '../../core/store/collect';
import { toNodeError } from '../shared/errors';
import { wholeNumberOf } from '../shared/fields';
import { readSalon } from '../shared/salon';
import { openNodeStore } from '../shared/store';
import { turnItem } from './turn-item';

/** Passes on what runs that died left waiting. */
export async function releaseLeftOver(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const turns: INodeExecutionData[] = [];
	for (const i of context.getInputData().keys()) {
		try {
			const { store } = await openNodeStore(context, i);
			const seconds = wholeNumberOf(context.getNodeParameter('olderThan', i, 60), 'Older Than (Seconds)', { min: 5, max: 86_400 });
			const left = await createCollector(store, { owner: newOwner() }).closeLeftOver(readSalon(context, i), seconds * 1000, isDeadOwner);
			turns.push(...left.map((turn) => ({ json: turnItem(turn), pairedItem: { item: i } })));
		} catch (error) {
			const failure = toNodeError(context.getNode(), error, i);
			if (!context.continueOnFail()) throw failure;
			turns.push({ json: { error: failure.message }, pairedItem: { item: i } });
		}
	}
	return [turns, []];
}
