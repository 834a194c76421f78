import { isForward, type Lead, LEAD_STAGES, type LeadDesk, type LeadStage, type LeadSubject, type OperationKey, type Outcome, ok } from '../../booking';
import { tagOf } from '../http';
import * as calls from './calls';
import { type Context, isWireId } from './context';
import { markFields, markFilter, markIn } from './mark';
import { readAll } from './pages';
import type { DeskSettings } from './settings';
import type { ItemWire } from './wire';

/** Stages after which a dialogue is over: the next one opens a lead of its own. */
const CLOSING: ReadonlySet<LeadStage> = new Set(['came', 'no_show', 'cancelled']);
const LEADS = 1;

/** Moves leads, deals or elements of a smart process, whichever the settings name. Without them every stage is passed over. */
export function createLeadDesk(context: Context): LeadDesk {
	return {
		stage: async (subject, stage, key) => {
			const { desk } = context.settings;
			if (desk === undefined || !isWireId(subject.clientId)) return ok(null);
			return context.lock.run([`${context.account} desk ${subject.clientId}`], () => move(context, desk, subject, stage, key));
		},
	};
}

async function move(context: Context, desk: DeskSettings, subject: LeadSubject, stage: LeadStage, key: OperationKey): Promise<Outcome<Lead | null>> {
	const items = await readAll(context.transport, (after) => calls.items(desk.entityTypeId, { ...pipelineOf(desk), contactIds: Number(subject.clientId) }, after));
	if (items.kind !== 'ok') return items;
	const open = items.value.filter((item) => isOpen(desk, item)).at(-1);
	const target = desk.stages[stage];
	if (open === undefined) return target === undefined || CLOSING.has(stage) ? ok(null) : openLead(context, desk, subject, { stage, target }, key);
	const now = stageOf(desk, open);
	if (target === undefined || !isForward(now, stage)) return ok({ id: open.id, stage: now });
	const moved = await context.transport.write(calls.updateItem(desk.entityTypeId, open.id, { stageId: target }), key);
	if (moved.kind === 'refused' || moved.kind === 'unavailable') return moved;
	const isThere = moved.kind === 'ok' && moved.value.stageId === target ? true : await standsAt(context, desk, open.id, target);
	return isThere ? ok({ id: open.id, stage }) : { kind: 'unknown', operation: key };
}

async function openLead(context: Context, desk: DeskSettings, { clientId, title }: LeadSubject, { stage, target }: { readonly stage: LeadStage; readonly target: string }, key: OperationKey): Promise<Outcome<Lead | null>> {
	const mark = tagOf(`lead ${key}`);
	const fields = { title: title.slice(0, 250), ...pipelineOf(desk), stageId: target, contactIds: [Number(clientId)], ...markFields(desk.entityTypeId, mark) };
	const made = await context.transport.write(calls.addItem(desk.entityTypeId, fields), key);
	if (made.kind === 'ok') return ok({ id: made.value.id, stage });
	if (made.kind !== 'unknown') return made;
	const after = await readAll(context.transport, (id) => calls.items(desk.entityTypeId, markFilter(desk.entityTypeId, mark), id));
	const found = after.kind === 'ok' ? after.value.find((item) => markIn(desk.entityTypeId, item) === mark) : undefined;
	return found === undefined ? made : ok({ id: found.id, stage });
}

async function standsAt({ transport }: Context, { entityTypeId }: DeskSettings, id: string, target: string): Promise<boolean> {
	const after = await transport.read(calls.item(entityTypeId, id));
	return after.kind === 'ok' && after.value.id === id && after.value.stageId === target;
}

/** Leads have one pipeline and no number for it. */
function pipelineOf({ entityTypeId, categoryId }: DeskSettings): Readonly<Record<string, number>> {
	return entityTypeId === LEADS ? {} : { categoryId };
}

function stageOf({ stages }: DeskSettings, { stageId }: ItemWire): LeadStage | null {
	return LEAD_STAGES.find((stage) => stages[stage] !== undefined && stages[stage] === stageId) ?? null;
}

/** Neither in a stage that closes it by the mapping, nor won or lost by the portal's own word. */
function isOpen(desk: DeskSettings, item: ItemWire): boolean {
	const stage = stageOf(desk, item);
	if (stage !== null) return !CLOSING.has(stage);
	return item.stageSemanticId !== 'S' && item.stageSemanticId !== 'F';
}
