import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_SETTINGS } from '../../core/conversation';

/** What an operator may set of the assistant, on Booking Agent or in a saved profile; guarantees are not settings. */
export const settingFields: INodeProperties[] = [
	{
		displayName: 'Budget of Messages per Chat and Day',
		name: 'dailyTurns',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_000 },
		default: DEFAULT_SETTINGS.dailyTurns,
		description: 'After this many answers in 24 hours the chat is handed to a person',
	},
	{
		displayName: 'Confirmation Lifetime (Minutes)',
		name: 'pendingMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
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
		typeOptions: { minValue: 0, maxValue: 720 },
		default: DEFAULT_SETTINGS.handoffHours,
		description: 'When the assistant answers again after a hand-off; 0 waits until the conversation is resumed',
	},
	{
		displayName: 'New Session After (Hours)',
		name: 'sessionHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 168 },
		default: DEFAULT_SETTINGS.sessionHours,
		description: 'Silence after which the assistant greets again',
	},
	{
		displayName: 'Pause After Abuse (Minutes)',
		name: 'abusePauseMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_080 },
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
