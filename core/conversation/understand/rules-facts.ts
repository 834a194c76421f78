import { fullNamesOf } from '../../language/firstname';
import { stripGreeting } from '../../language/greeting';
import type { NameGroup } from '../../language/match';
import { STOP_WORDS } from '../../language/lexicon/stopwords';
import { parseWhen, type WhenReading } from '../../language/when';
import { blanked, fold, hasAny, lexicon, type Span, toWords, type Words } from '../../language/words';
import { findPeople, findServices, findStaff, saysAnyone, serviceTitles } from './resolve';
import { findGuest, findNameBeside, findNameIntroduction, findPhoneLike } from './rules-contact';
import type { UnderstandInput } from './understander';

/** The client's own words for something, with their place. */
export interface Said {
	readonly text: string;
	readonly span: Span;
}

/** What a text names, each as the client's own words. */
export interface Facts {
	/** Without its greeting. */
	readonly text: string;
	readonly words: Words;
	readonly greeted: boolean;
	readonly asks: boolean;
	readonly when: (Said & { readonly reading: WhenReading }) | null;
	readonly service: (Said & { readonly groups: readonly NameGroup[] }) | null;
	/** `text` is `any` when the client does not care; `ids` is empty for a person who is not in the catalogue. */
	readonly staff: (Said & { readonly ids: readonly string[] }) | null;
	readonly guest: Said | null;
	readonly name: Said | null;
	readonly phone: Said | null;
}

const stopWords = new Set<string>(STOP_WORDS);
const TO_PERSON = new Set(['к', 'ко', 'у', 'мастеру', 'мастера', 'k', 'u', 'with', 'to', 'see']);
const NEGATION = new Set(['не', 'вместо', 'not', 'except', 'кроме']);
const LONGEST_GAP = 12;
const anyDay = lexicon(['любой|любое|любую|любая день|время|дату|дата|час|услуг*', 'any time|day|date|slot', 'без разницы когда|какой|какое', 'неважно когда|какой|какое', 'все равно когда|какой|какое|во']);

/** Reads what a text names. `text` is one text or a stretch of it. */
export function factsOf(input: UnderstandInput, text: string): Facts {
	const { greeted, rest } = stripGreeting(text);
	const words = toWords(rest);
	const phone = findPhoneLike(rest);
	const name = findNameIntroduction(rest, words) ?? (phone === null ? null : findNameBeside(rest, words, phone.span));
	const guest = findGuest(rest, words, (span) => findPeople(toWords(blanked(rest, outside(span, rest.length))), input.catalogue).length > 0);
	const free = blanked(rest, [phone?.span, name?.span]);
	const named = findServices(free, input.catalogue).filter((group) => !isNegated(group.span, words));
	// «записать детей» says who comes, not that it is the children's haircut.
	const groups = named.filter((group) => !group.guessed || guest === null || !overlaps(group.span, guest.span));
	const titles = groups.filter((group) => isWholeTitle(rest, group, input)).map((group) => group.span);
	const when = readWhen(input, rest, blanked(free, [...titles, guest?.span]), groups);
	const staff = readStaff(input, blanked(free, [guest?.span, ...(when?.reading.spans ?? [])]), words);
	const service = readService(rest, groups);
	return { text: rest, words, greeted, asks: rest.includes('?'), when, service, staff, guest, name, phone };
}

/** Whether a text names anything of a visit. */
export function namesVisit(facts: Facts): boolean {
	return facts.when !== null || facts.service !== null || facts.staff !== null || facts.guest !== null;
}

function overlaps(left: Span, right: Span): boolean {
	return left[0] < right[1] && right[0] < left[1];
}

function outside(span: Span, length: number): Span[] {
	return [[0, span[0]], [span[1], length]];
}

/** «окрашивание в один тон» holds no one o'clock: the words of a title said as they stand are not read as a time. */
function isWholeTitle(text: string, group: NameGroup, input: UnderstandInput): boolean {
	const said = fold(text.slice(group.span[0], group.span[1]));
	return said.includes(' ') && group.ids.some((id) => serviceTitles(input.catalogue, id).some((title) => fold(title).includes(said)));
}

function isNegated(span: Span, words: Words): boolean {
	const index = words.list.findIndex((word) => word.from >= span[0]);
	const before = words.list[index - 1]?.text ?? '';
	const further = words.list[index - 2]?.text ?? '';
	return NEGATION.has(before) || (NEGATION.has(further) && stopWords.has(before) && before !== 'а');
}

