import type { Phrase } from './phrase';
import type { Role } from './vocabulary/word';

export type LeadRole = 'in' | 'at' | 'on' | 'toward' | 'before' | 'after' | 'from' | 'through' | 'between' | 'until' | 'for' | 'about';

/** The words before a day or a time: «не раньше», «часов в», «ближе к», "no later than". */
export interface Lead {
	role: LeadRole | undefined;
	end: number;
}

const PREPOSITIONS: ReadonlySet<Role> = new Set<Role>([
	'in', 'at', 'on', 'toward', 'before', 'after', 'from', 'through', 'between', 'until', 'for',
]);

/** A chain of softening words longer than this is no speech; the bound keeps the scan linear. */
const MOST_SOFT_TOKENS = 6;

/** Reads the lead that starts here; an empty one ends where it starts. */
export function readLead(phrase: Phrase, start: number): Lead {
	let index = skipSoft(phrase, start);
	const bound = readBound(phrase, index);
	if (bound !== undefined) {
		index = skipSoft(phrase, bound.end);
		const inner = readPreposition(phrase, index);
		return { role: bound.role, end: inner === undefined ? index : skipSoft(phrase, inner.end) };
	}
	if (phrase.is(index, 'close') || phrase.is(index, 'starting')) index += 1;
	const preposition = readPreposition(phrase, index);
	if (preposition !== undefined) return { role: preposition.role, end: skipSoft(phrase, preposition.end) };
	const softened = index > start;
	return { role: softened && !phrase.word(start).manyUnits ? 'about' : undefined, end: softened ? index : start };
}

function readPreposition(phrase: Phrase, index: number): { role: LeadRole; end: number } | undefined {
	const role = phrase.role(index);
	// English "in" is a preposition of days and also the «через» of spans of time.
	if (phrase.text(index) === 'in') return { role: 'in', end: index + 1 };
	if (role === undefined || !PREPOSITIONS.has(role)) return undefined;
	return { role: role as LeadRole, end: index + 1 };
}

/** «не раньше», «позже чем», "no later than". */
function readBound(phrase: Phrase, start: number): { role: 'before' | 'after'; end: number } | undefined {
	const negated = phrase.is(start, 'not');
	const index = negated ? start + 1 : start;
	const role = phrase.role(index);
	if (role !== 'sooner' && role !== 'later') {
		if (!negated || (role !== 'before' && role !== 'after') || !/^[a-z]+$/.test(phrase.text(index))) return undefined;
		return { role: role === 'before' ? 'after' : 'before', end: index + 1 };
	}
	const end = phrase.is(index + 1, 'than') ? index + 2 : index + 1;
	return { role: (role === 'sooner') === negated ? 'after' : 'before', end };
}

/** «примерно», «где-то», «часов», «часам»: they soften the number and add nothing. */
function skipSoft(phrase: Phrase, start: number): number {
	let index = start;
	while (index < start + MOST_SOFT_TOKENS) {
		if (phrase.is(index, 'about')) index += 1;
		else if (phrase.text(index) === 'где' && phrase.sign(index + 1, '-') && phrase.text(index + 2) === 'то') index += 3;
		else if (phrase.text(index) === 'где' && phrase.text(index + 1) === 'то') index += 2;
		else if (isHoursBeforePreposition(phrase, index)) index += 1;
		else if (index > start && phrase.word(index).unit === 'hour' && phrase.word(index).manyUnits && isNumeral(phrase, index + 1)) index += 1;
		else if (phrase.is(index, 'the') && index > start) index += 1;
		else return index;
	}
	return index;
}

function isHoursBeforePreposition(phrase: Phrase, index: number): boolean {
	const { unit, manyUnits } = phrase.word(index);
	if (unit !== 'hour' || !manyUnits || isNumeral(phrase, index - 1)) return false;
	// «часа на два» is a length; «часов на пять» is about five o'clock.
	return phrase.is(index + 1, 'in', 'toward', 'before', 'after', 'from') || (phrase.text(index) === 'часов' && phrase.is(index + 1, 'on'));
}

function isNumeral(phrase: Phrase, index: number): boolean {
	return phrase.digits(index) !== undefined || phrase.word(index).cardinal !== undefined;
}
