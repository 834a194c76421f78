import { NodeConnectionTypes, type EngineRequest, type EngineResponse, type IConnections, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeType } from 'n8n-workflow';
import type { TestNode } from './harness';

/** A tool as an agent sees it. */
export interface ToolLike {
	readonly name: string;
	readonly description: string;
	readonly schema: unknown;
	readonly lc_namespace?: unknown;
	invoke(args: IDataObject): Promise<unknown>;
}

export interface ToolCall {
	readonly tool: string;
	readonly args?: IDataObject;
}

const PANEL = {
	group: ['transform' as const],
	version: 1,
	description: 'Only for tests',
	outputs: [NodeConnectionTypes.Main],
	properties: [],
};

/** A trigger's place in the workflow: hands its items on. */
const passOn: INodeType = {
	description: { ...PANEL, displayName: 'Chat', name: 'chat', defaults: { name: 'Chat' }, inputs: [NodeConnectionTypes.Main] },
	execute(this: IExecuteFunctions) {
		return Promise.resolve([this.getInputData()]);
	},
};

const agent: Omit<INodeType, 'execute'> = {
	description: { ...PANEL, displayName: 'Agent', name: 'agent', defaults: { name: 'Agent' }, inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool] },
};

/** An agent that calls tools itself, as AI Agent before v3 does. */
export function inlineAgent(script: (tools: readonly ToolLike[]) => Promise<IDataObject>): Record<string, INodeType> {
	const type: INodeType = {
		...agent,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const kits = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Array<{ getTools(): readonly ToolLike[] }>;
			return [[{ json: await script(kits.flatMap((kit) => kit.getTools())), pairedItem: { item: 0 } }]];
		},
	};
	return { 'test.agent': type, 'test.chat': passOn };
}

/** An agent that has the engine run the tool's node, as AI Agent v3 does; it puts out what the node answered. */
export function engineAgent(calls: readonly ToolCall[]): Record<string, INodeType> {
	const type: INodeType = {
		...agent,
		async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<INodeExecutionData[][] | EngineRequest> {
			if (response !== undefined && response.actionResponses.length > 0) {
				return [response.actionResponses.map(({ data }) => ({ json: data.data?.ai_tool?.[0]?.[0]?.json ?? { error: data.error?.message ?? null }, pairedItem: { item: 0 } }))];
			}
			const actions = calls.map(({ tool, args }, index) => ({
				actionType: 'ExecutionNodeAction' as const,
				nodeName: 'CRM',
				input: { ...args, tool },
				type: NodeConnectionTypes.AiTool,
				id: `call-${index}`,
				metadata: { itemIndex: 0 },
			}));
			return { actions, metadata: {} };
		},
	};
	return { 'test.agent': type, 'test.chat': passOn };
}

/** Chat, an agent and Booking CRM beside it. */
export function agentWorkflow(parameters: IDataObject): { nodes: readonly TestNode[]; connections: IConnections } {
	return {
		nodes: [
			{ name: 'Chat', type: 'test.chat' },
			{ name: 'Agent', type: 'test.agent' },
			{ name: 'CRM', type: 'bookingCrm', parameters: parameters as TestNode['parameters'] },
		],
		connections: {
			Chat: { main: [[{ node: 'Agent', type: NodeConnectionTypes.Main, index: 0 }]] },
			CRM: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
		},
	};
}
