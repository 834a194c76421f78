import * as v from 'valibot';
import { LEAD_STAGES, type LeadStage } from '../../booking';
import { parsePlan, type SalonPlan, type SalonPlanInput } from '../computed';

const USER_FIELD = v.pipe(v.string(), v.trim(), v.regex(/^UF_[A-Z0-9_]{1,50}$/, 'write the code of a user field, such as UF_CRM_BOOKING_START'));
const STAGE = v.pipe(v.string(), v.trim(), v.regex(/^[A-Z0-9_:-]{1,50}$/i, 'write the id of a stage, such as C9:NEW'));
const NUMBER_HINT = 'write the number from the portal';
const RECORD_ID = v.pipe(v.union([v.string(), v.number()], NUMBER_HINT), v.transform(String), v.trim(), v.regex(/^[1-9]\d{0,14}$/, NUMBER_HINT));

const STAGES = v.strictObject({
	/** Where a new visit begins. */
	booked: STAGE,
	confirmed: v.optional(STAGE),
	arrived: v.optional(STAGE),
	cancelled: STAGE,
	noShow: v.optional(STAGE),
});

const FIELDS = v.strictObject({
	/** Of the type date with time: the portal's own dates have no time. */
	start: USER_FIELD,
	end: USER_FIELD,
	/** Text, or a number or a link with several values. */
	services: USER_FIELD,
	/** Text, a number or an employee. */
	staff: USER_FIELD,
});

const PIPELINE = { categoryId: v.optional(v.pipe(v.union([v.string(), v.number()], NUMBER_HINT), v.transform(Number), v.integer(NUMBER_HINT), v.minValue(0, NUMBER_HINT)), 0), stages: STAGES };

/** A deal that goes with each booking of the module: money, stage and history. */
const LINKED_DEALS = v.strictObject({ ...PIPELINE, fields: v.optional(v.partial(FIELDS), {}) });

/** Deals, or elements of a smart process, that are the visits themselves. */
const VISIT_ITEMS = v.strictObject({
	...PIPELINE,
	/** 2 for deals, or the number of a smart process. */
	entityTypeId: v.optional(v.pipe(v.number(), v.integer(), v.check((id) => id === 2 || id >= 128, 'is 2 for deals or the number of a smart process')), 2),
	fields: FIELDS,
	/** Where the people are: employees of the portal, or the salon plan alone. */
	people: v.optional(v.picklist(['employees', 'plan']), 'employees'),
	/** Whether what stands in the calendars of employees takes their time too. */
	calendars: v.optional(v.boolean(), false),
});

/** The pipeline that dialogues move through: leads, deals or a smart process. */
const DESK = v.strictObject({
	/** 1 for leads, 2 for deals, or the number of a smart process. */
	entityTypeId: v.optional(v.pipe(v.number(), v.integer(), v.check((id) => id === 1 || id === 2 || id >= 128, 'is 1 for leads, 2 for deals or the number of a smart process')), 1),
	categoryId: PIPELINE.categoryId,
	stages: v.strictObject(Object.fromEntries(LEAD_STAGES.map((stage) => [stage, v.optional(STAGE)])) as Record<LeadStage, v.OptionalSchema<typeof STAGE, undefined>>),
});

const COMMON = {
	/** The pipeline dialogues move through. */
	desk: v.optional(DESK),
	/** Hours, lengths and rules; see `SalonPlanInput`. */
	plan: v.optional(v.custom<SalonPlanInput | string | object>((value) => typeof value === 'object' || typeof value === 'string'), {}),
	/** The product catalogue where the user may not ask for it. */
	catalogueId: v.optional(RECORD_ID),
	/** The price group; the first without it. */
	priceGroupId: v.optional(RECORD_ID),
	/** Number of the catalogue property that holds the minutes of a service. */
	durationPropertyId: v.optional(RECORD_ID),
	/** Minutes of a service that names none. */
	durationMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(1440)), 60),
};

const SETTINGS = v.variant('mode', [
	v.strictObject({ mode: v.literal('booking'), ...COMMON, deals: v.optional(LINKED_DEALS), resourceTypeIds: v.optional(v.array(RECORD_ID), []) }),
	v.strictObject({ mode: v.literal('crm'), ...COMMON, visits: VISIT_ITEMS }),
]);

/** As an operator sets it. `booking`: resources of online booking; `crm`: deals or elements of a smart process are the visits. */
export type Bitrix24Settings = v.InferInput<typeof SETTINGS>;
type Parsed = v.InferOutput<typeof SETTINGS>;
type WithPlan<T> = T extends unknown ? Omit<T, 'plan'> & { readonly plan: SalonPlan } : never;
export type Settings = WithPlan<Parsed>;
export type LinkedDeals = v.InferOutput<typeof LINKED_DEALS>;
export type VisitItems = v.InferOutput<typeof VISIT_ITEMS>;
export type DeskSettings = v.InferOutput<typeof DESK>;
export type Stages = v.InferOutput<typeof STAGES>;

/** Checks an operator's settings. Throws `TypeError` that names the field and says what to write, never the value. */
export function settingsOf(input: Bitrix24Settings): Settings {
	const parsed = v.safeParse(SETTINGS, input);
	if (parsed.success) return { ...parsed.output, plan: parsePlan(parsed.output.plan) };
	const [issue] = parsed.issues;
	const field = v.getDotPath(issue) ?? 'settings';
	// the library's own texts quote the value received; ours never do
	const hint = issue.message.startsWith('Invalid ') ? '' : `: ${issue.message}`;
	throw new TypeError(`The setting "${field}" of Bitrix24 is not valid${hint}.`);
}
