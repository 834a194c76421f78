import * as v from 'valibot';
import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MODEL_LIMITS, type ModelLimits } from '../../../core/conversation/model/budget';
import { DEFAULT_VOICE, TONES, type Voice } from '../../../core/conversation/voice';
import { ParameterError } from '../../shared/errors';

/** How far a model may word replies: not at all, the first sentence, or all that is not a fact. */
const WORDINGS = ['templates', 'lead', 'model'] as const;
export type Wording = (typeof WORDINGS)[number];

/** What an operator set for turns with a model. */
export interface ModelSettings {
	readonly wording: Wording;
	/** Without the name, which is an option of the assistant as a whole. */
	readonly voice: Omit<Voice, 'name'>;
	readonly limits: Partial<ModelLimits>;
	/** Whether what clients say of their health may be remembered. */
	readonly healthFacts: boolean;
}

const MOST_SECONDS = 12;
const MOST_STYLE = 500;
const MOST_RULES = 20;
const LONGEST_RULE = 200;
const HUNDREDTHS = 100;

/** The options that matter when a Chat Model is connected. */
export const modelOptions: INodeProperties[] = [
	{
		displayName: 'Budget of Money per Salon and Day',
		name: 'moneyPerDay',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 0,
		description: 'In the currency of the two prices per million tokens, which it needs; once spent, rules and templates go on until tomorrow. 0 is no limit.',
	},
	{
		displayName: 'Budget of Tokens per Chat and Day',
		name: 'chatTokensPerDay',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MODEL_LIMITS.chatTokensPerDay,
		description: 'Tokens in and out of the Chat Model; once spent, rules and templates go on in this chat until tomorrow',
	},
	{
		displayName: 'Emoji',
		name: 'emoji',
		type: 'options',
		options: [
			{ name: 'At Most One per Reply', value: 'few' },
			{ name: 'None', value: 'none' },
		],
		default: DEFAULT_VOICE.emoji,
		description: 'Whether a reply worded by the Chat Model may have an emoji',
	},
	{
		displayName: 'House Rules',
		name: 'houseRules',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Детей до 6 лет просим приводить со взрослым',
		description: 'What the salon asks of its clients, one rule a line: at most 20 lines of 200 characters. The Chat Model may mention them; prices, times and terms of cancellation come from the CRM.',
	},
	{
		displayName: 'Price per Million Input Tokens',
		name: 'inputPricePerMillion',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description: 'What your provider charges; used for the budget of money only',
	},
	{
		displayName: 'Price per Million Output Tokens',
		name: 'outputPricePerMillion',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description: 'What your provider charges; used for the budget of money only',
	},
	{
		displayName: 'Remember Health Facts',
		name: 'healthFacts',
		type: 'boolean',
		default: false,
		description: 'Whether allergies that clients mention may be remembered; many countries ask for the consent of the client',
	},
	{
		displayName: 'Style',
		name: 'style',
		type: 'string',
		typeOptions: { rows: 2 },
		default: DEFAULT_VOICE.style,
		placeholder: 'e.g. Коротко и по делу, на «вы»',
		description: 'How the Chat Model should word replies, at most 500 characters; it cannot change facts or rules',
	},
	{
		displayName: 'Time for the Model per Turn (Seconds)',
		name: 'modelSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_SECONDS },
		default: DEFAULT_MODEL_LIMITS.turnMs / 1000,
		description: 'All calls of one answer together, those of the Fallback Model included; then rules and templates answer',
	},
	{
		displayName: 'Tone',
		name: 'tone',
		type: 'options',
		options: [
			{ name: 'Formal', value: 'formal' },
			{ name: 'Neutral', value: 'neutral' },
			{ name: 'Warm', value: 'warm' },
		],
		default: DEFAULT_VOICE.tone,
		description: 'How the Chat Model should sound',
	},
	{
		displayName: 'Wording',
		name: 'wording',
		type: 'options',
		options: [
			{
				name: 'Model',
				value: 'model',
				description: 'The Chat Model words the reply around facts that code puts in; one more call for many answers',
			},
			{
				name: 'Templates',
				value: 'templates',
				description: 'The Chat Model only understands; every word of a reply comes from templates',
			},
			{
				name: "Templates with a Model's First Sentence",
				value: 'lead',
				description: 'The Chat Model opens the reply in its own words, templates state the facts; no further call',
			},
		],
		default: 'lead',
		description: 'Who words the replies when a Chat Model is connected; confirmations of bookings are always templates',
	},
];

const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000_000));

/** The same options as they may arrive: expressions can give anything. */
export const ModelOptions = v.object({
	moneyPerDay: v.optional(amount, 0),
	chatTokensPerDay: v.optional(v.pipe(amount, v.integer())),
	emoji: v.optional(v.picklist(['none', 'few']), DEFAULT_VOICE.emoji),
	houseRules: v.optional(v.string(), ''),
	inputPricePerMillion: v.optional(amount, 0),
	outputPricePerMillion: v.optional(amount, 0),
	healthFacts: v.optional(v.boolean(), false),
	style: v.optional(v.pipe(v.string(), v.maxLength(MOST_STYLE)), DEFAULT_VOICE.style),
	modelSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(MOST_SECONDS))),
	tone: v.optional(v.picklist(TONES), DEFAULT_VOICE.tone),
	wording: v.optional(v.picklist(WORDINGS), 'lead'),
});

type Options = v.InferOutput<typeof ModelOptions>;

/** Checked options as the core takes them. Throws {@link ParameterError} for those that do not fit together. */
export function modelSettingsOf(options: Options): ModelSettings {
	const { wording, tone, emoji, style, healthFacts } = options;
	return { wording, voice: { tone, emoji, style: style.trim(), houseRules: rulesOf(options.houseRules) }, limits: limitsOf(options), healthFacts };
}

function rulesOf(text: string): readonly string[] {
	const rules = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
	if (rules.length <= MOST_RULES && rules.every((rule) => rule.length <= LONGEST_RULE)) return rules;
	throw new ParameterError('House Rules are too long', `Keep them to ${MOST_RULES} lines of ${LONGEST_RULE} characters; longer texts belong into the knowledge base.`);
}

function limitsOf({ moneyPerDay, chatTokensPerDay, modelSeconds, inputPricePerMillion, outputPricePerMillion }: Options): Partial<ModelLimits> {
	if (moneyPerDay > 0 && inputPricePerMillion + outputPricePerMillion === 0) {
		throw new ParameterError('The budget of money needs prices', 'Fill in Price per Million Input Tokens and Price per Million Output Tokens, or set the budget to 0.');
	}
	return {
		...(chatTokensPerDay === undefined ? {} : { chatTokensPerDay }),
		...(modelSeconds === undefined ? {} : { turnMs: modelSeconds * 1000 }),
		money: {
			...DEFAULT_MODEL_LIMITS.money,
			capPerDay: moneyPerDay === 0 ? null : moneyPerDay * HUNDREDTHS,
			inputPerMillion: inputPricePerMillion * HUNDREDTHS,
			outputPerMillion: outputPricePerMillion * HUNDREDTHS,
		},
	};
}
