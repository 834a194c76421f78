import { fieldsOf, momentOf, wallOf } from '../kit';
import type { FieldError } from './envelope';
import type { Field, FieldOwner, StoredValue } from './model';
import type { World } from './world';

const NUMBERS = ['numeric', 'price', 'monetary'];
const CHOICES = ['select', 'radiobutton', 'multiselect'];
const DAYS = ['date', 'birthday'];
const SECOND = 1000;

type Values = ReadonlyMap<number, readonly StoredValue[]>;
type Read<T> = { readonly value: T } | { readonly error: string };

/** What a body's `custom_fields_values` makes of the values a card has: a named field is replaced as a whole. */
export function readValues(world: World, owner: FieldOwner, input: unknown, before: Values, errors: FieldError[]): Values {
	if (input === undefined || input === null) return before;
	const after = new Map(before);
	if (!Array.isArray(input)) {
		errors.push(fault('InvalidType', 'custom_fields_values', 'This value should be of type array.'));
		return before;
	}
	for (const [index, one] of input.entries()) readField(world, owner, one, `custom_fields_values.${index}`, after, errors);
	return after;
}

function readField(world: World, owner: FieldOwner, input: unknown, path: string, after: Map<number, readonly StoredValue[]>, errors: FieldError[]): void {
	const { field_id: id, field_code: code, values } = fieldsOf(input);
	if (id === undefined && code === undefined) {
		errors.push(fault('FieldMissing', `${path}.field_id`, 'This field is missing.'));
		return;
	}
	const field = world.fieldsOf(owner).find((one) => (id === undefined ? one.code === code : one.id === id));
	if (field === undefined) {
		errors.push(fault('NotSupportedChoice', `${path}.${id === undefined ? 'field_code' : 'field_id'}`, 'The value you selected is not a valid choice.'));
		return;
	}
	if (values === null || (Array.isArray(values) && values.length === 0)) {
		after.delete(field.id);
		return;
	}
	if (!Array.isArray(values)) {
		errors.push(fault('FieldMissing', `${path}.values`, 'This field is missing.'));
		return;
	}
	const stored: StoredValue[] = [];
	for (const [index, one] of values.entries()) {
		const read = readOne(world, field, fieldsOf(one));
		if ('error' in read) errors.push(fault('InvalidValue', `${path}.values.${index}.value`, read.error));
		else stored.push(read.value);
	}
	after.set(field.id, stored);
}

function readOne(world: World, field: Field, given: Readonly<Record<string, unknown>>): Read<StoredValue> {
	const { value } = given;
	if (field.type === 'multitext') return readMultitext(field, given);
	if (CHOICES.includes(field.type)) return readChoice(field, given);
	if (value === undefined || value === null) return { error: 'This value should not be blank.' };
	if (NUMBERS.includes(field.type)) return Number.isFinite(Number(value)) && value !== '' ? { value: { value: String(value) } } : { error: 'This value should be numeric.' };
	if (field.type === 'checkbox') return typeof value === 'boolean' ? { value: { value } } : { error: 'This value should be of type bool.' };
	if (field.type === 'date_time') return readMoment(value, (seconds) => seconds);
	if (DAYS.includes(field.type)) return readMoment(value, (seconds) => midnightOf(seconds, world.account.zone));
	return typeof value === 'object' ? { value: { value } } : { value: { value: String(value) } };
}

function readMultitext(field: Field, { value, enum_code: code, enum_id: id }: Readonly<Record<string, unknown>>): Read<StoredValue> {
	if (typeof value !== 'string' || value === '') return { error: 'This value should not be blank.' };
	const chosen = field.enums.find((one) => (id === undefined ? one.code === (code ?? 'WORK') : one.id === id));
	return chosen === undefined ? { error: 'The value you selected is not a valid choice.' } : { value: { value, enum_id: chosen.id, enum_code: chosen.code ?? null } };
}

function readChoice(field: Field, { value, enum_id: id }: Readonly<Record<string, unknown>>): Read<StoredValue> {
	const chosen = field.enums.find((one) => (id === undefined ? one.value === value : one.id === id));
	return chosen === undefined ? { error: 'The value you selected is not a valid choice.' } : { value: { value: chosen.value, enum_id: chosen.id, enum_code: chosen.code ?? null } };
}

function readMoment(value: unknown, shape: (seconds: number) => number): Read<StoredValue> {
	const seconds = typeof value === 'number' ? value : typeof value === 'string' && value.includes('T') ? Date.parse(value) / SECOND : Number.NaN;
	return Number.isInteger(seconds) ? { value: { value: shape(seconds) } } : { error: 'This value is not a valid date.' };
}

function midnightOf(seconds: number, zone: string): number {
	const day = wallOf(seconds * SECOND, zone).slice(0, 10);
	return (momentOf(`${day}T00:00:00`, zone) ?? seconds * SECOND) / SECOND;
}

/** The values as a v4 answer shows them: null, not an empty list, when nothing is filled. */
export function showValues(world: World, values: Values): readonly unknown[] | null {
	const shown = [...values].flatMap(([id, stored]) => {
		const field = world.fields.get(id);
		return field === undefined || stored.length === 0 ? [] : [{ field_id: id, field_name: field.name, field_code: field.code, field_type: field.type, values: stored }];
	});
	return shown.length === 0 ? null : shown;
}

function fault(code: string, path: string, detail: string): FieldError {
	return { code, path, detail };
}
