import * as v from 'valibot';
import type { AssistantEvent, AssistantSettings } from '../assistant';
import type { Lang } from '../message';
import { DEFAULT_VOICE, TONES, type Voice } from '../voice';

/** What a pipeline action can follow: the events a flow sees. */
const PROFILE_EVENTS = ['booked', 'rescheduled', 'cancelled', 'handoff', 'stopped', 'resumed', 'effect_unknown', 'question', 'visit_confirmed', 'rated'] as const satisfies readonly AssistantEvent['type'][];
export type ProfileEvent = (typeof PROFILE_EVENTS)[number];

/** When a person takes over, beside what the guarantees ask for. */
export interface HandoffRules {
	/** Hand over when the knowledge has no answer; else the question is only noted. */
	readonly onUnansweredQuestion: boolean;
	/** Hand over when no time fits; else other days are asked for. */
	readonly onNoSlots: boolean;
	/** Words or phrases of a client that call a person at once. */
	readonly words: readonly string[];
}

/** Everything that makes one assistant of a salon different from another. Guarantees are not part of it. */
export interface AssistantProfile {
	readonly id: string;
	/** How operators call the profile; what clients see is `voice.name`. */
	readonly name: string;
	readonly voice: Voice;
	/** Language of the first reply when the client's is not clear. */
	readonly language: Lang;
	/** Settings that differ from the defaults. */
	readonly settings: Partial<Omit<AssistantSettings, 'assistantName' | 'defaultLang'>>;
	/** Services that may be booked; null for all. */
	readonly bookableServiceIds: readonly string[] | null;
	/** Staff that may be offered; null for all. */
	readonly offeredStaffIds: readonly string[] | null;
	/** Rules of work in the salon's words, for a model's wording only; what decides actions is in `settings`. */
	readonly workingRules: readonly string[];
	readonly handoff: HandoffRules;
	/** Labels the flow acts on after an event, e.g. a stage of a pipeline. */
	readonly pipelineActions: readonly { readonly on: ProfileEvent; readonly label: string }[];
	/** Remember allergies a client tells; data on health needs the salon's own decision. */
	readonly allowHealthFacts: boolean;
}

const text = (most: number) =>
	v.pipe(
		v.string('must be text'),
		v.trim(),
		v.nonEmpty('must not be empty'),
		v.maxLength(most, `must be at most ${most} characters`),
		v.regex(/^\P{Cc}*$/u, 'must be one line without control characters'),
	);
const lines = (count: number, length: number) => v.pipe(v.array(text(length), 'must be a list'), v.maxLength(count, `must have at most ${count} lines`));
const whole = (from: number, to: number) => {
	const range = `must be a whole number from ${from} to ${to}`;
	return v.pipe(v.number(range), v.integer(range), v.minValue(from, range), v.maxValue(to, range));
};
const flag = v.boolean('must be true or false');
const choice = <const T extends readonly string[]>(options: T) => v.picklist(options, `must be one of: ${options.join(', ')}`);
const ids = v.nullable(v.pipe(v.array(text(100), 'must be a list of ids, or null for all'), v.maxLength(1000, 'must have at most 1000 ids')));

const VoiceSchema = v.strictObject({
	name: v.optional(v.nullable(text(40)), DEFAULT_VOICE.name),
	tone: v.optional(choice(TONES), DEFAULT_VOICE.tone),
	emoji: v.optional(choice(['none', 'few']), DEFAULT_VOICE.emoji),
	style: v.optional(v.pipe(v.string('must be text'), v.trim(), v.maxLength(500, 'must be at most 500 characters')), DEFAULT_VOICE.style),
	houseRules: v.optional(lines(20, 200), [...DEFAULT_VOICE.houseRules]),
});

const SettingsSchema = v.strictObject({
	phoneCountry: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, such as RU'))),
	sessionHours: v.optional(whole(1, 168)),
	alarmWords: v.optional(flag),
	handoffHours: v.optional(whole(0, 720)),
	abusePauseMinutes: v.optional(whole(1, 10_080)),
	dailyTurns: v.optional(whole(1, 10_000)),
	pendingMinutes: v.optional(whole(1, 1440)),
});

/** The form of a profile as operators and files give it; messages say what the field must be. */
const ProfileSchema = v.strictObject({
	id: v.pipe(v.string('must be text'), v.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be 1 to 40 of: a-z, 0-9, - and _')),
	name: text(80),
	voice: v.optional(VoiceSchema, {}),
	language: v.optional(choice(['ru', 'en']), 'ru'),
	settings: v.optional(SettingsSchema, {}),
	bookableServiceIds: v.optional(ids, null),
	offeredStaffIds: v.optional(ids, null),
	workingRules: v.optional(lines(30, 300), []),
	handoff: v.optional(
		v.strictObject({
			onUnansweredQuestion: v.optional(flag, false),
			onNoSlots: v.optional(flag, false),
			words: v.optional(lines(50, 60), []),
		}),
		{},
	),
	pipelineActions: v.optional(
		v.pipe(v.array(v.strictObject({ on: choice(PROFILE_EVENTS), label: text(80) })), v.maxLength(30, 'must have at most 30 actions')),
		[],
	),
	allowHealthFacts: v.optional(flag, false),
});

/** One wrong field: its path such as `voice.tone`, and what it must be. */
export interface FieldProblem {
	readonly field: string;
	readonly problem: string;
}

export type ProfileReading =
	| { readonly kind: 'ok'; readonly profile: AssistantProfile }
	| { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] };

/** Reads a profile from outside: absent fields take their defaults, unknown or wrong ones are named. Never throws. */
export function readProfile(input: unknown): ProfileReading {
	const parsed = v.safeParse(ProfileSchema, input);
	if (parsed.success) return { kind: 'ok', profile: parsed.output };
	return { kind: 'invalid', problems: parsed.issues.map(problemOf) };
}

function problemOf(issue: v.BaseIssue<unknown>): FieldProblem {
	const field = v.getDotPath(issue) ?? 'profile';
	if (issue.type === 'strict_object' && issue.expected === 'never') return { field, problem: 'is not a field of a profile' };
	if (issue.type === 'strict_object' && issue.received === 'undefined') return { field, problem: 'is missing' };
	if (issue.type === 'strict_object') return { field, problem: 'must be an object' };
	return { field, problem: issue.message };
}

/** A fresh profile: everything may be booked, nothing differs from the defaults. */
export function defaultProfile(id: string, name: string): AssistantProfile {
	const reading = readProfile({ id, name });
	if (reading.kind === 'invalid') throw new TypeError(describeProblems(reading.problems));
	return reading.profile;
}

/** The problems as one line an operator reads; holds field names and rules, no values. */
export function describeProblems(problems: readonly FieldProblem[]): string {
	return problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
}

/** The settings of the assistant under a profile. */
export function settingsOf(profile: AssistantProfile): Partial<AssistantSettings> {
	return { ...profile.settings, assistantName: profile.voice.name, defaultLang: profile.language };
}
