import type { Act, VisitWords } from '../../acts';
import { type Facts, factsOf } from '../rules-facts';
import type { UnderstandInput } from '../understander';
import { whensOf } from './ground-when';

const MOST_ACTS = 4;
const UNSURE = 0.5;
const FIELDS = ['serviceText', 'whenText', 'staffText', 'forOther', 'nameText', 'phoneText'] as const;

type Visit = Extract<Act, { type: 'book' | 'fill' }>;

/**
 * What a model understood together with what the rules read for sure: a phone, a date, a service or a person in plain
 * words is not lost because the model passed over it. Null when the rules' own reading is to be used.
 */
export function merged(input: UnderstandInput, byModel: readonly Act[], byRules: readonly Act[], confidence: number): readonly Act[] | null {
	const acts = byModel.filter((act) => act.type !== 'none');
	if (acts.length === 0) return saysNothing(byRules) ? (byModel.length === 0 ? null : byModel) : null;
	if (confidence < UNSURE && !saysNothing(byRules) && !sameKinds(acts, byRules)) return null;
	return withLostWords(input, joined(acts, byRules), byRules).slice(0, MOST_ACTS);
}

function saysNothing(acts: readonly Act[]): boolean {
	return acts.every((act) => act.type === 'none');
}

function sameKinds(left: readonly Act[], right: readonly Act[]): boolean {
	const kinds = (acts: readonly Act[]): string => [...new Set(acts.map(({ type }) => (type === 'book' ? 'fill' : type)))].sort().join();
	return kinds(left) === kinds(right);
}

function withLostWords(input: UnderstandInput, acts: readonly Act[], byRules: readonly Act[]): readonly Act[] {
	const sure = sureWords(input, byRules);
	const lost = Object.fromEntries(FIELDS.filter((field) => sure[field] !== undefined && !isTold(acts, field)).map((field) => [field, sure[field]])) as VisitWords;
	if (Object.keys(lost).length === 0) return acts;
	const at = acts.findIndex(isVisit);
	if (at >= 0) return acts.map((act, index) => (index === at ? { ...lost, ...act } : act));
	// Without a visit in the model's reading only a contact is added: a date may belong to what it read instead.
	const { nameText, phoneText } = lost;
	if (phoneText === undefined || acts.some(({ type }) => type === 'human' || type === 'stop')) return acts;
	return [...acts.slice(0, MOST_ACTS - 1), { type: 'fill', ...(nameText === undefined ? {} : { nameText }), phoneText }];
}

/** Services of one visit that a model took for visits of their own: the rules read one, and at most one has a time. */
function joined(acts: readonly Act[], byRules: readonly Act[]): readonly Act[] {
	const books = acts.filter((act) => act.type === 'book');
	const visits = byRules.filter(isVisit);
	const [visit] = visits;
	const apart = new Set(books.map(({ whenText }) => whenText)).size === books.length && books.filter(({ whenText }) => whenText !== undefined).length > 1;
	if (books.length < 2 || visits.length !== 1 || visit?.serviceText === undefined || apart) return acts;
	const one: Act = { ...books.reduce((sum, book) => ({ ...book, ...sum })), serviceText: visit.serviceText };
	return [one, ...acts.filter((act) => act.type !== 'book')];
}

function isVisit(act: Act): act is Visit {
	return act.type === 'book' || act.type === 'fill';
}

/** Words of a visit by the rules that leave no room for another reading. */
function sureWords(input: UnderstandInput, byRules: readonly Act[]): VisitWords {
	const facts = factsOf(input, input.text);
	const visits = byRules.filter(isVisit);
	const [visit] = visits;
	const when = byRules.flatMap(whensOf);
	const guessed = facts.service === null || facts.service.groups.some((group) => group.guessed);
	return {
		...(facts.phone === null ? {} : { phoneText: facts.phone.text }),
		...(when.length === 1 && namesMoment(facts) ? { whenText: when[0] } : {}),
		...(visits.length === 1 && visit !== undefined
			? {
					...(guessed || visit.serviceText === undefined ? {} : { serviceText: visit.serviceText }),
					...(facts.staff !== null && facts.staff.ids.length === 1 && visit.staffText !== undefined ? { staffText: visit.staffText } : {}),
					...(facts.guest !== null && visit.forOther !== undefined ? { forOther: visit.forOther } : {}),
					...(facts.name !== null && visit.nameText !== undefined ? { nameText: visit.nameText } : {}),
				}
			: {}),
	};
}

/** A day, a time or a part of the day; «пораньше» may be a habit. */
function namesMoment({ when }: Facts): boolean {
	const { date, dates, time, part } = when?.reading ?? {};
	return typeof date === 'string' || dates !== undefined || time !== undefined || part !== undefined;
}

type Field = (typeof FIELDS)[number];

const CORRECTED: Readonly<Record<Field, string>> = { serviceText: 'service', whenText: 'when', staffText: 'staff', forOther: 'guest', nameText: 'name', phoneText: 'phone' };

/** Whether the model's acts speak of a field already, in whatever act; a pick speaks of service, time and person. */
function isTold(acts: readonly Act[], field: Field): boolean {
	return acts.some((act) => {
		if (act.type === 'pick') return field === 'serviceText' || field === 'whenText' || field === 'staffText';
		if (act.type === 'correct') return act.field === CORRECTED[field];
		if (act.type === 'ask') return field === 'serviceText';
		if (act.type === 'manage') return field !== 'phoneText' && field !== 'nameText';
		return isVisit(act) && act[field] !== undefined;
	});
}
