import { createHash } from 'node:crypto';
import { types } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { WhatsappOrder } from '../../../core/whatsapp/outbound';
import { instantOf } from '../../shared/booking/values';
import { ParameterError } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import type { SessionContext } from '../context';

/** A message of an item, and which part of it. */
export interface Sending {
	readonly content: WhatsappOrder['content'];
	readonly isAnswer?: boolean;
	/** Names the request where one item sends several, or where its own key is better than that of the execution. */
	readonly key?: string;
}

/** Where a message stands after the wait. `state` is published: queued, sending, acked, delivered, read, failed, unknown. */
export interface SentItem {
	readonly state: string;
	readonly error: string | null;
	/** What the error means and what to do. */
	readonly problem: string | null;
	readonly messageId: string;
	readonly chatId: string;
	readonly session: string;
	readonly salonId: string;
}

/** Puts a message into the outbox and waits until WhatsApp has taken it. Refusals of the order itself are thrown. */
export async function send(context: SessionContext, i: number, { content, isAnswer, key }: Sending): Promise<SentItem> {
	const { functions, desk, key: session, service } = context;
	const options = functions.getNodeParameter('options', i, {}) as IDataObject;
	const to = textOf(functions.getNodeParameter('to', i));
	const waitMs = wholeNumberOf(options.waitSeconds ?? 30, 'Wait (Seconds)', { min: 0, max: 300 }) * 1000;
	const notBefore = notBeforeOf(options.notBefore, functions.getTimezone());
	const own = textOf(options.operationKey);
	await service.ensure(session);
	const order: WhatsappOrder = {
		to,
		content,
		idemKey: own !== '' ? `own:${own}:${key ?? ''}` : (key ?? requestKey(context, i, content)),
		isAnswer: isAnswer ?? options.isAnswer === true,
		hasAgreed: options.hasAgreed === true,
		...(notBefore === null ? {} : { notBefore }),
	};
	const ordered = await desk.enqueue(order);
	if (ordered.kind === 'refused') throw new ParameterError('The message was not taken', `${ordered.sentence} [${ordered.code}]`);
	const isLater = notBefore !== null && notBefore > Date.now();
	const status = await desk.wait(ordered.id, isLater ? 0 : waitMs);
	const { code = null, sentence = null } = status?.error ?? {};
	return { state: status?.state ?? 'unknown', error: code, problem: sentence, messageId: ordered.waId, chatId: ordered.chatId, session: session.session, salonId: session.tenant };
}

/**
 * Names the request. What is said about a turn or a message is named by that, by what it is and who gets it, and by workflow, node, run and place of
 * the item: a retry of the execution, which is a new one, and a turn that is given again ask for the same. Anything else, and what is tried in the
 * editor, is named by its execution.
 */
export function requestKey({ functions }: SessionContext, i: number, content: Sending['content'] | readonly string[]): string {
	const { runIndex = 0 } = functions as unknown as { readonly runIndex?: number };
	const origin = functions.getMode() === 'manual' ? null : originOf(functions.getInputData()[i]?.json ?? {});
	const node = functions.getNode().id;
	if (origin === null) return `run:${functions.getExecutionId()}:${node}:${runIndex}:${i}`;
	const bytes = 'media' in content && content.media instanceof Uint8Array ? content.media : '';
	const parts = [functions.getWorkflow().id ?? '', node, runIndex, i, textOf(functions.getNodeParameter('to', i)), origin, bytes === '' ? content : { ...content, media: null }];
	return `item:${createHash('sha256').update(JSON.stringify(parts)).update(bytes).digest('hex')}`;
}

/** The turn or the message that an item is about; of a message's delivery every step is one of its own. */
function originOf({ turnId, messageId, event, state }: IDataObject): readonly string[] | null {
	if (textOf(turnId) !== '') return ['turn', textOf(turnId)];
	if (textOf(messageId) === '') return null;
	return textOf(event) === '' ? ['message', textOf(messageId)] : [textOf(event), textOf(messageId), textOf(state)];
}

/** Milliseconds since the epoch; null when nothing is set. Anything else that is no time is refused: not to be sent at once instead. */
function notBeforeOf(value: unknown, zone: string): number | null {
	if (value === undefined || value === null || value === '') return null;
	const text = types.isDate(value) && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
	return Date.parse(instantOf(text, zone, 'Not Before', 'a time in the zone of the workflow'));
}
