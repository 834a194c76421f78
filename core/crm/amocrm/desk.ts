import { isForward, type Lead, type LeadDesk, type LeadStage, type LeadSubject, type OperationKey, type Outcome, ok, refused, unknown } from '../../booking';
import type { Lock } from '../computed';
import { tagOf } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { clientLeads, readLead } from './leads';
import { valuesOf } from './mapping';
import { isWireId, LOST, type Settings, WON } from './settings';
import type { LeadWire } from './wire';

type DeskSettings = NonNullable<Settings['desk']>;

/** Stages at which a dialogue without a lead gets one; the later ones are of a visit that some lead has led to. */
const OPENING: ReadonlySet<LeadStage> = new Set(['new', 'talking', 'booked']);

/** The pipeline of dialogues of an account. Without a mapping nothing moves. */
export function deskOf(context: Context, lock: Lock, account: string): LeadDesk {
	const { desk } = context.settings;
	return {
		async stage(subject, stage, key) {
			if (desk === undefined || desk.stages[stage] === undefined) return ok(null);
			if (!isWireId(subject.clientId)) return refused('not_found', 'There is no client with this id; find or create the client first.');
			// the mapping is checked before anything is moved by it
			const checked = await context.facts.account(context);
			if (checked.kind !== 'ok') return checked;
			return lock.run([`${account} desk ${subject.clientId}`], () => move(context, desk, subject, stage, key));
		},
	};
}

async function move(context: Context, desk: DeskSettings, subject: LeadSubject, stage: LeadStage, key: OperationKey): Promise<Outcome<Lead | null>> {
	const leads = await clientLeads(context, subject.clientId);
	if (leads.kind !== 'ok') return leads;
	const current = leads.value.filter((lead) => isDialogue(lead, context.settings, desk)).sort((a, b) => Number(b.id) - Number(a.id))[0];
	if (current === undefined) return OPENING.has(stage) ? open(context, desk, subject, stage, key) : ok(null);
	const from = stageOf(current, desk);
	if (!isForward(from, stage)) return ok({ id: current.id, stage: from });
	const moved = await context.transport.write(calls.updateLead(current.id, { pipeline_id: Number(desk.pipelineId), status_id: Number(desk.stages[stage]) }), key);
	if (moved.kind === 'refused' || moved.kind === 'unavailable') return moved;
	const after = await readLead(context, current.id);
	return after.kind === 'ok' && after.value.status_id === desk.stages[stage] ? ok({ id: current.id, stage }) : unknown(key);
}

async function open(context: Context, desk: DeskSettings, { clientId, title }: LeadSubject, stage: LeadStage, key: OperationKey): Promise<Outcome<Lead>> {
	const made = await context.transport.write(
		calls.createLead({ name: title.slice(0, 200), pipeline_id: Number(desk.pipelineId), status_id: Number(desk.stages[stage]), request_id: tagOf(key), _embedded: { contacts: [{ id: Number(clientId), is_main: true }] } }),
		key,
	);
	if (made.kind === 'ok') return ok({ id: made.value, stage });
	if (made.kind !== 'unknown') return made;
	const leads = await clientLeads(context, clientId);
	const found = leads.kind === 'ok' ? leads.value.find((lead) => isDialogue(lead, context.settings, desk)) : undefined;
	return found === undefined ? unknown(key) : ok({ id: found.id, stage: stageOf(found, desk) });
}

/** An open lead of the dialogues' pipeline that is no visit. */
function isDialogue(lead: LeadWire, { pipelineId, fields }: Settings, desk: DeskSettings): boolean {
	const isClosed = lead.status_id === WON || lead.status_id === LOST;
	const isVisit = lead.pipeline_id === pipelineId && valuesOf(lead.custom_fields_values).first(fields.start) !== null;
	return !lead.is_deleted && lead.pipeline_id === desk.pipelineId && !isClosed && !isVisit;
}

/** The latest stage mapped to where the lead is; null for a place people made. */
function stageOf(lead: LeadWire, { stages }: DeskSettings): LeadStage | null {
	const found = Object.entries(stages).filter(([, id]) => id === lead.status_id);
	return (found.at(-1)?.[0] as LeadStage | undefined) ?? null;
}
