/** Keyboards as Telegram takes them. */
export interface InlineButton {
	readonly text: string;
	readonly callback_data?: string;
	readonly url?: string;
}
export interface KeyboardButton {
	readonly text: string;
	readonly request_contact?: boolean;
}
export interface Markup {
	readonly inline_keyboard?: readonly (readonly InlineButton[])[];
	readonly keyboard?: readonly (readonly KeyboardButton[])[];
	readonly remove_keyboard?: boolean;
	readonly one_time_keyboard?: boolean;
}

const KINDS = ['inline_keyboard', 'keyboard', 'remove_keyboard', 'force_reply'] as const;
const DATA_BYTES = 64;

/** Why Telegram refuses a keyboard, or null. An empty object is no keyboard. */
export function markupMistake(markup: unknown, isPrivate: boolean): string | null {
	if (markup === undefined || markup === null) return null;
	if (typeof markup !== 'object') return "can't parse reply keyboard markup JSON object";
	const given = markup as Markup;
	if (Object.keys(given).length > 0 && !KINDS.some((kind) => kind in given)) return "can't parse reply keyboard markup JSON object";
	for (const button of (given.inline_keyboard ?? []).flat()) {
		if (typeof button.text !== 'string' || button.text.trim() === '') return 'text buttons are unallowed in the inline keyboard';
		if ([button.callback_data, button.url].filter((one) => one !== undefined).length !== 1) return 'BUTTON_TYPE_INVALID';
		if (button.callback_data !== undefined && !fits(button.callback_data)) return 'BUTTON_DATA_INVALID';
	}
	for (const button of (given.keyboard ?? []).flat()) {
		if (typeof button.text !== 'string' || button.text.trim() === '') return 'keyboard button text is empty';
		if (button.request_contact === true && !isPrivate) return 'phone number can be requested in private chats only';
	}
	return null;
}

function fits(data: unknown): boolean {
	return typeof data === 'string' && data !== '' && Buffer.byteLength(data) <= DATA_BYTES;
}
