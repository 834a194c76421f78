import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { CHANNEL_RECOGNISERS, type Channel } from '../../core/conversation/channels';

type Shape = Channel['name'];

/** Which shapes the items of a trigger may have. An item of a public trigger holds whatever its caller put into it. */
const SHAPES_OF_TRIGGER: Readonly<Record<string, readonly Shape[]>> = {
	'@n8n/n8n-nodes-langchain.chatTrigger': ['web'],
	'n8n-nodes-base.telegramTrigger': ['telegram'],
	'n8n-nodes-base.whatsAppTrigger': ['whatsapp_cloud'],
	'n8n-nodes-base.webhook': ['webhook'],
	'n8n-nodes-ai-admin.whatsappSessionTrigger': ['whatsapp'],
};

const ALL: readonly Shape[] = CHANNEL_RECOGNISERS.map(({ name }) => name);

/**
 * The shapes an item may have, by the trigger that started this run: a page's visitor must not pass for a Telegram or
 * WhatsApp user by sending an item of their shape. Triggers nobody knows (a schedule, a calling workflow) belong to the
 * operator, and so does what they send.
 */
export function allowedShapes(context: IExecuteFunctions, i: number): readonly Shape[] {
	if (context.getNodeParameter('source', i, 'automatic') === 'fields') return ['webhook'];
	const triggers = context.getParentNodes(context.getNode().name).filter(({ type }) => Object.hasOwn(SHAPES_OF_TRIGGER, type));
	const started = triggers.length < 2 ? triggers : triggers.filter(({ name }) => hasRun(context, i, name));
	if (started.length === 0) return ALL;
	return [...new Set(started.flatMap(({ type }) => SHAPES_OF_TRIGGER[type] ?? []))];
}

function hasRun(context: IExecuteFunctions, i: number, name: string): boolean {
	const proxy = context.getWorkflowDataProxy(i) as { $(node: string): { isExecuted: boolean } };
	return proxy.$(name).isExecuted;
}

/** Says which shapes are accepted here. */
export function unknownItem(context: IExecuteFunctions, i: number, shapes: readonly Shape[]): NodeOperationError {
	const accepted = CHANNEL_RECOGNISERS.filter(({ name }) => shapes.includes(name)).map(({ shape }) => shape);
	return new NodeOperationError(context.getNode(), 'The item is not a message of a known channel', {
		itemIndex: i,
		description: `Accepted here: ${accepted.join('; ')}. For items of your own set Message Source to "Fields of the Item".`,
	});
}
