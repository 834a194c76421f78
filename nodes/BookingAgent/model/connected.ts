import { NodeConnectionTypes, type IExecuteFunctions, type NodeTypeAndVersion } from 'n8n-workflow';
import type { ChatModel, ModelAnswer, ModelFailure, ModelRequest } from '../../../core/conversation/model/port';
import { asChatModel, modelName } from './langchain-model';

/** Told of every call that gave no answer. */
export type ReportFailure = (model: string, cause: ModelFailure) => void;

/**
 * The models connected to the Chat Model and Fallback Model inputs, in this order, for one item. A model belongs to its
 * execution: it writes its calls to the canvas and may hold what expressions gave for this very item, so nothing of it is
 * kept. Connecting costs n8n a look at credentials, so it happens with the first call only; most answers need none.
 */
export function connectedModels(context: IExecuteFunctions, i: number, report: ReportFailure): readonly ChatModel[] {
	let connecting: Promise<readonly unknown[]> | null = null;
	const connect = (): Promise<readonly unknown[]> => (connecting ??= supplied(context, i));
	return modelNodes(context).map((node, place) => {
		const name = nameOf(node);
		return {
			name,
			async complete(request: ModelRequest): Promise<ModelAnswer> {
				const answer = await ask(async () => asChatModel((await connect())[place], { name, stop: context.getExecutionCancelSignal() }), request);
				if (answer.kind === 'failed') report(name, answer.cause);
				return answer;
			},
		};
	});
}

/** A model that cannot even be connected is refused: n8n shows why at its node. */
async function ask(open: () => Promise<ChatModel | null>, request: ModelRequest): Promise<ModelAnswer> {
	const model = await open().catch(() => null);
	return model === null ? { kind: 'failed', cause: 'rejected' } : model.complete(request);
}

/** n8n names what is connected last first; turned round, the order is that of the inputs. */
function modelNodes(context: IExecuteFunctions): readonly NodeTypeAndVersion[] {
	const options = { connectionType: NodeConnectionTypes.AiLanguageModel, depth: 1, includeNodeParameters: true };
	return context
		.getParentNodes(context.getNode().name, options)
		.filter(({ disabled }) => !disabled)
		.reverse();
}

async function supplied(context: IExecuteFunctions, i: number): Promise<readonly unknown[]> {
	const models: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, i);
	return Array.isArray(models) ? [...(models as unknown[])].reverse() : [models];
}

/** Named by the node's type and its model parameter, so that a name is known before anything is connected. */
function nameOf({ type, parameters = {} }: NodeTypeAndVersion): string {
	const provider = type.slice(type.lastIndexOf('.') + 1).replace(/^lmChat/i, '').toLowerCase();
	const chosen: unknown = parameters['model'] ?? parameters['modelName'] ?? parameters['modelId'] ?? null;
	const model: unknown = typeof chosen === 'object' && chosen !== null && 'value' in chosen ? chosen.value : chosen;
	if (typeof model !== 'string' || model === '') return modelName(provider, 'default');
	return modelName(provider, model.startsWith('=') ? 'expression' : model);
}
