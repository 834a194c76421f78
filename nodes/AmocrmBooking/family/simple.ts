import type { office } from '../../../core/crm/amocrm';
import { textOf } from '../../shared/fields';

const MOMENTS: Readonly<Record<string, string>> = { created_at: 'createdAt', updated_at: 'updatedAt', closed_at: 'closedAt', complete_till: 'dueAt' };
const NUMBERS: Readonly<Record<string, string>> = { pipeline_id: 'pipelineId', status_id: 'stageId', loss_reason_id: 'lossReasonId', responsible_user_id: 'responsibleUserId', task_type_id: 'taskTypeId', entity_id: 'cardId' };
const PLAIN = ['name', 'price', 'text', 'note_type', 'type', 'entity_type', 'is_completed', 'duration'] as const;

const LISTS: Readonly<Record<office.CardKind, readonly string[]>> = { lead: ['contacts', 'companies'], contact: ['leads', 'companies'], company: ['leads', 'contacts'] };
const LIST_NAMES: Readonly<Record<string, string>> = { contacts: 'contactIds', leads: 'leadIds', companies: 'companyIds' };

/** A card in short, with the cards it is linked to. */
export function simpleCard(kind: office.CardKind, row: office.Row): Record<string, unknown> {
	const embedded = recordOf(row._embedded);
	const linked = LISTS[kind].map((key) => {
		const list = embedded[key];
		return [LIST_NAMES[key] ?? key, Array.isArray(list) ? list.map((one) => textOf(recordOf(one).id)) : []];
	});
	const { tags } = embedded;
	return { ...simple(row), ...Object.fromEntries(linked), tags: Array.isArray(tags) ? tags.map((tag) => textOf(recordOf(tag).name)) : [] };
}

/** A record in short: ids as text, moments in UTC, user fields by their names. */
export function simple(row: office.Row): Record<string, unknown> {
	const short: Record<string, unknown> = { id: row.id };
	for (const key of PLAIN) if (key in row) short[camel(key)] = row[key];
	for (const [key, name] of Object.entries(NUMBERS)) if (key in row) short[name] = row[key] === null ? null : textOf(row[key]);
	for (const [key, name] of Object.entries(MOMENTS)) if (key in row) short[name] = instantOf(row[key]);
	if ('custom_fields_values' in row) short.fields = fieldsOf(row.custom_fields_values);
	if ('params' in row) short.text = recordOf(row.params).text ?? null;
	return short;
}

/** User fields by name; a field with several values gives a list. */
function fieldsOf(values: unknown): Record<string, unknown> {
	if (!Array.isArray(values)) return {};
	return Object.fromEntries(
		values.map(recordOf).map((field) => {
			const held = Array.isArray(field.values) ? field.values.map((one) => recordOf(one).value ?? null) : [];
			return [textOf(field.field_name) || textOf(field.field_id), held.length === 1 ? held[0] : held];
		}),
	);
}

function instantOf(seconds: unknown): string | null {
	return typeof seconds === 'number' && seconds > 0 ? new Date(seconds * 1000).toISOString() : null;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function camel(key: string): string {
	return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
