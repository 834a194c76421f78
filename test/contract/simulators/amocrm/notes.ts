import { fieldsOf, type Route, route } from '../kit';
import { runBatch } from './batch';
import { list, missing } from './envelope';
import type { CardKind } from './journal';
import type { Note } from './model';
import type { Parts } from './parts';

const KINDS: Readonly<Record<string, CardKind>> = { leads: 'lead', contacts: 'contact', companies: 'company' };
const NOTE_TYPES = ['common', 'call_in', 'call_out', 'service_message', 'extended_service_message', 'message_cashier', 'geolocation', 'sms_in', 'sms_out', 'attachment'];

/** `/{entity}/{id}/notes`. */
export function noteRoutes(parts: Parts): readonly Route[] {
	const { world } = parts;
	return Object.entries(KINDS).flatMap(([entity, kind]) => {
		const home: ReadonlyMap<number, unknown> = { lead: world.leads, contact: world.contacts, company: world.companies }[kind];
		return [
			route('GET', `/api/v4/${entity}/{id}/notes`, (request) => {
				const id = Number(request.params.id);
				if (!home.has(id)) return missing(world);
				return list(world, request, 'notes', world.notes.filter((note) => note.entity_type === entity && note.entity_id === id));
			}),
			route('POST', `/api/v4/${entity}/{id}/notes`, (request) => {
				const id = Number(request.params.id);
				if (!home.has(id)) return missing(world);
				return runBatch({ world, request, key: 'notes', path: `${entity}/${id}/notes` }, (row) => {
					const { note_type: type, params } = row;
					const text = fieldsOf(params).text;
					if (typeof type !== 'string' || !NOTE_TYPES.includes(type)) return { errors: [{ code: 'NotSupportedChoice', path: 'note_type', detail: 'The value you selected is not a valid choice.' }] };
					if (type === 'common' && typeof text !== 'string') return { errors: [{ code: 'FieldMissing', path: 'params.text', detail: 'This field is missing.' }] };
					return {
						commit: () => {
							const note: Note = { id: world.nextId(), entity_type: entity, entity_id: id, note_type: type, params: fieldsOf(params), created_at: world.now() };
							world.notes.push(note);
							parts.journal.note(kind, id, text);
							return { id: note.id, entity_id: id };
						},
					};
				});
			}),
		];
	});
}
