import { sleep, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { recognise, retold, type Recognised } from '../../core/conversation/channels';
import { newOwner } from '../../core/conversation/owner';
import { createCollector, type ClosedTurn, type Collector, type CollectRules } from '../../core/store/collect';
import { toNodeError } from '../shared/errors';
import { wholeNumberOf } from '../shared/fields';
import { stopIfCancelled } from '../shared/router';
import { now, readSalon } from '../shared/salon';
import { allowedShapes, unknownItem } from '../shared/source';
import { openNodeStore } from '../shared/store';
import { turnItem, type KeptMessage } from './turn-item';

/** A message that waits, and the item it came in. */
interface Waiting {
	readonly i: number;
	readonly tenant: string;
	readonly collector: Collector;
	readonly turnId: string;
	readonly dueAt: number;
}

interface Outputs {
	readonly turn: INodeExecutionData[];
	readonly merged: INodeExecutionData[];
	/** Turns this run has passed on already: nothing in it waits for them any more. */
	readonly passed: Set<string>;
}

/** Phones play no part in putting messages together. */
const COUNTRY = 'RU';
/** A run that is cancelled ends within this. */
const LONGEST_NAP_MS = 500;

/** Holds the messages of this run until their chats are silent; whoever holds the last one of a chat passes all of them on. */
export async function collectItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs: Outputs = { turn: [], merged: [], passed: new Set() };
	const waiting: Waiting[] = [];
	for (const [i, { json }] of context.getInputData().entries()) {
		await guarded(context, i, outputs, async () => waiting.push(...(await takeIn(context, i, json, outputs))));
	}
	for (const one of waiting.sort((a, b) => a.dueAt - b.dueAt)) await guarded(context, one.i, outputs, () => passOn(context, one, outputs));
	return [outputs.turn, outputs.merged];
}

async function guarded(context: IExecuteFunctions, i: number, outputs: Outputs, work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (error) {
		const failure = toNodeError(context.getNode(), error, i);
		if (!context.continueOnFail()) throw failure;
		outputs.turn.push({ json: { error: failure.message }, pairedItem: { item: i } });
	}
}

async function takeIn(context: IExecuteFunctions, i: number, item: IDataObject, outputs: Outputs): Promise<readonly Waiting[]> {
	const { store } = await openNodeStore(context, i);
	const tenant = readSalon(context, i);
	const rules = rulesOf(context, i);
	const collector = createCollector(store, { owner: newOwner() });
	const shapes = allowedShapes(context, i);
	const found = recognise(item, { now: now(), phoneCountry: COUNTRY }, shapes);
	if (found === null) throw unknownItem(context, i, shapes);
	const waiting: Waiting[] = [];
	for (const [part, one] of found.entries()) {
		const chat = { tenant, channel: one.channel, chatId: one.chatId };
		if (!isCollected(one)) {
			// what was written before a button or a picture comes before it
			const before = await collector.closeNow(chat);
			if (before !== null) pass(outputs, before, i);
			outputs.turn.push({ json: item, pairedItem: { item: i } });
			continue;
		}
		const kept: KeptMessage = { item: retold(item, one, { text: one.message.text }) as IDataObject, text: one.message.text };
		const messageId = one.message.messageId ?? `${context.getExecutionId()}:${i}:${part}`;
		const added = await collector.add(chat, { messageId, payload: JSON.stringify(kept) }, rules);
		if (added.kind === 'seen') outputs.merged.push(merged(i, chat, null));
		else waiting.push({ i, tenant, collector, turnId: added.turnId, dueAt: added.dueAt });
	}
	return waiting;
}

/** Words are put together; a pressed button, a picture or a contact means something by itself. */
function isCollected({ message: { kind, text } }: Recognised): boolean {
	return (kind === 'text' || kind === 'voice') && text.trim() !== '';
}

async function passOn(context: IExecuteFunctions, { i, tenant, collector, turnId, dueAt }: Waiting, outputs: Outputs): Promise<void> {
	for (let ms = dueAt - Date.now(); ms > 0 && !outputs.passed.has(turnId); ms = dueAt - Date.now()) {
		stopIfCancelled(context, i);
		await sleep(Math.min(ms, LONGEST_NAP_MS));
	}
	const closing = await collector.close(tenant, turnId);
	if (closing.kind === 'closed') pass(outputs, closing.turn, i);
	else outputs.merged.push(merged(i, { tenant }, turnId));
}

function pass({ turn: out, passed }: Outputs, turn: ClosedTurn, i: number): void {
	passed.add(turn.turnId);
	out.push({ json: turnItem(turn), pairedItem: { item: i } });
}

function merged(i: number, { tenant }: { readonly tenant: string }, turnId: string | null): INodeExecutionData {
	return { json: { salonId: tenant, turnId, merged: true }, pairedItem: { item: i } };
}

function rulesOf(context: IExecuteFunctions, i: number): CollectRules {
	const quiet = wholeNumberOf(context.getNodeParameter('quietSeconds', i, 6), 'Quiet Time (Seconds)', { min: 0, max: 60 });
	const longest = wholeNumberOf(context.getNodeParameter('longestSeconds', i, 25), 'Longest Wait (Seconds)', { min: 0, max: 120 });
	return { quietMs: quiet * 1000, mostMs: Math.max(quiet, longest) * 1000 };
}
