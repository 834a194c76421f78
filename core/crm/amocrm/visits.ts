import { majorOf, type OperationKey, type Outcome, unavailable, unknown } from '../../booking';
import { minuteOf } from '../../calendar';
import { type BusySource, type HeldVisit, type VisitDraft, type VisitPlace } from '../computed';
import * as calls from './calls';
import type { Context } from './context';
import { findByTag, list, readVisit, taken } from './leads';
import { servicesOf, writeComment } from './mapping';
import { readPages } from './pages';

/** Lists and searches may show a fresh lead a moment late. */
const LAG_MS = 2500;
const MOST_LINKINGS = 2;

/** Leads of the booking pipeline as a source of visits: plain reads and writes, nothing is checked. */
export function visitsOf(context: Context): BusySource {
	return {
		lagMs: LAG_MS,
		taken: (window) => taken(context, window),
		read: (id) => readVisit(context, id),
		list: (query, salon) => list(context, query, salon),
		findByTag: (tag) => findByTag(context, tag),
		write: (draft, key) => write(context, draft, key),
		finish: (visit, draft, key) => finish(context, visit, draft, key),
		move: (visit, to, key) => context.transport.write(calls.updateLead(visit.appointment.id, { custom_fields_values: placeFields(context, to), ...responsible(context, to.staffId) }), key),
		cancel: (visit, key) => context.transport.write(calls.updateLead(visit.appointment.id, lost(context, context.settings.lossReasons.cancelled)), key),
		// without its mark it is nobody's answer any more, so that the same booking may be tried again
		undo: (visit, key) =>
			context.transport.write(calls.updateLead(visit.appointment.id, { ...lost(context, context.settings.lossReasons.taken), custom_fields_values: [{ field_id: Number(context.settings.fields.operation), values: null }] }), key),
	};
}

/** One lead takes the time with everything that says whose and when; services that are links follow. */
function write(context: Context, draft: VisitDraft, key: OperationKey): Promise<Outcome<string>> {
	const { settings, brand } = context;
	const { fields } = settings;
	const comment = writeComment(draft.comment, draft.guestName, brand);
	const texts = [
		{ id: fields.operation, text: draft.tag },
		{ id: fields.services, text: draft.services.map(({ id }) => id).join(',') },
		{ id: fields.comment, text: comment },
	];
	return context.transport.write(
		calls.createLead({
			name: titleOf(draft),
			...(draft.price === null ? {} : { price: Math.round(majorOf(draft.price.min, draft.price.currency)) }),
			pipeline_id: Number(settings.pipelineId),
			status_id: Number(settings.statuses.booked),
			request_id: draft.tag,
			...responsible(context, draft.staff.id),
			custom_fields_values: [
				...placeFields(context, { staffId: draft.staff.id, start: draft.start, end: draft.end }),
				...texts.filter(({ id, text }) => id !== undefined && text !== '').map(({ id, text }) => ({ field_id: Number(id), values: [{ value: text }] })),
			],
			_embedded: { contacts: [{ id: Number(draft.client.id), is_main: true }] },
		}),
		key,
	);
}

function titleOf({ services, client }: VisitDraft): string {
	return [services.map(({ title }) => title).join(', '), client.name ?? ''].filter((part) => part !== '').join(' — ').slice(0, 200);
}

function placeFields({ settings: { fields } }: Context, { staffId, start, end }: VisitPlace): readonly unknown[] {
	return [
		{ field_id: Number(fields.start), values: [{ value: minuteOf(start) * 60 }] },
		{ field_id: Number(fields.duration), values: [{ value: String(minuteOf(end, 'up') - minuteOf(start)) }] },
		...(fields.specialist === undefined ? [] : [{ field_id: Number(fields.specialist), values: [{ enum_id: Number(staffId) }] }]),
	];
}

function responsible({ settings: { fields } }: Context, staffId: string): Readonly<Record<string, number>> {
	return fields.specialist === undefined ? { responsible_user_id: Number(staffId) } : {};
}

/** A stage is named with its pipeline: some stages are in all of them. */
function lost({ settings: { pipelineId, statuses } }: Context, reasonId: string | undefined): Readonly<Record<string, unknown>> {
	return { pipeline_id: Number(pipelineId), status_id: Number(statuses.cancelled), ...(reasonId === undefined ? {} : { loss_reason_id: Number(reasonId) }) };
}

/** Links the services and keeps the comment where no field holds it; what is there already is not added again. */
async function finish(context: Context, visit: HeldVisit, draft: VisitDraft, key: OperationKey): Promise<Outcome<HeldVisit>> {
	const { transport, settings, brand } = context;
	const { id } = visit.appointment;
	const lead = await transport.read(calls.lead(id));
	if (lead.kind !== 'ok') return lead;
	if (lead.value === null) return unavailable(`${brand.vendor} does not show the lead it made.`);
	const { catalogId } = settings;
	const linked = servicesOf({ ...lead.value, custom_fields_values: null }, settings);
	const missing = catalogId === undefined ? [] : draft.services.filter((service) => !linked.includes(service.id));
	const note = settings.fields.comment === undefined ? writeComment(draft.comment, draft.guestName, brand) : '';
	if (note !== '') {
		const notes = await readPages(context, (page) => calls.leadNotes(id, page));
		if (notes.kind !== 'ok') return notes;
		if (!notes.value.some(({ params }) => params?.text === note)) {
			const noted = await transport.write(calls.addNote(id, note), key);
			if (noted.kind !== 'ok') return noted;
		}
	}
	const whole = (held: HeldVisit): boolean => draft.services.every((service) => held.appointment.serviceIds.includes(service.id));
	const links = missing.map((service) => ({ to_entity_id: Number(service.id), to_entity_type: 'catalog_elements', metadata: { catalog_id: Number(catalogId), quantity: 1, price_id: null } }));
	for (let attempt = 1; attempt <= MOST_LINKINGS && missing.length > 0; attempt += 1) {
		// linking what is linked changes nothing, so a link that is seen to be absent may be sent again
		const written = await transport.write(calls.linkLead(id, links), key);
		if (written.kind === 'refused') return written;
		const after = await readVisit(context, id);
		if (after.kind !== 'ok' || whole(after.value)) return after;
	}
	return missing.length === 0 ? readVisit(context, id) : unknown(key);
}
