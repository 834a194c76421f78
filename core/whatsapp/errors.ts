/** Every way a WhatsApp session can fail by itself, each with the sentence an operator reads. */
const WHATSAPP_FAILURES = {
	client_missing: 'WhatsApp needs the package @whiskeysockets/baileys, which is not installed. In the folder of n8n-nodes-ai-admin run "npm install --no-save --ignore-scripts @whiskeysockets/baileys@7.0.0-rc14", then restart.',
	state_unreadable: 'The stored state of this WhatsApp session cannot be read. The session is stopped and was not linked anew: restore it from a backup, or add the earlier encryption key.',
	state_not_saved: 'The state of this WhatsApp session could not be saved. The session is stopped, because going on would make its messages unreadable later.',
	already_linked: 'This WhatsApp session is already linked. Log it out before linking it anew.',
	lease_lost: 'Another process runs this WhatsApp session now; this one has stopped and saved nothing more.',
	session_held: 'Another process runs this WhatsApp session.',
	not_linked: 'No phone is linked to this WhatsApp session.',
	settings_invalid: 'The settings of this WhatsApp session are not valid.',
	backup_unreadable: 'This is no backup of this WhatsApp session, or the encryption key it was made with is missing.',
} as const;

export type WhatsappFailure = keyof typeof WHATSAPP_FAILURES;

/** A failure of a session. The message is for the operator and holds no keys, phones or texts. */
export class WhatsappError extends Error {
	readonly code: WhatsappFailure;

	constructor(code: WhatsappFailure, detail?: string, cause?: unknown) {
		super(`${WHATSAPP_FAILURES[code]}${detail === undefined ? '' : ` ${detail}`}`, cause === undefined ? undefined : { cause });
		this.name = 'WhatsappError';
		this.code = code;
	}
}
