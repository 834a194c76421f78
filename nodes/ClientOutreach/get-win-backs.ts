import { defineOperation } from '../shared/operation';
import { consentField } from './consent';
import type { OutreachContext } from './context';
import { dueFields, dueItems } from './due';

export const getWinBacks = defineOperation<OutreachContext>({
	value: 'getWinBacks',
	name: 'Get Due Win-Backs',
	action: 'Get due win backs',
	description: 'Clients who used to come, are later than usual and have nothing booked; nobody more than once in sixty days',
	fields: [consentField, ...dueFields],
	run: (context, i) => dueItems(context, i, 'win_back', { needsConsent: context.parameters.getNodeParameter('needsConsent', i, true) !== false }),
});
