import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import type { SessionSettingsInput } from '../../core/whatsapp/session';
import { ParameterError } from '../shared/errors';
import { textOf, wholeNumberOf } from '../shared/fields';
import { salonOf } from '../shared/salon';
import { sessionOf } from '../shared/whatsapp/session-field';

/** Everything the trigger needs, read at once: later n8n evaluates no expression any more. */
export interface TriggerConfig {
	readonly tenant: string;
	readonly session: string;
	/** Without any, messages wait for another workflow. */
	readonly wantsMessages: boolean;
	readonly types: ReadonlySet<string>;
	readonly pauses: boolean;
	readonly wantsDelivery: boolean;
	readonly wantsState: boolean;
	readonly runAgain: boolean;
	readonly atOnce: number;
	/** Undefined leaves the session's settings to the workflow that takes its messages. */
	readonly settings: SessionSettingsInput | undefined;
}

export function readConfig(functions: ITriggerFunctions): TriggerConfig {
	const read = (name: string): unknown => functions.getNodeParameter(name);
	const own = read('ownMessages');
	const outputs = wordsIn(read('outputs'));
	const options = read('options') as IDataObject;
	const types = wordsIn(read('types'));
	if (types.length === 0 && outputs.length === 0) throw new ParameterError('Nothing is chosen that starts the workflow', 'Choose at least one message type or output.');
	return {
		tenant: salonOf(read('salonId')),
		session: sessionOf(read('session')),
		types: new Set([...types, ...(own === 'putOut' ? ['operator'] : [])]),
		pauses: own !== 'ignore',
		wantsDelivery: outputs.includes('delivery'),
		wantsState: outputs.includes('state'),
		runAgain: options.runAgain !== false,
		atOnce: wholeNumberOf(options.atOnce ?? 2, 'Turns at Once', { min: 1, max: 20 }),
		wantsMessages: types.length > 0,
		settings: types.length > 0 ? settingsOf(options, own !== 'ignore') : undefined,
	};
}

/** What is not set keeps the session's default. */
function settingsOf(options: IDataObject, pauses: boolean): SessionSettingsInput {
	const number = (name: string, title: string, most: number, unit: number, least = 0): number | undefined => (options[name] === undefined ? undefined : wholeNumberOf(options[name], title, { min: least, max: most }) * unit);
	const conduct = options.conduct === undefined ? undefined : wordsIn(options.conduct);
	const country = textOf(options.countryCode).toUpperCase();
	const proxyUrl = textOf(options.proxyUrl);
	const settings = {
		quietMs: number('quietSeconds', 'Quiet Time (Seconds)', 600, 1000),
		mostMs: number('longestSeconds', 'Longest Wait (Seconds)', 600, 1000),
		maxAgeMs: number('maxAgeHours', 'Oldest Message (Hours)', 720, 3_600_000, 1),
		mediaLimitBytes: number('mediaMegabytes', 'Largest File (MB)', 100, 2 ** 20),
		newChatsPerDay: number('newChatsPerDay', 'New Chats a Day', 10_000, 1),
		humanPauseMs: pauses ? number('pauseMinutes', 'Pause After Own Message (Minutes)', 10_080, 60_000) : 0,
		countryCode: country === '' ? undefined : country,
		typing: conduct?.includes('typing'),
		markRead: conduct?.includes('markRead'),
		proxyUrl: proxyUrl === '' ? undefined : proxyUrl,
		language: options.language === 'ru' ? ('ru' as const) : undefined,
		raw: options.raw === true ? true : undefined,
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function wordsIn(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
