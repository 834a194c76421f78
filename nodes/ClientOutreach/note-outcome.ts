import * as v from 'valibot';
import { ParameterError } from '../shared/errors';
import { defineOperation } from '../shared/operation';
import type { OutreachContext } from './context';

/** An item of Booking Agent's Event output. */
const Ended = v.object({ notice: v.pipe(v.string(), v.nonEmpty()), outcome: v.picklist(['said', 'later', 'never']), why: v.optional(v.nullable(v.string()), null) });

export const noteOutcome = defineOperation<OutreachContext>({
	value: 'noteOutcome',
	name: 'Note Outcome',
	action: 'Note outcome of message',
	description: "Note what became of a message, from Booking Agent's Event output: what was put off comes again",
	fields: [],
	async run({ item, outreach, tenant }) {
		const parsed = v.safeParse(Ended, item);
		if (!parsed.success) {
			throw new ParameterError('The item tells of no message', 'Connect the Event output of Booking Agent (operation Write First), and let only items of type "notice" through.');
		}
		const { notice, outcome, why } = parsed.output;
		return { salonId: tenant, notice, outcome, why, isKnown: await outreach.end(notice, outcome, why) };
	},
});
