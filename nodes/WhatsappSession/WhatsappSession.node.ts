import { NodeConnectionTypes, type IBinaryKeyData, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { withFile } from '../shared/item-files';
import { describeResources } from '../shared/operation';
import { routeResources } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { STORE_CREDENTIAL } from '../shared/store';
import { testStore } from '../shared/store-test';
import { sessionField } from '../shared/whatsapp/session-field';
import { openContext } from './context';
import { RESOURCES } from './resources';

/** Sends through a linked WhatsApp number and looks after it. */
export class WhatsappSession implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Session',
		name: 'whatsappSession',
		icon: { light: 'file:whatsappSession.svg', dark: 'file:whatsappSession.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["session"] }}',
		description: 'Send WhatsApp messages from a linked number, pair it and look after it; unofficial client, for numbers you can do without',
		defaults: { name: 'WhatsApp Session' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: STORE_CREDENTIAL, required: false, testedBy: 'testStore' }],
		properties: [...describeResources(RESOURCES, 'message'), salonIdField, sessionField],
	};

	methods = { credentialTest: { testStore } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const files = new Map<number, IBinaryKeyData>();
		const [items = []] = await routeResources(this, RESOURCES, (functions, i) => openContext(functions, i, files));
		return [items.map((item) => withFile(item, files))];
	}
}
