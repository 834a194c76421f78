import { hasAny, lexicon, toWords } from '../../language/words';
import type { Act } from '../acts';
import { type Facts, factsOf } from './rules-facts';
import { CANCEL, LIST, MOVE, OWN_VISIT, WILL_NOT_COME } from './rules-lexicon';
import type { UnderstandInput } from './understander';

type Manage = Extract<Act, { type: 'manage' }>;

/** A wish about an own visit: to see, cancel or move it. Null when the text is none. */
export function readManage(input: UnderstandInput, facts: Facts): Manage | null {
	const { words } = facts;
	// «перенесите на пятницу» said of the visit in hand changes that visit, not one in the calendar.
	const ofDraft = input.bookingInProgress && !input.managing && !hasAny(words, OWN_VISIT);
	if (hasAny(words, MOVE)) return ofDraft ? null : moveOf(input, facts);
	const gives = hasAny(words, CANCEL) || hasAny(words, WILL_NOT_COME);
	if (gives) return ofDraft ? null : (replaced(input, facts) ?? cancelOf(facts, facts.text));
	return hasAny(words, LIST) ? { type: 'manage', op: 'list' } : null;
}

/** `record` is the stretch of the text that may name the visit. */
function cancelOf(facts: Facts, record: string): Manage {
	const named = facts.service !== null || facts.when !== null || facts.staff !== null;
	return { type: 'manage', op: 'cancel', ...(named ? { recordText: record.trim() } : {}) };
}

/** In «не получится завтра, перенесите на понедельник» only the day after the refusal is the new one. */
function moveOf(input: UnderstandInput, facts: Facts): Manage {
	const end = clauseEnd(facts.text);
	const excused = end !== null && hasAny(toWords(facts.text.slice(0, end)), WILL_NOT_COME);
	const goal = excused ? factsOf(input, facts.text.slice(end)) : facts;
	const record = facts.service?.text;
	return {
		type: 'manage',
		op: 'move',
		...(record === undefined ? {} : { recordText: record }),
		...(goal.when === null ? {} : { whenText: goal.when.text }),
		...(goal.staff === null ? {} : { staffText: goal.staff.text }),
	};
}

const another = lexicon(['записаться|запишите|записать|перезаписаться|можно|давайте|лучше|смогу|могу', 'book|come|can|rather|instead']);

/** «не смогу в пятницу, можно в субботу?», «отменить и записаться на пятницу»: a day instead of a day is a move. */
function replaced(input: UnderstandInput, facts: Facts): Manage | null {
	const end = clauseEnd(facts.text);
	if (end === null) return null;
	const after = factsOf(input, facts.text.slice(end));
	if (!hasAny(after.words, another)) return null;
	const before = factsOf(input, facts.text.slice(0, end));
	if (after.when === null || after.service !== null) return cancelOf(before, before.text);
	const record = before.service?.text ?? before.when?.text;
	return { type: 'manage', op: 'move', ...(record === undefined ? {} : { recordText: record }), whenText: after.when.text };
}

/** Where the first clause ends; null when there is only one. */
function clauseEnd(text: string): number | null {
	const joint = /[,.;!?\n]+\s*|\s(?:и|and)\s(?=\s*(?:запи|book))/iu.exec(text);
	const end = joint === null ? text.length : joint.index + joint[0].length;
	return end < text.trimEnd().length ? end : null;
}
