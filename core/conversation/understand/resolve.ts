import { type MatchEntry, type NameGroup, matchGroups } from '../../language/match';
import { hasAny, lexicon, toWords, type Words } from '../../language/words';
import type { Catalogue } from '../catalogue';

/** Services named by a phrase: all of `ids` together (`one`), one of `ids` (`several`), or none. */
export interface ResolvedServices {
	readonly kind: 'one' | 'several' | 'none';
	readonly ids: readonly string[];
}

/** The person named by a phrase; `any` when the client does not care. */
export interface ResolvedStaff {
	readonly kind: 'one' | 'any' | 'several' | 'none';
	readonly ids: readonly string[];
}

const serviceEntries = new WeakMap<Catalogue['services'], readonly MatchEntry[]>();
const staffEntries = new WeakMap<Catalogue['staff'], { people: readonly MatchEntry[]; positions: readonly MatchEntry[] }>();

const anyone = lexicon([
	'любой|любая|любому|любого|любую|любым', 'все равно', 'без разницы', 'не важно', 'неважно', 'не принципиально', 'непринципиально', 'кто свободен', 'кто угодно', 'кому угодно', 'к кому угодно',
	'какой угодно', 'кто есть', 'кто будет', 'кто первый', 'пофиг', 'нет разницы', 'нет предпочтений', 'на ваш выбор', 'на ваше усмотрение', 'anyone', 'anybody', 'any', 'whoever', 'no preference', "doesn't|dont|don't matter|care|mind", 'does not matter', 'up to you',
]);

const either = lexicon(['или|либо|or']);
const addition = lexicon(['^ и? еще|плюс|также|тоже|дополнительно|plus|also']);

/** Whether words about a service add it to what was chosen before («ещё педикюр») instead of replacing it. */
export function addsServices(text: string): boolean {
	return hasAny(toWords(text), addition);
}

/** Resolves the client's words about services against the catalogue; several joined services are one answer. */
export function resolveServices(text: string, catalogue: Catalogue): ResolvedServices {
	const groups = findServices(text, catalogue);
	if (groups.length === 0) return { kind: 'none', ids: [] };
	const all = [...new Set(groups.flatMap((group) => group.ids))];
	if (groups.length > 1 && hasAny(toWords(text), either)) return { kind: 'several', ids: all };
	const unclear = groups.find((group) => group.ids.length > 1);
	return unclear === undefined ? { kind: 'one', ids: all } : { kind: 'several', ids: unclear.ids };
}

/** Resolves the client's words about who: a name in any case or short form, a position, or «anyone». */
export function resolveStaff(text: string, catalogue: Catalogue): ResolvedStaff {
	if (text === 'any') return { kind: 'any', ids: [] };
	const words = toWords(text);
	const ids = [...new Set(findStaff(words, catalogue).flatMap((group) => group.ids))];
	if (ids.length > 0) return { kind: ids.length === 1 ? 'one' : 'several', ids };
	return { kind: saysAnyone(words) ? 'any' : 'none', ids: [] };
}

/** Services named in a text, group by group. The verb of «подстричь бороду» is not a second service. */
export function findServices(text: string | Words, catalogue: Catalogue): NameGroup[] {
	const words = typeof text === 'string' ? toWords(text) : text;
	const groups = matchGroups(words, entriesOfServices(catalogue));
	return groups.filter((group) => !group.guessed || !groups.some((other) => !other.guessed && areNeighbours(group, other, words.source)));
}

function areNeighbours(left: NameGroup, right: NameGroup, text: string): boolean {
	const [first, second] = left.span[0] < right.span[0] ? [left, right] : [right, left];
	return /^\s*$/.test(text.slice(first.span[1], second.span[0]));
}

/** People named in a text by name, else by position. */
export function findStaff(text: string | Words, catalogue: Catalogue): NameGroup[] {
	const entries = entriesOfStaff(catalogue);
	const byName = matchGroups(text, entries.people);
	return byName.length > 0 ? byName : matchGroups(text, entries.positions);
}

/** People named in a text by name only: a position may be a part of a service's title. */
export function findPeople(text: string | Words, catalogue: Catalogue): NameGroup[] {
	return matchGroups(text, entriesOfStaff(catalogue).people);
}

/** Whether the client says that it does not matter who. */
export function saysAnyone(words: Words): boolean {
	return hasAny(words, anyone);
}

/** Title and aliases of a service. */
export function serviceTitles(catalogue: Catalogue, id: string): readonly string[] {
	return entriesOfServices(catalogue).find((entry) => entry.id === id)?.names ?? [];
}

function entriesOfServices(catalogue: Catalogue): readonly MatchEntry[] {
	const known = serviceEntries.get(catalogue.services);
	if (known !== undefined) return known;
	const entries = catalogue.services.map((service) => ({ id: service.id, names: [service.title, ...service.aliases] }));
	serviceEntries.set(catalogue.services, entries);
	return entries;
}

function entriesOfStaff(catalogue: Catalogue): { people: readonly MatchEntry[]; positions: readonly MatchEntry[] } {
	const known = staffEntries.get(catalogue.staff);
	if (known !== undefined) return known;
	const entries = {
		people: catalogue.staff.map((person) => ({ id: person.id, names: [person.name], kind: 'person' as const })),
		positions: catalogue.staff.map((person) => ({ id: person.id, names: person.position === null ? [] : [person.position] })),
	};
	staffEntries.set(catalogue.staff, entries);
	return entries;
}
