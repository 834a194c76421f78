import type { INodeProperties } from 'n8n-workflow';

/** For messages that nobody asked for. */
export const consentField: INodeProperties = {
	displayName: 'Only With Consent',
	name: 'needsConsent',
	type: 'boolean',
	default: true,
	description: 'Whether to write only to clients whose consent is noted (Client Profile: Update Notes). Many countries, Russia among them, demand it for advertising.',
};
