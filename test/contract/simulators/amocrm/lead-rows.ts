import { fieldsOf, type SimRequest } from '../kit';
import { wholeIn, type Prepare } from './batch';
import { readCard, showCard } from './cards';
import { selfLink, type FieldError } from './envelope';
import type { Lead, LeadContact, Pipeline } from './model';
import type { Parts } from './parts';
import { LOST, WON } from './world';

const CLOSED = [WON, LOST];
const MINOR = 100;

/** Reads a new lead; `commit` opens it. `contacts` stands in for those named in the body. */
export const prepareLead = (parts: Parts, row: Readonly<Record<string, unknown>>, contacts?: () => readonly LeadContact[]): ReturnType<Prepare> => {
	const { world, journal } = parts;
	const errors: FieldError[] = [];
	const card = readCard(world, 'leads', row, { values: new Map(), tags: [] }, errors);
	const deal = readDeal(parts, row, null, errors);
	const named = contacts === undefined ? readContacts(parts, row, errors) : [];
	const companies = readCompanies(parts, row, errors);
	if (errors.length > 0) return { errors };
	return {
		commit: () => {
			const base = world.blank(card.name ?? '');
			const lead: Lead = { ...base, ...{ price: 0, closed_at: null, loss_reason_id: null, contacts: [], companies }, ...card, ...deal };
			lead.name ||= `#${lead.id}`;
			lead.contacts = contacts?.() ?? named;
			world.leads.set(lead.id, lead);
			journal.added('lead', [lead]);
			return { id: lead.id };
		},
	};
};

/** Changes a lead. */
export function changeLead(parts: Parts, lead: Lead): Prepare {
	return (row) => {
		const errors: FieldError[] = [];
		const card = readCard(parts.world, 'leads', row, lead, errors);
		const deal = readDeal(parts, row, lead, errors);
		if (errors.length > 0) return { errors };
		return {
			commit: () => {
				const before = { ...lead };
				Object.assign(lead, card, deal, { updated_at: parts.world.now() });
				parts.journal.updated('lead', before, lead);
				return { id: lead.id, updated_at: lead.updated_at };
			},
		};
	};
}

type Deal = Pick<Lead, 'price' | 'pipeline_id' | 'status_id' | 'loss_reason_id' | 'closed_at'>;

function readDeal({ world }: Parts, row: Readonly<Record<string, unknown>>, before: Lead | null, errors: FieldError[]): Deal {
	const price = wholeIn(row, 'price', errors) ?? before?.price ?? 0;
	const status = wholeIn(row, 'status_id', errors);
	const pipelines = [...world.pipelines.values()];
	const named = wholeIn(row, 'pipeline_id', errors);
	const bare = named === undefined && status !== undefined && !CLOSED.includes(status) ? pipelines.find((one) => one.stages.some(({ id }) => id === status))?.id : named;
	const pipeline = world.pipelines.get(bare ?? before?.pipeline_id ?? pipelines.find((one) => one.is_main)?.id ?? 0);
	const stage = status ?? (before?.pipeline_id === pipeline?.id ? before?.status_id : undefined) ?? firstStage(pipeline);
	const reason = row.loss_reason_id === null ? null : (wholeIn(row, 'loss_reason_id', errors) ?? before?.loss_reason_id ?? null);
	const refuse = (path: string): number => errors.push({ code: 'NotSupportedChoice', path, detail: 'The value you selected is not a valid choice.' });
	if (pipeline === undefined) refuse('pipeline_id');
	else if (!pipeline.stages.some(({ id }) => id === stage)) refuse('status_id');
	if (reason !== null && !world.lossReasons.has(reason)) refuse('loss_reason_id');
	const closed = CLOSED.includes(stage);
	if (before !== null && CLOSED.includes(before.status_id) && !closed && world.switches.reopenClosed === 'refused') refuse('status_id');
	const closedAt = closed ? (before?.closed_at ?? world.now()) : null;
	return { price, pipeline_id: pipeline?.id ?? 0, status_id: stage, loss_reason_id: stage === LOST ? reason : null, closed_at: closedAt };
}

function firstStage(pipeline: Pipeline | undefined): number {
	return pipeline?.stages.find((stage) => stage.is_editable)?.id ?? 0;
}

function readContacts({ world }: Parts, row: Readonly<Record<string, unknown>>, errors: FieldError[]): readonly LeadContact[] {
	const given = fieldsOf(row._embedded).contacts;
	if (!Array.isArray(given)) return [];
	return given.map((one, index) => {
		const { id, is_main: main } = fieldsOf(one);
		if (typeof id !== 'number' || !world.contacts.has(id)) errors.push({ code: 'NotSupportedChoice', path: `_embedded.contacts.${index}.id`, detail: 'Entity not found' });
		return { id: Number(id), is_main: typeof main === 'boolean' ? main : index === 0 };
	});
}

function readCompanies({ world }: Parts, row: Readonly<Record<string, unknown>>, errors: FieldError[]): readonly number[] {
	const given = fieldsOf(row._embedded).companies;
	const ids = Array.isArray(given) ? given.map((one) => Number(fieldsOf(one).id)) : [];
	if (ids.some((id) => !world.companies.has(id))) errors.push({ code: 'NotSupportedChoice', path: '_embedded.companies.0.id', detail: 'Entity not found' });
	return ids;
}

/** A lead as v4 shows it. */
export function showLead({ world }: Parts, request: SimRequest, lead: Lead, extra: readonly string[]): Readonly<Record<string, unknown>> {
	const reason = lead.loss_reason_id === null ? null : { id: lead.loss_reason_id, name: world.lossReasons.get(lead.loss_reason_id) };
	const elements = world.links.filter((link) => link.entity_id === lead.id);
	return {
		...showCard(world, request, 'leads', lead),
		price: lead.price,
		...(world.switches.minorUnits === 'shown' ? { price_with_minor_units: lead.price * MINOR } : {}),
		status_id: lead.status_id,
		pipeline_id: lead.pipeline_id,
		loss_reason_id: lead.loss_reason_id,
		closed_at: lead.closed_at,
		score: null,
		labor_cost: null,
		is_price_modified_by_robot: false,
		_embedded: {
			tags: lead.tags,
			companies: lead.companies.map((id) => ({ id })),
			...(extra.includes('loss_reason') ? { loss_reason: reason === null ? null : [reason] } : {}),
			...(extra.includes('contacts') ? { contacts: lead.contacts.map((one) => ({ ...one, _links: selfLink(request, `contacts/${one.id}`) })) } : {}),
			...(extra.includes('catalog_elements') ? { catalog_elements: elements.map((link) => ({ id: link.to_entity_id, metadata: link.metadata })) } : {}),
		},
	};
}
