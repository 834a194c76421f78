import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import type { OutreachContext } from './context';
import { dueFields, dueItems, hoursOf } from './due';

export const getReviewRequests = defineOperation<OutreachContext>({
	value: 'getReviewRequests',
	name: 'Get Due Review Requests',
	action: 'Get due review requests',
	description: 'Clients whose visit is over and who can be asked how it was; nobody more than once in thirty days',
	fields: [
		{ displayName: 'Hours After', name: 'hoursAfter', type: 'number', typeOptions: { minValue: 0, maxValue: 168 }, default: 2, description: 'How long after the end of the visit the client is asked' },
		{ displayName: 'Review Page', name: 'reviewUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/reviews', description: 'Where a review can be left; shown only after a mark of 4 or 5' },
		...dueFields,
	],
	run: (context, i) => dueItems(context, i, 'review', { hoursAfter: hoursOf(context, i, 'hoursAfter', 'Hours After', 2), url: pageOf(textOf(context.parameters.getNodeParameter('reviewUrl', i, ''))) }),
});

function pageOf(url: string): string | null {
	if (url === '') return null;
	if (URL.canParse(url) && new URL(url).protocol === 'https:' && !/\s/.test(url)) return url;
	throw new ParameterError('Review Page is not valid', 'Use an address that begins with https:// and has no spaces, or leave it empty.');
}
