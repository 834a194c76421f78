import * as v from 'valibot';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DEFAULT_SETTINGS, type AssistantSettings } from '../../core/conversation';
import { ParameterError } from '../shared/errors';
import { profileOption } from './profile';
import { modelOptions, ModelOptions, modelSettingsOf, type ModelSettings } from './model/options';

/** What an operator set in the panel of the node. */
export interface AgentSettings extends ModelSettings {
	readonly assistant: AssistantSettings;
	/** The saved profile that answers; empty for none. */
	readonly profileId: string;
}

const assistantOptions: INodeProperties[] = [
	{
		displayName: 'Assistant Name',
		name: 'assistantName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Лаванда',
		description: 'How the assistant calls itself when asked',
	},
	{
		displayName: 'Budget of Messages per Chat and Day',
		name: 'dailyTurns',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.dailyTurns,
		description: 'After this many answers in 24 hours the chat is handed to a person',
	},
	{
		displayName: 'Confirmation Lifetime (Minutes)',
		name: 'pendingMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.pendingMinutes,
		description: 'How long a summary waits for the yes of the client',
	},
	{
		displayName: 'Escalate on Alarm Words',
		name: 'alarmWords',
		type: 'boolean',
		default: DEFAULT_SETTINGS.alarmWords,
		description: 'Whether to answer signs of an emergency with a fixed text and call a person',
	},
	{
		displayName: 'Hand-Off Lasts (Hours)',
		name: 'handoffHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_SETTINGS.handoffHours,
		description: 'When the assistant answers again after a hand-off; 0 waits until the conversation is resumed',
	},
	{
		displayName: 'Language',
		name: 'defaultLang',
		type: 'options',
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'Russian', value: 'ru' },
		],
		default: DEFAULT_SETTINGS.defaultLang,
		description: "Language of the first reply when the client's is not clear; later the assistant follows the client",
	},
	{
		displayName: 'New Session After (Hours)',
		name: 'sessionHours',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.sessionHours,
		description: 'Silence after which the assistant greets again',
	},
	{
		displayName: 'Pause After Abuse (Minutes)',
		name: 'abusePauseMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_SETTINGS.abusePauseMinutes,
		description: 'How long the assistant is silent after the second warning',
	},
	{
		displayName: 'Phone Country',
		name: 'phoneCountry',
		type: 'string',
		default: DEFAULT_SETTINGS.phoneCountry,
		placeholder: 'e.g. RU',
		description: 'Two-letter country by which a phone without a country code is read',
	},
];

/** What an operator may set; guarantees are not settings. */
export const settingsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...assistantOptions, profileOption, ...modelOptions].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
};

const positive = v.pipe(v.number(), v.minValue(1), v.maxValue(100_000));
const AssistantOptions = v.object({
	assistantName: v.optional(v.pipe(v.string(), v.maxLength(60))),
	dailyTurns: v.optional(v.pipe(positive, v.integer())),
	pendingMinutes: v.optional(positive),
	alarmWords: v.optional(v.boolean()),
	handoffHours: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
	defaultLang: v.optional(v.picklist(['ru', 'en'])),
	sessionHours: v.optional(positive),
	abusePauseMinutes: v.optional(positive),
	phoneCountry: v.optional(v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^[A-Z]{2}$/))),
	profileId: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(60)), ''),
});

/** Checks the options of an item. Throws {@link ParameterError} that names the wrong field. */
export function readSettings(options: IDataObject): AgentSettings {
	const { assistantName = '', profileId, ...rest } = checked(AssistantOptions, options);
	const name = assistantName.trim() === '' ? null : assistantName.trim();
	return { profileId, assistant: { ...DEFAULT_SETTINGS, ...rest, assistantName: name }, ...modelSettingsOf(checked(ModelOptions, options)) };
}

function checked<T extends v.GenericSchema>(schema: T, options: IDataObject): v.InferOutput<T> {
	const parsed = v.safeParse(schema, options);
	if (parsed.success) return parsed.output;
	const field = v.getDotPath(parsed.issues[0]) ?? 'options';
	throw new ParameterError(`The option "${field}" is not valid`, 'Correct it under Options of this node; expressions must give a value of the same kind.');
}
