import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { hostZod, rootTypeOf } from '../shared/host';
import { testStore } from '../shared/store-test';
import { settingSearches } from '../shared/vendor/searches';
import { VENDORS } from '../shared/vendors';
import { connectionFor, deskFor, refuseModelInput } from './desk';
import { credentials, properties, toolPrefix } from './properties';
import { bareConnection, createToolkit } from './toolkit';
import { toolNamed } from './tools';

/** Connects one salon's CRM to an agent. */
export class BookingCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Booking CRM',
		name: 'bookingCrm',
		icon: { light: 'file:bookingCrm.svg', dark: 'file:bookingCrm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["crm"] + ": " + $parameter["salonId"] }}',
		description: "Gives Booking Agent a salon's CRM, and any other AI agent ten guarded booking tools",
		defaults: { name: 'Booking CRM' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		outputNames: ['Booking CRM'],
		credentials,
		properties,
	};

	methods = { listSearch: Object.assign({}, ...VENDORS.map(settingSearches)), credentialTest: { testStore } };

	/** For Booking Agent and every agent that calls tools itself. */
	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		try {
			const connection = await connectionFor(this, itemIndex);
			if (rootTypeOf(this)?.endsWith('.bookingAgent') === true) return { response: bareConnection(connection) };
			return { response: await createToolkit(this, itemIndex, connection, toolPrefix(this, itemIndex)) };
		} catch (error) {
			throw toNodeError(this.getNode(), error, itemIndex);
		}
	}

	/** For agents that have the engine run a tool's node: each item is one call, `tool` names it. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { z } = await hostZod();
		const results: INodeExecutionData[] = [];
		for (const [i, item] of this.getInputData().entries()) {
			try {
				const { tool: name, ...args } = item.json;
				const tool = toolNamed(name, toolPrefix(this, i));
				if (tool === undefined) {
					throw new NodeOperationError(this.getNode(), 'No booking tool of this name', {
						itemIndex: i,
						description: 'Connect this node to the Tool input of an agent; it is not meant to be run by itself.',
					});
				}
				// before anything is opened that a model might have named
				refuseModelInput(this, i);
				const desk = await deskFor(this, i, await connectionFor(this, i));
				results.push({ json: (await tool.call(z, desk, args)) as unknown as IDataObject, pairedItem: { item: i } });
			} catch (error) {
				const failure = toNodeError(this.getNode(), error, i);
				if (!this.continueOnFail()) throw failure;
				results.push({ json: { error: failure.message }, pairedItem: { item: i } });
			}
		}
		return [results];
	}
}
