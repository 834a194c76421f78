/** Why a message was not taken, or not sent after all: codes of `wa_outbox.error`, each with the sentence an operator reads. */
export const OUTBOUND_REFUSALS = {
	bad_order: 'The message cannot be sent as it is.',
	bad_recipient: 'The recipient is neither a phone number nor the id of a personal chat. Groups, channels and status are not served.',
	media_too_large: 'The file is larger than this session may send. Send a smaller one, or raise the limit in the settings of the session.',
	media_missing: 'The bytes of the file are not there any more. Send the message again with its file.',
	voice_not_opus: 'A voice message has to be Opus in an Ogg file. Convert the recording first, or send it as audio.',
	person_stopped: 'This person asked not to be written to. Only an answer to something they wrote within the last day is sent.',
	not_opted_in: 'This person never wrote to this number and has not agreed to be written to first. Set "has agreed" when they did.',
	not_on_whatsapp: 'This phone number does not use WhatsApp.',
	reach_out_locked: 'WhatsApp did not let this number begin the chat (code 463). The message is not tried again, and new chats of this number wait; chats with people who wrote go on.',
	stale_devices: 'WhatsApp refused the message as malformed (code 479), also after the list of the person\'s devices was read anew.',
	no_keys: 'WhatsApp has no keys of this person\'s devices, so that nothing can be encrypted for them. They have to open WhatsApp first.',
	upload_failed: 'The file could not be uploaded to WhatsApp, also when it was tried again.',
	no_answer: 'WhatsApp never confirmed the message, also when it was sent again under the same id. It may have arrived.',
	not_sent: 'The client could not send the message, also when it was tried again.',
	unreadable: 'What was queued, or its file, cannot be read: it was stored with an encryption key that is not configured, or is damaged.',
	server_refused: 'WhatsApp refused the message.',
} as const;

export type OutboundRefusal = keyof typeof OUTBOUND_REFUSALS;

const SERVER = /^server_(\d{1,5})$/;
/** Codes of the server that have a name here. */
const NAMED: Readonly<Record<number, OutboundRefusal>> = { 463: 'reach_out_locked', 479: 'stale_devices' };

/** The code to store for a message that the server refused with a number. */
export function serverRefusal(code: number): string {
	return NAMED[code] ?? `server_${code}`;
}

/** The sentence of a stored code; whatever the code is, there is one. */
export function explainRefusal(code: string): string {
	const number = SERVER.exec(code)?.[1];
	if (number !== undefined) return `${OUTBOUND_REFUSALS.server_refused} Its code is ${number}.`;
	return code in OUTBOUND_REFUSALS ? OUTBOUND_REFUSALS[code as OutboundRefusal] : OUTBOUND_REFUSALS.server_refused;
}

/** A message that will never be sent; thrown inside, told outside as a code. */
export class Refused extends Error {
	constructor(readonly code: OutboundRefusal) {
		super(OUTBOUND_REFUSALS[code]);
		this.name = 'Refused';
	}
}
