/** Talks to a Chat Trigger as n8n's own chat page does. */

/** @typedef {{ text: string, buttons: { text: string, value: string }[], raw: unknown }} ChatReply */

/**
 * @param {string} url of n8n
 * @param {string} webhookId of the Chat Trigger node
 */
export function chatAddress(url, webhookId) {
	return `${url}/webhook/${webhookId}/chat`;
}

/**
 * @param {string} address from chatAddress
 * @param {string} sessionId the same for one conversation
 * @param {string} chatInput what the client writes
 * @returns {Promise<ChatReply>}
 */
export async function sendChatMessage(address, sessionId, chatInput) {
	const response = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId, chatInput }),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`The chat answered ${response.status}: ${text.slice(0, 300)}`);
	return readReply(text);
}

/** @param {string} text @returns {ChatReply} */
export function readReply(text) {
	let raw;
	try {
		raw = text === '' ? {} : JSON.parse(text);
	} catch {
		return { text, buttons: [], raw: text };
	}
	const item = Array.isArray(raw) ? raw[0] ?? {} : raw;
	const reply = item.output ?? item.text ?? item.message ?? '';
	return { text: typeof reply === 'string' ? reply : JSON.stringify(reply), buttons: readButtons(item.buttons), raw };
}

/** @param {unknown} buttons rows or a flat list; a button is its text, or an object with a text @returns {ChatReply['buttons']} */
function readButtons(buttons) {
	if (!Array.isArray(buttons)) return [];
	return buttons.flat().flatMap((button) => {
		const text = typeof button === 'string' ? button : button?.text ?? button?.title ?? button?.label;
		return typeof text === 'string' ? [{ text, value: String(button?.value ?? text) }] : [];
	});
}
