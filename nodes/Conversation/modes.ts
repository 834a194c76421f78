import type { INodeProperties } from 'n8n-workflow';
import type { Instant } from '../../core/booking';
import { wholeNumberOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { now } from '../shared/salon';
import type { ConversationContext } from './context';
import { chatFields } from './fields';
import { readConversation } from './items';

const YEAR_MINUTES = 525_600;

const durationFields: readonly INodeProperties[] = [
	{
		displayName: 'Until Resumed',
		name: 'untilResumed',
		type: 'boolean',
		default: false,
		description: 'Whether the assistant stays silent until Resume is run',
	},
	{
		displayName: 'Minutes',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { untilResumed: [false] } },
		default: 60,
		description: 'How long the assistant stays silent',
	},
];

export const pauseConversation = defineOperation<ConversationContext>({
	value: 'pause',
	name: 'Pause',
	action: 'Pause conversation',
	description: 'Silence the assistant in a chat for a while; messages are kept',
	fields: [...chatFields, ...durationFields],
	run: (context, i) => silence(context, 'paused', i),
});

export const handOverConversation = defineOperation<ConversationContext>({
	value: 'handOver',
	name: 'Hand Over',
	action: 'Hand over conversation',
	description: 'Give a chat to a person; the assistant is silent from the next sentence on',
	fields: [...chatFields, ...durationFields],
	run: (context, i) => silence(context, 'human', i),
});

export const resumeConversation = defineOperation<ConversationContext>({
	value: 'resume',
	name: 'Resume',
	action: 'Resume conversation',
	description: 'Let the assistant answer a chat again',
	fields: chatFields,
	async run({ conversations, chat }, i) {
		const key = chat(i);
		const at = now();
		await conversations.setMode(key, 'bot', null, at);
		return readConversation(conversations, key, at);
	},
});

async function silence({ parameters, conversations, chat }: ConversationContext, mode: 'paused' | 'human', i: number): Promise<object> {
	const key = chat(i);
	const at = now();
	const forever = parameters.getNodeParameter('untilResumed', i, false) === true;
	const until = forever ? null : untilOf(at, parameters.getNodeParameter('minutes', i, 60));
	await conversations.setMode(key, mode, until, at);
	return readConversation(conversations, key, at);
}

function untilOf(at: Instant, minutes: unknown): Instant {
	return new Date(Date.parse(at) + wholeNumberOf(minutes, 'Minutes', { min: 1, max: YEAR_MINUTES }) * 60_000).toISOString();
}
