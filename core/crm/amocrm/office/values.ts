import { type Outcome, ok, refused, type Zone } from '../../../booking';
import { dayOf, zoneClock } from '../../../calendar';
import { listRows, type Office, type Row } from './office';
import { CARD_PATHS, type CardKind } from './kinds';

/** One field of a form: its number, and what is to stand in it. Nothing empties the field. */
export interface FieldInput {
	readonly fieldId: string;
	readonly value: string;
}

const CHOICES = new Set(['select', 'radiobutton']);
const NUMBERS = new Set(['numeric', 'price', 'monetary']);
const DATES = new Set(['date', 'birthday']);

/** User fields of a kind of card, as the account has them. */
export function customFields(office: Office, kind: CardKind, limit = Number.POSITIVE_INFINITY): Promise<Outcome<readonly Row[]>> {
	return listRows(office, `${kind}_fields`, `${CARD_PATHS[kind]}/custom_fields`, 'custom_fields', {}, limit);
}

/** Values as the vendor wants them, by the type each field has in the account. Refused with the field's number for a value that does not fit. */
export async function fieldValues(office: Office, kind: CardKind, inputs: readonly FieldInput[], zone: Zone): Promise<Outcome<readonly unknown[]>> {
	if (inputs.length === 0) return ok([]);
	const fields = await customFields(office, kind);
	if (fields.kind !== 'ok') return fields;
	const values: unknown[] = [];
	for (const { fieldId, value } of inputs) {
		const field = fields.value.find(({ id }) => id === fieldId);
		if (field === undefined) return refused('invalid_request', `There is no field ${fieldId} on these cards; choose it from the list.`);
		const wire = value.trim() === '' ? ok(null) : valuesFor(field, value.trim(), zone);
		if (wire.kind !== 'ok') return wire;
		values.push({ field_id: Number(fieldId), values: wire.value });
	}
	return ok(values);
}

function valuesFor(field: Row, text: string, zone: Zone): Outcome<readonly unknown[]> {
	const type = String(field.type);
	const wrong = (what: string) => refused('invalid_request', `The field ${field.id} takes ${what}.`);
	if (CHOICES.has(type) || type === 'multiselect') {
		const wanted = type === 'multiselect' ? text.split(',').map((part) => part.trim()) : [text];
		const ids = wanted.map((one) => choiceOf(field, one));
		return ids.includes(null) ? wrong('one of its own choices, by name or number; several with commas where it takes several') : ok(ids.map((id) => ({ enum_id: Number(id) })));
	}
	if (NUMBERS.has(type)) return Number.isFinite(Number(text.replace(',', '.'))) ? ok([{ value: text.replace(',', '.') }]) : wrong('a number');
	if (type === 'checkbox') return /^(true|false|1|0|yes|no)$/i.test(text) ? ok([{ value: /^(true|1|yes)$/i.test(text) }]) : wrong('true or false');
	if (type === 'date_time' || DATES.has(type)) {
		const seconds = secondsOf(text, zone);
		return seconds === null ? wrong('a date as 2026-11-24, or with a time and offset as 2026-11-24T15:00:00+03:00') : ok([{ value: seconds }]);
	}
	if (type === 'multitext') return ok(text.split(',').map((part) => ({ value: part.trim(), enum_code: 'WORK' })));
	return ok([{ value: text }]);
}

function choiceOf(field: Row, wanted: string): string | null {
	const choices: readonly unknown[] = Array.isArray(field.enums) ? field.enums : [];
	const found = choices.find((choice) => typeof choice === 'object' && choice !== null && ('id' in choice && String(choice.id) === wanted || 'value' in choice && String(choice.value).trim().toLowerCase() === wanted.toLowerCase()));
	return typeof found === 'object' && found !== null && 'id' in found ? String(found.id) : null;
}

/** Unix seconds of an instant with an offset, of wall time of the salon, or of a day's beginning there. */
function secondsOf(text: string, zone: Zone): number | null {
	if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)) {
		const ms = Date.parse(text);
		return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
	}
	const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(text);
	try {
		return match === null ? null : zoneClock(zone).boundary(dayOf(match[1] ?? ''), Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) * 60;
	} catch {
		return null;
	}
}
