import * as v from 'valibot';
import { mapOutcome, type Outcome, ok, refused } from '../../../booking';
import { call } from '../calls';
import { mapOf, resultOf } from '../wire';
import type { Office, Row } from './office';

/** A field of a kind of element, standard or the portal's own. */
export interface ItemField {
	/** As it is sent: `title`, or `UF_CRM_…` for the portal's own. */
	readonly name: string;
	readonly title: string;
	readonly type: string;
	readonly required: boolean;
	readonly readOnly: boolean;
	readonly multiple: boolean;
	/** Added by the portal's administrator. */
	readonly custom: boolean;
	/** Choices of a list. */
	readonly choices: readonly { readonly id: string; readonly name: string }[];
}

const TEXT = v.fallback(v.string(), '');
const FLAG = v.fallback(v.pipe(v.union([v.boolean(), v.literal('Y'), v.literal('N')]), v.transform((value) => value === true || value === 'Y')), false);
const CHOICE = v.looseObject({ ID: v.pipe(v.union([v.string(), v.number()]), v.transform(String)), VALUE: TEXT });
const FIELD = v.looseObject({
	type: v.string(),
	title: TEXT,
	formLabel: TEXT,
	listLabel: TEXT,
	isRequired: FLAG,
	isReadOnly: FLAG,
	isMultiple: FLAG,
	isDynamic: FLAG,
	items: v.fallback(v.array(CHOICE), []),
});
const FIELDS = resultOf(v.pipe(v.looseObject({ fields: mapOf(FIELD) }), v.transform(({ fields }) => fields)));

/** The fields of a kind, by name. */
export async function itemFields({ transport }: Office, entityTypeId: number): Promise<Outcome<readonly ItemField[]>> {
	const answer = await transport.read(call('crm.item.fields', FIELDS, { entityTypeId, useOriginalUfNames: 'Y' }));
	return mapOutcome(answer, (fields) =>
		Object.entries(fields)
			.map(([name, { type, title, formLabel, listLabel, isRequired, isReadOnly, isMultiple, items }]): ItemField => ({
				name,
				title: [title, formLabel, listLabel].find((text) => text !== '' && text !== name) ?? name,
				type,
				required: isRequired,
				readOnly: isReadOnly,
				multiple: isMultiple,
				custom: name.startsWith('UF_'),
				choices: items.map(({ ID, VALUE }) => ({ id: ID, name: VALUE })),
			}))
			.sort((a, b) => (a.name < b.name ? -1 : 1)),
	);
}

/** A value as a person writes it down; an empty text clears the field. */
export interface FieldValue {
	readonly name: string;
	readonly value: string;
}

/**
 * Turns texts into what the fields take. The portal drops a field it does not have without a word, so an unknown or
 * read-only one is refused here, as is a text that is no value of the field's type. Several values go on lines of their own.
 */
export async function valuesFor(office: Office, entityTypeId: number, rows: readonly FieldValue[]): Promise<Outcome<Row>> {
	if (rows.length === 0) return ok({});
	const fields = await itemFields(office, entityTypeId);
	if (fields.kind !== 'ok') return fields;
	const values: Record<string, unknown> = {};
	for (const { name, value } of rows) {
		const field = fields.value.find((one) => one.name === name);
		if (field === undefined) return refused('invalid_request', `The portal has no field ${nameOnly(name)}; choose one from the list.`);
		if (field.readOnly) return refused('invalid_request', `The field ${field.name} cannot be written; the portal fills it in.`);
		const texts = value.split('\n').map((text) => text.trim()).filter((text) => text !== '');
		const read = (field.multiple ? texts : [value.trim()].filter((text) => text !== '')).map((text) => readValue(field, text));
		if (read.includes(undefined)) return refused('invalid_request', `The field ${field.name} is of the type ${field.type}: ${HINTS[field.type] ?? 'write another value'}.`);
		values[field.name] = field.multiple ? read : (read[0] ?? '');
	}
	return ok(values);
}

const HINTS: Readonly<Record<string, string>> = {
	integer: 'write a whole number',
	double: 'write a number with a dot',
	boolean: 'write Y or N',
	date: 'write a date as 2026-12-31',
	datetime: 'write a date and time with an offset, such as 2026-12-31T15:00:00+03:00',
	enumeration: 'write one of its choices',
};

const READERS: Readonly<Record<string, (text: string, field: ItemField) => unknown>> = {
	integer: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
	double: (text) => (/^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined),
	boolean: (text) => ({ y: 'Y', yes: 'Y', true: 'Y', 1: 'Y', n: 'N', no: 'N', false: 'N', 0: 'N' })[text.toLowerCase()],
	date: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined),
	// a time without an offset would be read in the zone of whoever made the webhook
	datetime: (text) => (/T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined),
	enumeration: (text, { choices }) => choices.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())?.id,
};

function readValue(field: ItemField, text: string): unknown {
	const read = Object.hasOwn(READERS, field.type) ? READERS[field.type] : undefined;
	return read === undefined ? text : read(text, field);
}

/** A name a form may hold, fit for a message. */
function nameOnly(name: string): string {
	return /^[A-Za-z][A-Za-z0-9_]{0,60}$/.test(name) ? name : 'of this name';
}
