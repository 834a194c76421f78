import { randomUUID } from 'node:crypto';
import { NodeOperationError, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import type { TurnItem } from '../../core/whatsapp/inbound';
import { toNodeError } from '../shared/errors';
import { now } from '../shared/salon';
import { dispatcherOf, type TurnTaker } from '../shared/whatsapp/dispatcher';
import { sessionsEnded } from '../shared/whatsapp/ending';
import { openSession, type OpenedSession } from '../shared/whatsapp/open';
import { readConfig, type TriggerConfig } from './config';
import { emitOn, runTurn, triggerName } from './emission';
import { turnItem } from './item';
import { newsOf } from './news';

/** How long the end of the trigger waits for its own writes. */
const END_MS = 5_000;

/** Subscribes to the session and returns at once; the socket belongs to the process, not to the trigger. */
export async function startTrigger(functions: ITriggerFunctions): Promise<ITriggerResponse> {
	try {
		const config = readConfig(functions);
		const opened = await openSession(functions, config.tenant, config.session);
		return functions.getMode() === 'manual' ? listenOnce(functions, opened, config) : await stayOn(functions, opened, config);
	} catch (error) {
		throw toNodeError(functions.getNode(), error, 0);
	}
}

async function stayOn(functions: ITriggerFunctions, opened: OpenedSession, config: TriggerConfig): Promise<ITriggerResponse> {
	const { service, key, store } = opened;
	await service.ensure(key, config.settings);
	const news = newsOf(functions, opened, config);
	const dispatcher = dispatcherOf(store, key);
	const taker: TurnTaker = {
		name: triggerName(functions),
		async take(turn, isLeftOver) {
			await noteOperator(opened, config, turn);
			if (!isAskedFor(config, turn)) return;
			await runTurn(functions, await turnItem(functions, store, config.tenant, turn), turn, isLeftOver && config.runAgain);
		},
	};
	const leave = [
		...(config.wantsMessages ? [dispatcher.attach(taker, config.atOnce)] : []),
		service.subscribe(key, { onTurn: () => dispatcher.look(), onDelivery: () => news.delivery(), onState: (status) => news.state(status) }),
		() => news.close(),
	];
	news.delivery();
	return {
		async closeFunction() {
			for (const end of leave) end();
			// an ending that fails would keep the workflow from being taken down
			await Promise.race([Promise.allSettled([news.idle(), dispatcher.idle(), sessionsEnded()]), new Promise((resolve) => setTimeout(resolve, END_MS).unref())]);
		},
	};
}

/** Whether the workflow takes such turns. That somebody of the salon answers on the phone is put out once, however much they write. */
function isAskedFor({ types }: TriggerConfig, { type, messages }: TurnItem): boolean {
	return types.has(type) && !messages.every(({ goesOn }) => goesOn === true);
}

/** Somebody of the salon answers on the phone: the assistant is silent from here on, and longer with everything they write. */
async function noteOperator({ opened }: OpenedSession, { tenant, pauses }: TriggerConfig, { type, chatId, pausedUntil }: TurnItem): Promise<void> {
	if (type !== 'operator' || !pauses || pausedUntil === null) return;
	await opened.conversations.leaveToPerson({ tenant, channel: 'whatsapp', chatId }, new Date(pausedUntil).toISOString(), now());
}

/** A test in the editor takes one turn of a session that runs, and opens no connection of its own. */
function listenOnce(functions: ITriggerFunctions, { service, key, store }: OpenedSession, config: TriggerConfig): ITriggerResponse {
	let leave: (() => void) | null = null;
	const end = (): void => {
		leave?.();
		leave = null;
	};
	return {
		async manualTriggerFunction() {
			const { owner } = await service.status(key);
			if (owner === null) {
				throw new NodeOperationError(functions.getNode(), 'No process runs this WhatsApp session', {
					description: 'Publish a workflow with this trigger first: a test listens to the session that runs, it does not connect one.',
				});
			}
			await new Promise<void>((resolve) => {
				const taker: TurnTaker = {
					name: `test:${randomUUID()}`,
					async take(turn) {
						if (!isAskedFor(config, turn)) return;
						emitOn(functions, 'message', await turnItem(functions, store, config.tenant, turn));
						end();
						resolve();
					},
				};
				leave = dispatcherOf(store, key).attach(taker, 1);
			});
		},
		closeFunction() {
			end();
			return Promise.resolve();
		},
	};
}
