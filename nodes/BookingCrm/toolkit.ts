import { NodeConnectionTypes, type IDataObject, type ISupplyDataFunctions } from 'n8n-workflow';
import type { ToolResult } from '../../core/conversation/tools';
import { BOOKING_CRM, type CrmConnection } from '../shared/crm-registry';
import { hostTools, hostZod } from '../shared/host';
import { deskFor } from './desk';
import { TOOLS, type Tool, type Zod } from './tools';

type StructuredTool = InstanceType<Awaited<ReturnType<typeof hostTools>>['DynamicStructuredTool']>;

/** What this sub-node supplies: a toolkit for any agent, and the connection itself for Booking Agent. */
export interface BookingToolkit {
	readonly [BOOKING_CRM]: CrmConnection;
	readonly tools: readonly StructuredTool[];
	getTools(): readonly StructuredTool[];
}

/** For Booking Agent: it needs the connection only, and n8n would look into every tool of every message. */
export function bareConnection(connection: CrmConnection): Pick<BookingToolkit, typeof BOOKING_CRM> {
	return { [BOOKING_CRM]: connection };
}

/** Builds the toolkit for any agent; a tool's calls are bound to this execution. */
export async function createToolkit(context: ISupplyDataFunctions, i: number, connection: CrmConnection, prefix: string): Promise<BookingToolkit> {
	const [{ DynamicStructuredTool }, { z }] = await Promise.all([hostTools(), hostZod()]);
	let made: readonly StructuredTool[] | null = null;
	const make = (): readonly StructuredTool[] =>
		(made ??= TOOLS.map(
			(tool) =>
				new DynamicStructuredTool({
					name: `${prefix}${tool.name}`,
					description: tool.description,
					schema: tool.schema(z),
					func: async (args: unknown) => JSON.stringify(await logged(context, i, connection, tool, z, args)),
				}),
		));
	return {
		[BOOKING_CRM]: connection,
		get tools() {
			return make();
		},
		getTools: make,
	};
}

/** Runs a tool for an inline caller and shows the call in the log panel as a run of this node. */
async function logged(context: ISupplyDataFunctions, i: number, connection: CrmConnection, tool: Tool, z: Zod, args: unknown): Promise<ToolResult> {
	const { index } = context.addInputData(NodeConnectionTypes.AiTool, [[{ json: { tool: tool.name, ...(args as IDataObject) } }]]);
	const result = await tool.call(z, await deskFor(context, i, connection), args);
	context.addOutputData(NodeConnectionTypes.AiTool, index, [[{ json: result as unknown as IDataObject }]]);
	return result;
}
