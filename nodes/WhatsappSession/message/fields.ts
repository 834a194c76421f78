import type { INodeProperties } from 'n8n-workflow';

/** Whom to write to. */
export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '={{ $json.chatId }}',
	placeholder: 'e.g. +7 916 123-45-67',
	description: 'Chat ID as the trigger puts it out, or a phone number with its country code',
};

/** A conversation that exists. */
export const chatField: INodeProperties = { ...toField, displayName: 'Chat ID', placeholder: 'e.g. 182736455463728@lid', description: 'Chat ID as the trigger puts it out' };

/** A message that is meant: to answer, change or mark it. */
export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 3EB0C767D26B8A1F',
	description: 'ID of the message, as the trigger or an earlier send puts it out',
};

export const textField: INodeProperties = { displayName: 'Text', name: 'text', type: 'string', typeOptions: { rows: 3 }, required: true, default: '', description: 'Text of the message' };

export const binaryField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input field containing the binary file data',
	description: 'Which file of the item to send',
};

const waitOption: INodeProperties = {
	displayName: 'Wait (Seconds)',
	name: 'waitSeconds',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 300 },
	default: 30,
	description: 'How long to wait until WhatsApp has taken the message; after that the state is "unknown" or "queued", and the message is still sent',
};
const keyOption: INodeProperties = {
	displayName: 'Operation Key',
	name: 'operationKey',
	type: 'string',
	default: '',
	description: 'The same key sends once, whatever runs again. Without one the same message for an item with turnId or messageId is sent once to the same recipient, also by a retry; for any other item a retry, which is a new execution, sends again.',
};
const answerOption: INodeProperties = {
	displayName: 'Answers the Person',
	name: 'isAnswer',
	type: 'boolean',
	default: false,
	description: 'Whether the message answers something the person wrote: typing is shown before it, and an earlier "stop" does not hold it back',
};
const agreedOption: INodeProperties = {
	displayName: 'Has Agreed',
	name: 'hasAgreed',
	type: 'boolean',
	default: false,
	description: 'Whether the person agreed to be written to first; without it only people who wrote to this number are written to',
};
const laterOption: INodeProperties = { displayName: 'Not Before', name: 'notBefore', type: 'dateTime', default: '', description: 'Hold the message back until then, which is a time in the zone of the workflow where it names no offset; the node does not wait for it' };

const collection = (options: readonly INodeProperties[]): INodeProperties => ({ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [...options] });

/** Options of a message that may begin a conversation. */
export const sendOptions = collection([answerOption, agreedOption, laterOption, keyOption, waitOption]);
/** Options of a reply of Booking Agent, which says itself whether it answers. */
export const replyOptions = collection([agreedOption, keyOption, waitOption]);
/** Options of an answer. */
export const answerOptions = collection([keyOption, waitOption]);
