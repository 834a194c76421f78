import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type { Instant } from '../../core/booking';
import type { HandleOptions, TurnResult } from '../../core/conversation';
import { recognise, type Recognised } from '../../core/conversation/channels';
import { profileOf } from '../../core/conversation/compose/channel';
import { connectionOf, type CrmConnection } from '../shared/crm-registry';
import { toNodeError } from '../shared/errors';
import { now } from '../shared/salon';
import { allowedShapes, unknownItem } from '../shared/source';
import { assistantFor } from './assistants';
import { connectedModels, type ReportFailure } from './model/connected';
import { modelHints } from './model/hints';
import { toolKnowledge } from './model/tool-knowledge';
import { payloadsFor } from './payloads';
import { PROFILE_OPERATIONS } from './profile-json';
import { readSettings } from './settings';
import { noticeIn } from './write-first';

/** The node's three outputs, in their order. */
export interface Outputs {
	readonly reply: INodeExecutionData[];
	readonly handoff: INodeExecutionData[];
	readonly event: INodeExecutionData[];
}

/** Answers every item in turn; one chat's messages keep their order. */
export async function answerItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs: Outputs = { reply: [], handoff: [], event: [] };
	const hints = modelHints(context);
	for (const [i, item] of context.getInputData().entries()) {
		context.getExecutionCancelSignal()?.throwIfAborted();
		try {
			const connected = await connect(context, i, hints.report);
			const operation = context.getNodeParameter('operation', i) as string;
			const onProfile = Object.hasOwn(PROFILE_OPERATIONS, operation) ? PROFILE_OPERATIONS[operation] : undefined;
			if (onProfile !== undefined) outputs.reply.push({ json: await onProfile(context, i, connected.connection), pairedItem: { item: i } });
			else if (operation === 'answerWaiting') await answerWaiting(context, i, connected, outputs);
			else if (operation === 'writeFirst') await handle(context, i, [noticeIn(item.json)], connected, outputs);
			else await answerMessages(context, i, item.json, connected, outputs);
		} catch (error) {
			const failure = toNodeError(context.getNode(), error, i);
			if (!context.continueOnFail()) throw failure;
			outputs.reply.push({ json: { error: failure.message }, pairedItem: { item: i } });
		}
	}
	hints.show();
	return [outputs.reply, outputs.handoff, outputs.event];
}

/** What stands at the inputs of the node for one item. */
interface Connected {
	readonly connection: CrmConnection;
	/** Models and tools hold the item's execution: they come fresh with every call. */
	readonly own: HandleOptions;
}

async function connect(context: IExecuteFunctions, i: number, report: ReportFailure): Promise<Connected> {
	const supplied: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiTool, i);
	const candidates: readonly unknown[] = Array.isArray(supplied) ? supplied : [supplied];
	const connection = candidates.map(connectionOf).find((found) => found !== null);
	if (connection === undefined) {
		throw new NodeOperationError(context.getNode(), 'No Booking CRM is connected', {
			itemIndex: i,
			description: 'Connect a Booking CRM node to the Booking CRM input of this node.',
			failure: { cause: 'configuration-invalid' },
		});
	}
	const knowledge = toolKnowledge(candidates.filter((candidate) => connectionOf(candidate) === null));
	return { connection, own: { models: connectedModels(context, i, report), ...(knowledge === null ? {} : { knowledge }) } };
}

async function answerMessages(context: IExecuteFunctions, i: number, item: IDataObject, connected: Connected, outputs: Outputs): Promise<void> {
	const settings = readSettings(context.getNodeParameter('options', i, {}) as IDataObject);
	const shapes = allowedShapes(context, i);
	const found = recognise(item, { now: now(), phoneCountry: settings.assistant.phoneCountry }, shapes);
	if (found === null) throw unknownItem(context, i, shapes);
	await handle(context, i, found, connected, outputs);
}

