import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../errors';

/** Which number of a salon is meant. */
export const sessionField: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'string',
	default: 'main',
	required: true,
	placeholder: 'e.g. main',
	description: 'Name of the linked WhatsApp number. A salon with two numbers has two sessions; use the same name in every WhatsApp node of a number.',
};

const SESSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Checks the name of a session. Throws {@link ParameterError} for text that cannot name one. */
export function sessionOf(value: unknown): string {
	if (typeof value === 'string' && SESSION.test(value.trim())) return value.trim();
	throw new ParameterError('Session is not valid', 'Use up to 64 letters, digits, dots, hyphens or underscores, for example "main".');
}
