import { createHash } from 'node:crypto';
import { INVISIBLE } from '../invisible';

/** WhatsApp's own limit of a text. */
const LONGEST_TEXT = 65_536;
const LONGEST_NAME = 100;
const ID = /^[\x21-\x7e]{1,128}$/;
/** Digits with an optional agent and device: what a person's address looks like. */
const USER_JID = /^(\d{5,20})(?:[_:]\d{1,5}){0,2}@(s\.whatsapp\.net|lid|c\.us|hosted|hosted\.lid)$/;

/** A text of the client, or nothing of it that is no text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '');

export const textOrNull = (value: unknown): string | null => textOf(value) || null;

/** One line without control characters, for names that people give themselves. */
export function nameOf(value: unknown): string | null {
	const name = textOf(value)
		.replace(INVISIBLE, ' ')
		.trim()
		.slice(0, LONGEST_NAME);
	return name === '' ? null : name;
}

/** A number that may have come as a 64-bit object; null for anything that is none or too large to be exact. */
export function numberOf(value: unknown): number | null {
	if (value === null || value === undefined) return null;
	const plain = typeof value === 'object' && 'toNumber' in value && typeof value.toNumber === 'function' ? (value.toNumber as () => unknown)() : value;
	const number = typeof plain === 'string' && plain !== '' ? Number(plain) : plain;
	return typeof number === 'number' && Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : null;
}

/** An id as it is stored: senders choose ids, and one that no table should hold stands under its digest. */
export function idOf(value: unknown): string | null {
	if (typeof value !== 'string' || value === '') return null;
	return ID.test(value) ? value : `sha256:${createHash('sha256').update(value).digest('hex')}`;
}

/** The address of a person without device: `…@lid` or `…@s.whatsapp.net`; null for groups and anything else. */
export function userJid(value: unknown): string | null {
	const [, user, server] = (typeof value === 'string' && USER_JID.exec(value)) || [];
	if (user === undefined || server === undefined) return null;
	return `${user}@${server === 'lid' || server === 'hosted.lid' ? 'lid' : 's.whatsapp.net'}`;
}

export const isLid = (jid: string): boolean => jid.endsWith('@lid');

/** The digits of a phone's address; null for a LID, whose digits only look like a number. */
export const phoneOf = (jid: string): string | null => (isLid(jid) ? null : jid.slice(0, jid.indexOf('@')));

/** The address of a phone with these digits. */
export const pnOf = (phone: string): string => `${phone}@s.whatsapp.net`;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
