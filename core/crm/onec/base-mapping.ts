import * as v from 'valibot';
import { APPOINTMENT_STATUSES } from '../../booking';
import { isRecord } from '../reading';
import { isGuid } from './odata';
import { isPresetName, PRESET_NAMES, PRESETS } from './presets';

/**
 * Which objects and fields of a configuration hold what: the protocol of 1C is one, the data model is every
 * configuration's own. Written as JSON by the operator, proposed by `discover`, shipped as presets.
 */

const NAME = v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{N}_]{0,127}$/u, 'expected the name of a field as the metadata writes it, for example "Ответственный_Key"'));
const OBJECT_KINDS = 'Catalog|Document|Task|BusinessProcess|ChartOfCharacteristicTypes|ExchangePlan';
const OBJECT = v.pipe(v.string(), v.regex(new RegExp(`^(${OBJECT_KINDS})_[\\p{L}\\p{N}_]{1,120}$`, 'u'), 'expected the name of a set of objects, for example "Catalog_Контрагенты" or "Document_Событие"'));
const REGISTER = v.pipe(v.string(), v.regex(/^InformationRegister_[\p{L}\p{N}_]{1,120}$/u, 'expected the name of a register, for example "InformationRegister_ГрафикРаботы"'));
const TABLE = v.pipe(v.string(), v.regex(/^InformationRegister_[\p{L}\p{N}_]{1,120}(\/SliceLast)?$/u, 'expected a register or its slice, for example "InformationRegister_ЦеныНоменклатуры/SliceLast"'));
const KEY = v.pipe(v.string(), v.check((value) => isGuid(value), 'expected a reference: a guid that is not empty'), v.transform((value) => value.toLowerCase()));
const TEXT = v.pipe(v.string(), v.maxLength(200, 'expected at most 200 characters'));
const MINUTES = v.pipe(v.number(), v.integer(), v.minValue(5, 'expected at least 5'), v.maxValue(1440, 'expected at most 1440'));
const FILTER = v.pipe(v.string(), v.maxLength(600, 'a filter has at most 600 characters'), v.check(isBalanced, 'a quote or a bracket of the filter is not closed'));
const DEFAULTS = v.record(NAME, v.union([v.string(), v.number(), v.boolean()], 'expected a text, a number, true or false'));
const orNull = <T>(schema: v.GenericSchema<unknown, T>, otherwise: T | null = null) => v.optional(v.nullable(schema), otherwise);

const SERVICE = v.strictObject({
	entity: OBJECT,
	filter: v.optional(FILTER, ''),
	name: v.optional(NAME, 'Description'),
	/** Reference to the group a service stands in. */
	category: orNull(NAME),
	/** Length of the service. */
	duration: orNull(NAME),
	durationUnit: v.optional(v.picklist(['minutes', 'hours', 'seconds'], 'expected minutes, hours or seconds'), 'minutes'),
	defaultDurationMin: v.optional(MINUTES, 60),
	price: orNull(
		v.strictObject({
			from: TABLE,
			key: NAME,
			value: NAME,
			/** Which of several kinds of prices is the client's. */
			priceTypeField: orNull(NAME),
			priceType: orNull(KEY),
		}),
	),
});

const STAFF = v.strictObject({
	entity: OBJECT,
	filter: v.optional(FILTER, ''),
	name: v.optional(NAME, 'Description'),
	position: orNull(NAME),
	/** Only these people; dismissed ones often stay without a mark. */
	ids: v.optional(v.array(KEY), []),
});

const CLIENT = v.pipe(
	v.strictObject({
		entity: OBJECT,
		name: v.optional(NAME, 'Description'),
		/** A second field that holds the name, written together with the first. */
		fullName: orNull(NAME),
		/** Section of phones and addresses. */
		contactInfo: orNull(NAME),
		/** Kind of contact information whose phone the card shows. */
		phoneKind: orNull(KEY),
		/** Plain field of the phone, where there is no section. */
		phone: orNull(NAME),
		/** How a phone is looked for in the section. `auto` tries one after another. */
		phoneSearch: v.optional(v.picklist(['auto', 'section', 'lambda', 'scan'], 'expected auto, section, lambda or scan'), 'auto'),
		createDefaults: v.optional(DEFAULTS, {}),
	}),
	v.check(({ contactInfo, phone }) => contactInfo !== null || phone !== null, 'name "contactInfo", the section of phones, or "phone", the field of the phone'),
);

const LINES = v.strictObject({
	section: NAME,
	service: NAME,
	staff: orNull(NAME),
	start: orNull(NAME),
	end: orNull(NAME),
	price: orNull(NAME),
	quantity: orNull(NAME),
	sum: orNull(NAME),
});

const PERSON = v.union([
	v.pipe(NAME, v.transform((field) => ({ section: null, field, type: null }))),
	v.strictObject({
		/** Section whose rows name the client. */
		section: orNull(NAME),
		field: NAME,
		/** Set of the reference, where the field is of a composite type. */
		type: orNull(OBJECT),
	}),
], 'expected the name of a field, or { "section", "field", "type" }');

