import type { ChannelProfile } from '../message';

/**
 * What the channels carry. n8n's hosted chat shows plain text, so web buttons are extra and the numbered text is
 * enough; WhatsApp Web sessions have no buttons at all; WhatsApp Cloud has three of twenty characters, and a list of ten rows
 * for more.
 */
export const CHANNELS = {
	web: { name: 'web', textLimit: 4096, maxButtons: 6, buttonTitleLimit: 40, delivery: 'reply' },
	telegram: { name: 'telegram', textLimit: 4096, maxButtons: 8, buttonTitleLimit: 40, delivery: 'push' },
	whatsapp_cloud: { name: 'whatsapp_cloud', textLimit: 4096, maxButtons: 10, buttonTitleLimit: 20, delivery: 'push' },
	whatsapp: { name: 'whatsapp', textLimit: 4096, maxButtons: 0, buttonTitleLimit: 0, delivery: 'push', resends: true },
	webhook: { name: 'webhook', textLimit: 4096, maxButtons: 10, buttonTitleLimit: 64, delivery: 'reply' },
} as const satisfies Record<string, ChannelProfile>;

export type ChannelName = keyof typeof CHANNELS;

/** Limits that only some channels have, by channel name. */
interface ButtonLimits {
	/** Longest button id, UTF-8 bytes. */
	readonly idBytes: number;
	/** Longest text that buttons can stand under, characters. */
	readonly bodyLimit: number;
	/** Whether the client's app can share a contact by a button, and a pressed button brings its title along. */
	readonly extras: boolean;
}

const BUTTON_LIMITS: Readonly<Record<string, ButtonLimits>> = {
	telegram: { idBytes: 64, bodyLimit: 4096, extras: true },
	whatsapp_cloud: { idBytes: 200, bodyLimit: 1024, extras: false },
};
const NO_LIMITS: ButtonLimits = { idBytes: Number.POSITIVE_INFINITY, bodyLimit: Number.POSITIVE_INFINITY, extras: false };

/** The profile of a channel by name; a name nobody knows is a generic webhook. */
export function profileOf(name: string): ChannelProfile {
	return Object.hasOwn(CHANNELS, name) ? CHANNELS[name as ChannelName] : CHANNELS.webhook;
}

/** What the channel of this name demands of buttons. */
export function buttonLimitsOf(name: string): ButtonLimits {
	return Object.hasOwn(BUTTON_LIMITS, name) ? (BUTTON_LIMITS[name] ?? NO_LIMITS) : NO_LIMITS;
}
