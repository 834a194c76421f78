import * as v from 'valibot';
import { LEAD_STAGES, parsePlan, type SalonPlan, type SalonPlanInput } from '../computed';

/**
 * What an operator says about an account: which pipeline holds visits, and which field holds what. Everything is named by
 * the vendor's numbers; whether they exist and fit is checked against the account, see `facts`.
 */

const ID = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.trim(), v.regex(/^[1-9]\d{0,14}$/, 'is not a number of the CRM'));

/** Stages 142 and 143 are in every pipeline. */
export const WON = '142';
export const LOST = '143';

const STATUSES = v.strictObject({
	/** Where new visits are put. */
	booked: ID,
	confirmed: v.optional(ID),
	/** The client came. */
	arrived: v.optional(ID, WON),
	noShow: v.optional(ID),
	cancelled: v.optional(ID, LOST),
});

const FIELDS = v.strictObject({
	/** Start of a visit; type date_time. */
	start: ID,
	/** Length in minutes; type numeric. */
	duration: ID,
	/** Who does it; type select, one choice a person. Absent: the responsible user does it. */
	specialist: v.optional(ID),
	/** Our mark of an operation; type text. */
	operation: ID,
	/** Ids of services; type text or textarea. Needed where services are not elements of a list of the CRM. */
	services: v.optional(ID),
	/** What the client asked for, and whom the visit is for; type text or textarea. */
	comment: v.optional(ID),
});

const DESK = v.strictObject({
	pipelineId: ID,
	stages: v.strictObject(Object.fromEntries(LEAD_STAGES.map((stage) => [stage, v.optional(ID)])) as Record<(typeof LEAD_STAGES)[number], v.OptionalSchema<typeof ID, undefined>>),
});

const SETTINGS = v.strictObject({
	pipelineId: ID,
	statuses: STATUSES,
	fields: FIELDS,
	/** List of services; absent: the services of the plan. */
	catalogId: v.optional(ID),
	/** Fields of its elements; the price is also known by its code. */
	catalogFields: v.optional(v.strictObject({ duration: v.optional(ID), price: v.optional(ID) }), {}),
	lossReasons: v.optional(v.strictObject({ cancelled: v.optional(ID), taken: v.optional(ID), noShow: v.optional(ID) }), {}),
	/** Whose time a visit without a specialist takes. */
	withoutSpecialist: v.optional(v.picklist(['everybody', 'nobody']), 'everybody'),
	/** The pipeline dialogues move through. */
	desk: v.optional(DESK),
	plan: v.optional(v.custom<SalonPlanInput>((value) => typeof value === 'object' || typeof value === 'string'), {}),
});

export type AmocrmSettings = v.InferInput<typeof SETTINGS>;
export type Settings = Omit<v.InferOutput<typeof SETTINGS>, 'plan'> & { readonly plan: SalonPlan };

/** Checks an operator's settings. Throws `TypeError` that names the field. */
export function settingsOf(input: AmocrmSettings): Settings {
	const parsed = v.safeParse(SETTINGS, input);
	if (!parsed.success) {
		const [issue] = parsed.issues;
		const why = issue.message.startsWith('Invalid ') ? (issue.received === 'undefined' ? 'is missing' : 'is not what is expected there') : issue.message;
		throw new TypeError(`The setting "${v.getDotPath(issue) ?? 'settings'}" of the CRM ${why}.`);
	}
	const { plan, ...settings } = parsed.output;
	if (settings.catalogId === undefined && settings.fields.services === undefined) {
		throw new TypeError('The settings name no place for the services of a visit: set catalogId (a list of the CRM) or fields.services (a text field of leads).');
	}
	return { ...settings, plan: parsePlan(plan) };
}

/** Ids are positive numbers here: any other is of no record, and must not reach a path or a filter. */
export function isWireId(id: string): boolean {
	return /^[1-9]\d{0,14}$/.test(id);
}