function readWhen(input: UnderstandInput, text: string, masked: string, groups: readonly NameGroup[]): Facts['when'] {
	const { zone, workingHours } = input.catalogue.company;
	const reading = parseWhen(masked, { now: input.now, zone, workingHours });
	if (reading.none === true || reading.spans.length === 0) return null;
	const spans = [...reading.spans].sort((left, right) => left[0] - right[0]);
	const first = spans[0]?.[0] ?? 0;
	const whole = spans.every((one, index) => index === 0 || isBridge(text, masked, [spans[index - 1]?.[1] ?? 0, one[0]], groups));
	const span: Span = [withNegation(text, first), Math.max(...spans.map((one) => one[1]))];
	const said = whole ? text.slice(span[0], span[1]) : spans.map((one) => text.slice(one[0], one[1]).trim()).join(' ');
	return { text: said.trim(), span, reading };
}

/** «не завтра, а послезавтра»: without its «не» the phrase would say the opposite. */
function withNegation(text: string, from: number): number {
	return from - (/(?<![\p{L}])(?:не|not) *$/iu.exec(text.slice(0, from))?.[0].length ?? 0);
}

/** Words between two parts of a date that belong to nothing else. */
function isBridge(text: string, masked: string, gap: Span, groups: readonly NameGroup[]): boolean {
	const between = text.slice(gap[0], gap[1]);
	const free = !groups.some((group) => group.span[0] < gap[1] && group.span[1] > gap[0]);
	return free && between === masked.slice(gap[0], gap[1]) && (between.length <= LONGEST_GAP || /^[\s\p{P}]*$/u.test(between));
}

function readService(text: string, groups: readonly NameGroup[]): Facts['service'] {
	const [first] = groups;
	const last = groups[groups.length - 1];
	if (first === undefined || last === undefined) return null;
	const parts = groups.map((group) => text.slice(group.span[0], group.span[1]));
	const joined = groups.every((group, index) => {
		const previous = groups[index - 1];
		return previous === undefined || /^[\s\p{P}+&]*(?:и|или|либо|плюс|ещё|еще|and|or|with|с)?[\s\p{P}+&]*(?:на )?$/iu.test(text.slice(previous.span[1], group.span[0]));
	});
	// «ещё педикюр»: the word that adds the service to what was chosen belongs to its words.
	const from = first.span[0] - (/(?<![\p{L}])(?:и )?(?:ещё|еще|плюс|также|plus|also)(?: на)? $/iu.exec(text.slice(0, first.span[0]))?.[0].length ?? 0);
	const said = joined ? text.slice(from, last.span[1]) : parts.join(' и ');
	return { text: said, span: [from, last.span[1]], groups };
}

function readStaff(input: UnderstandInput, masked: string, original: Words): Facts['staff'] {
	const words = toWords(masked);
	const people = findPeople(words, input.catalogue).filter((group) => !isNegated(group.span, original));
	const byPosition = people.length > 0 ? [] : findStaff(words, input.catalogue).filter((group) => isAddressed(group.span, words));
	const groups = people.length > 0 ? people : byPosition;
	const [first] = groups;
	const last = groups[groups.length - 1];
	if (first !== undefined && last !== undefined) {
		const span: Span = [first.span[0], last.span[1]];
		return { text: masked.slice(span[0], span[1]).trim(), span, ids: [...new Set(groups.flatMap((group) => group.ids))] };
	}
	return unknownPerson(words) ?? anyPerson(input, words);
}

function isAddressed(span: Span, words: Words): boolean {
	const index = words.list.findIndex((word) => word.from >= span[0]);
	return TO_PERSON.has(words.list[index - 1]?.text ?? '');
}

/** «к Светлане», when no Светлана works here: said as it stands, so that the answer can name who does. */
function unknownPerson(words: Words): Facts['staff'] {
	const index = words.list.findIndex((word, at) => at > 0 && fullNamesOf(word.text).size > 0 && TO_PERSON.has(words.list[at - 1]?.text ?? ''));
	const word = words.list[index];
	if (word === undefined) return null;
	return { text: words.source.slice(word.from, word.to), span: [word.from, word.to], ids: [] };
}

function anyPerson(input: UnderstandInput, words: Words): Facts['staff'] {
	if (!saysAnyone(words) || hasAny(words, anyDay)) return null;
	const named = hasAny(words, aboutPeople);
	if (!named && input.question?.kind !== 'staff' && input.question?.kind !== 'offer') return null;
	return { text: 'any', span: [0, 0], ids: [] };
}

const aboutPeople = lexicon(['мастер|мастеру|мастера|мастером|специалист|специалисту|специалиста|к|кому|кто|кого|врачу|врач', 'anyone|anybody|stylist|master|whoever|specialist|barber']);
