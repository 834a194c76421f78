import { hasAny } from '../../language/words';
import type { Act } from '../acts';
import type { Facts } from './rules-facts';
import { CANCEL, LIST, MOVE, OWN_VISIT, WILL_NOT_COME } from './rules-lexicon';
import type { UnderstandInput } from './understander';

type Manage = Extract<Act, { type: 'manage' }>;
type Operation = Manage['op'];

/** A wish about an own visit: to see, cancel or move it. Null when the text is none. */
export function readManage(input: UnderstandInput, facts: Facts): Manage | null {
	const op = operationOf(input, facts);
	if (op === null) return null;
	if (op === 'list') return { type: 'manage', op };
	if (op === 'cancel') {
		const record = facts.service !== null || facts.when !== null || facts.staff !== null ? facts.text.trim() : undefined;
		return { type: 'manage', op, ...(record === undefined ? {} : { recordText: record }) };
	}
	const { when, service, staff } = facts;
	return {
		type: 'manage',
		op,
		...(service === null ? {} : { recordText: service.text }),
		...(when === null ? {} : { whenText: when.text }),
		...(staff === null ? {} : { staffText: staff.text }),
	};
}

function operationOf(input: UnderstandInput, facts: Facts): Operation | null {
	const { words } = facts;
	// «перенесите на пятницу» said of the visit in hand changes that visit, not one in the calendar.
	const ofDraft = input.bookingInProgress && !input.managing && !hasAny(words, OWN_VISIT);
	if (hasAny(words, MOVE)) return ofDraft ? null : 'move';
	if (hasAny(words, CANCEL)) return ofDraft ? null : 'cancel';
	if (hasAny(words, WILL_NOT_COME)) return comesAnotherDay(facts) ? 'move' : ofDraft ? null : 'cancel';
	return hasAny(words, LIST) ? 'list' : null;
}

/** «не смогу в пятницу, можно в субботу?»: a day after the refusal. */
function comesAnotherDay(facts: Facts): boolean {
	const clauses = facts.text.split(/[,.;!?\n]/);
	const spans = facts.when?.reading.spans ?? [];
	const firstEnd = clauses[0]?.length ?? 0;
	return spans.length > 1 && spans.some((span) => span[0] > firstEnd);
}