const VISIT = v.pipe(
	v.strictObject({
		entity: OBJECT,
		start: NAME,
		end: orNull(NAME),
		staff: NAME,
		client: PERSON,
		/** Section of services. Without one the services stand in the comment, in the line of the marker. */
		lines: orNull(LINES),
		status: orNull(NAME),
		/** Texts of the status by what they mean. */
		statuses: v.optional(v.record(v.picklist(APPOINTMENT_STATUSES), v.array(TEXT)), {}),
		/** Status written by a cancellation. */
		statusCancelled: orNull(TEXT),
		cancelBy: v.optional(v.picklist(['DeletionMark', 'status'], 'expected DeletionMark or status'), 'DeletionMark'),
		/** Fields written beside the status of a cancellation. */
		cancelDefaults: v.optional(DEFAULTS, {}),
		/** Whether a document is posted after it was written. */
		post: v.optional(v.boolean(), false),
		comment: NAME,
		/** Longest comment the base keeps; it cuts the rest in silence. */
		commentLength: orNull(v.pipe(v.number(), v.integer(), v.minValue(100, 'expected at least 100'))),
		/** A field of its own, 40 characters or more, for the mark of an operation; without one the mark is the last line of the comment. */
		marker: orNull(NAME),
		createDefaults: v.optional(DEFAULTS, {}),
	}),
	v.check(({ cancelBy, status, statusCancelled }) => cancelBy !== 'status' || (status !== null && statusCancelled !== null), 'a cancellation by status needs "status" and "statusCancelled"'),
	v.check(({ post, entity }) => !post || entity.startsWith('Document_'), 'only documents are posted'),
);

const SCHEDULE = v.pipe(
	v.strictObject({
		/** Flat rows of a subordinate register end in `_RecordType`. */
		entity: REGISTER,
		date: NAME,
		staff: NAME,
		/** Reference to a shift that holds the hours; without one the row itself holds them. */
		shift: orNull(NAME),
		shiftEntity: orNull(OBJECT),
		from: NAME,
		to: NAME,
		/** Flags without which a row is no working time. */
		flags: v.optional(v.array(NAME), []),
	}),
	v.check(({ shift, shiftEntity }) => (shift === null) === (shiftEntity === null), '"shift" and "shiftEntity" go together'),
);

const RESERVATION = v.strictObject({
	/** Independent register whose key is a person and the beginning of a cell. */
	entity: REGISTER,
	staff: NAME,
	cell: NAME,
	marker: NAME,
	cellMinutes: v.optional(v.picklist([5, 10, 15, 20, 30, 60], 'expected 5, 10, 15, 20, 30 or 60'), 15),
});

const MAPPING = v.strictObject({
	/** Reads what row-level rights leave, instead of failing where they cut. */
	allowedOnly: v.optional(v.boolean(), false),
	service: SERVICE,
	staff: STAFF,
	client: CLIENT,
	/** Null: the base takes no bookings, its catalogs are read. */
	visit: v.nullable(VISIT),
	/** Null: working hours are the plan's. */
	schedule: orNull(SCHEDULE),
	reservation: orNull(RESERVATION),
	company: v.strictObject({ entity: OBJECT, name: v.optional(NAME, 'Description'), id: orNull(KEY), contactInfo: orNull(NAME) }),
});

export type BaseMapping = v.InferOutput<typeof MAPPING>;
export type VisitMapping = NonNullable<BaseMapping['visit']>;
export type ServiceMapping = BaseMapping['service'];
export type ScheduleMapping = NonNullable<BaseMapping['schedule']>;
export type ReservationMapping = NonNullable<BaseMapping['reservation']>;

const SECTIONS = Object.keys(MAPPING.entries);

/**
 * Reads an operator's mapping, an object or its JSON. `preset` names the one it begins from, unless the mapping itself
 * does; a part that is given replaces the preset's field by field, null removes it. Throws `TypeError` that names the
 * field and what was expected, never a value.
 */
export function parseMapping(input: unknown, usual: string | null = null): BaseMapping {
	const given = typeof input === 'string' ? parseJson(input) : (input ?? {});
	if (!isRecord(given)) throw new TypeError('The mapping of 1C is not a JSON object; run Discover, or name a preset, for example {"preset":"salon"}.');
	const { preset = usual, ...own } = given;
	if (preset !== null && !isPresetName(preset)) throw new TypeError(`The mapping of 1C: "preset" is one of ${PRESET_NAMES.join(', ')}.`);
	const parsed = v.safeParse(MAPPING, preset === null ? own : merged(PRESETS[preset], own));
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	const where = v.getDotPath(issue) ?? 'mapping';
	const isUnknownKey = issue.expected === 'never';
	const own_ = issue.message.startsWith('Invalid ') ? (isUnknownKey ? `is not a key of the mapping; the keys are ${SECTIONS.join(', ')} and theirs` : issue.received === 'undefined' ? 'is missing; choose a preset and run Discover' : `expected ${issue.expected ?? 'another value'}`) : issue.message;
	throw new TypeError(`The mapping of 1C: "${where}": ${own_}.`);
}

function merged(base: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const whole: Record<string, unknown> = { ...base };
	for (const [key, value] of Object.entries(own)) {
		const held = base[key];
		whole[key] = isRecord(held) && isRecord(value) ? { ...held, ...value } : value;
	}
	return whole;
}

function parseJson(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		throw new TypeError('The mapping of 1C is not JSON; paste the whole text that Discover gave.');
	}
}

/** Quotes and brackets of a filter close, so that it cannot swallow the conditions that are put beside it. */
function isBalanced(filter: string): boolean {
	let depth = 0;
	for (const part of filter.replace(/'(?:[^']|'')*'/g, '').matchAll(/[()']/g)) {
		if (part[0] === "'") return false;
		depth += part[0] === '(' ? 1 : -1;
		if (depth < 0) return false;
	}
	return depth === 0;
}