async function handle(context: IExecuteFunctions, i: number, found: readonly Recognised[], { connection, own }: Connected, outputs: Outputs): Promise<void> {
	const settings = readSettings(context.getNodeParameter('options', i, {}) as IDataObject);
	const assistant = await assistantFor(connection, settings);
	for (const { channel, chatId, message } of found) {
		const chat = { tenant: connection.tenant, channel, chatId };
		const result = await assistant.handle(chat, message, profileOf(channel), own);
		emit(outputs, i, { channel, chatId, message, writtenAt: message.receivedAt }, connection, result);
	}
}

/** What a crash or a release left unanswered; for a Schedule Trigger beside the channel's own. */
async function answerWaiting(context: IExecuteFunctions, i: number, { connection, own }: Connected, outputs: Outputs): Promise<void> {
	const settings = readSettings(context.getNodeParameter('options', i, {}) as IDataObject);
	const seconds = Number(context.getNodeParameter('olderThan', i, 60));
	const at = now();
	const before = new Date(Date.parse(at) - Math.max(0, Number.isFinite(seconds) ? seconds : 60) * 1000).toISOString();
	const chats = await connection.opened.conversations.unanswered(connection.tenant, before, at, 100);
	for (const chat of chats) {
		if (chat.channel === 'ai_agent') continue;
		const result = await (await assistantFor(connection, settings)).answerWaiting(chat, profileOf(chat.channel), own);
		const { lastMessageAt = null } = (await connection.opened.conversations.get(chat)) ?? {};
		emit(outputs, i, { channel: chat.channel, chatId: chat.chatId, message: null, writtenAt: lastMessageAt }, connection, result);
	}
}

interface Source {
	readonly channel: string;
	readonly chatId: string;
	readonly message: Recognised['message'] | null;
	/** When the client last wrote; null when nobody knows. */
	readonly writtenAt: Instant | null;
}

/** How long after the client's last message WhatsApp's Cloud API takes anything but an approved template. */
const WINDOW_MS = 24 * 3_600_000;

function windowOf(writtenAt: Instant | null): IDataObject {
	const until = writtenAt === null ? null : Date.parse(writtenAt) + WINDOW_MS;
	return { isOpen: until !== null && until > Date.parse(now()), until: until === null ? null : new Date(until).toISOString() };
}

function emit(outputs: Outputs, i: number, source: Source, connection: CrmConnection, result: TurnResult): void {
	const pairedItem = { item: i };
	const chat = { salonId: connection.tenant, channel: source.channel, chatId: source.chatId };
	const waits = profileOf(source.channel).delivery === 'reply';
	// A page that waits gets an answer of any kind, also an empty one; a push channel gets only what is to be sent.
	if (result.reply !== null || waits) outputs.reply.push({ json: replyItem(source, chat, result), pairedItem });
	if (result.handoff !== null) outputs.handoff.push({ json: { ...chat, cause: result.handoff, reply: result.reply?.text ?? '' }, pairedItem });
	for (const { type, at, ...detail } of result.events) {
		if (type !== 'handoff') outputs.event.push({ json: { ...chat, type, at, ...(detail as IDataObject) }, pairedItem });
	}
}

function replyItem(source: Source, chat: IDataObject, result: TurnResult): IDataObject {
	const { reply } = result;
	const text = reply?.text ?? '';
	return {
		output: text,
		text,
		parts: reply === null ? [] : [...reply.parts],
		buttons: reply === null ? [] : reply.buttons.map(({ id, title }) => ({ id, title })),
		...chat,
		messageId: source.message?.messageId ?? null,
		kind: result.kind,
		// what the salon begins answers nobody: a channel may have to ask who agreed to be written to
		isAnswer: source.message?.kind !== 'notice',
		turn: result.turn,
		lang: reply?.lang ?? null,
		understanding: result.understanding,
		payloads: reply === null ? [] : payloadsFor(source.channel, source.chatId, reply, source.message),
		...(source.channel === 'whatsapp_cloud' ? { window: windowOf(source.writtenAt) } : {}),
	};
}
