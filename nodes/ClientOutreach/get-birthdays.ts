import { defineOperation } from '../shared/operation';
import { consentField } from './consent';
import type { OutreachContext } from './context';
import { dueFields, dueItems } from './due';

export const getBirthdays = defineOperation<OutreachContext>({
	value: 'getBirthdays',
	name: 'Get Due Birthday Greetings',
	action: 'Get due birthday greetings',
	description: "Clients whose birthday is today by the branch's calendar; 29 February is kept on the 28th where the year has none",
	fields: [consentField, ...dueFields],
	run: (context, i) => dueItems(context, i, 'birthday', { needsConsent: context.parameters.getNodeParameter('needsConsent', i, true) !== false }),
});
