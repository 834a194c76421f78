import * as v from 'valibot';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DEFAULT_SETTINGS, type AssistantSettings } from '../../core/conversation';
import { settingFields } from '../shared/assistant-fields';
import { ParameterError } from '../shared/errors';
import { languages } from '../shared/fields';
import { profileOption } from './profile';
import { modelOptions, ModelOptions, modelSettingsOf, type ModelSettings } from './model/options';

/** What an operator set in the panel of the node. */
export interface AgentSettings extends ModelSettings {
	readonly assistant: AssistantSettings;
	/** The saved profile that answers; empty for none. */
	readonly profileId: string;
}

const ownOptions: INodeProperties[] = [
	{
		displayName: 'Assistant Name',
		name: 'assistantName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Лаванда',
		description: 'How the assistant calls itself when asked',
	},
	{
		displayName: 'Language',
		name: 'defaultLang',
		type: 'options',
		options: languages,
		default: DEFAULT_SETTINGS.defaultLang,
		description: "Language of the first reply when the client's is not clear; later the assistant follows the client",
	},
];

export const settingsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...ownOptions, ...settingFields, profileOption, ...modelOptions].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
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
