import { buildIndex, type MatchEntry, type NameIndex, weigh } from './match-index';
import { type Span, toWords, type Words } from './words';

export type { MatchEntry } from './match-index';

/** What a stretch of a text names. One id is a unique best; several are equally good and must be asked about. */
export interface NameGroup {
	readonly ids: readonly string[];
	/** 0..1: how sure the words are; below 0.8 some word was a guess (a typo, a synonym, a part of a word). */
	readonly score: number;
	/** True when only synonyms or misspellings named it. */
	readonly guessed: boolean;
	/** From the first to the last word that named it, in the original text. */
	readonly span: Span;
}

/** Names of a catalogue found in a text. */
export interface NameMatch {
	/** Ids that are named without doubt, in the order they were said. */
	readonly exact: readonly string[];
	/** All ids that fit, best first. */
	readonly ranked: readonly { readonly id: string; readonly score: number }[];
	/** The words that named them, in the original text; absent when nothing fits. */
	readonly span?: Span;
}

interface Candidate {
	readonly id: string;
	/** Positions of the words that named it -> how well each did. */
	readonly hits: ReadonlyMap<number, number>;
	/** Share of the name's own words that were said, 0..1. */
	readonly coverage: number;
	/** How well the words were spelled, 0..1. */
	readonly spelling: number;
	readonly score: number;
}

const indexes = new WeakMap<readonly MatchEntry[], NameIndex>();
const MOST_WORDS = 400;
const SPELLING_SLACK = 0.1;
const GUESS = 0.8;

/** Finds the entries a text names; see `matchGroups`. */
export function matchNames(text: string, entries: readonly MatchEntry[]): NameMatch {
	const groups = matchGroups(text, entries);
	const exact = groups.flatMap((group) => (group.ids.length === 1 ? group.ids : []));
	const ranked = groups
		.flatMap((group) => group.ids.map((id) => ({ id, score: group.score })))
		.sort((left, right) => right.score - left.score);
	if (groups.length === 0) return { exact, ranked };
	const span: Span = [Math.min(...groups.map((group) => group.span[0])), Math.max(...groups.map((group) => group.span[1]))];
	return { exact, ranked, span };
}

/**
 * Finds what a sentence names, group by group in the order said. Words match in any case and number, ё as е, with one
 * typo from five letters on, by a start of four letters, in Latin letters, or by a usual synonym. A name said in full
 * beats a longer one said in part. Stop words alone never name anything. Give the same array to reuse its index.
 */
export function matchGroups(text: string | Words, entries: readonly MatchEntry[]): NameGroup[] {
	const index = indexes.get(entries) ?? buildIndex(entries);
	indexes.set(entries, index);
	const words = typeof text === 'string' ? toWords(text) : text;
	const list = words.list.slice(0, MOST_WORDS);
	const hitsByWord = list.map((word) => weigh(word.text, index));
	const rivals = undominated(byWords(gather(hitsByWord, index))).map(bestOf);
	return clusters(rivals).map((cluster) => toGroup(cluster, words));
}

/** Every entry with at least one word said, by its best name. */
function gather(hitsByWord: readonly ReadonlyMap<string, number>[], index: NameIndex): Candidate[] {
	const said = new Map<number, Map<string, Map<number, number>>>();
	hitsByWord.forEach((hits, position) => {
		for (const [key, weight] of hits) {
			for (const name of index.namesByWord.get(key) ?? []) {
				const words = childMap(said, name);
				childMap(words, key).set(position, weight);
			}
		}
	});
	const best = new Map<string, Candidate>();
	for (const [name, slots] of said) {
		const entry = index.names[name];
		if (entry === undefined) continue;
		const candidate = candidateOf(entry.id, entry.words.length, [...slots.values()]);
		const known = best.get(entry.id);
		if (known === undefined || isBetter(candidate, known)) best.set(entry.id, candidate);
	}
	return [...best.values()];
}

function childMap<K, L, V>(parent: Map<K, Map<L, V>>, key: K): Map<L, V> {
	const child = parent.get(key) ?? new Map<L, V>();
	parent.set(key, child);
	return child;
}

function candidateOf(id: string, nameLength: number, slots: readonly ReadonlyMap<number, number>[]): Candidate {
	const hits = new Map<number, number>();
	for (const slot of slots) for (const [position, weight] of slot) hits.set(position, Math.max(weight, hits.get(position) ?? 0));
	const weights = [...hits.values()];
	const spelling = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
	const coverage = slots.length / nameLength;
	return { id, hits, coverage, spelling, score: spelling * (0.7 + 0.3 * coverage) };
}

function isBetter(candidate: Candidate, known: Candidate): boolean {
	return candidate.hits.size > known.hits.size || (candidate.hits.size === known.hits.size && candidate.coverage > known.coverage);
}

/** Entries named by the very same words. A long text may name a thousand of them, so that what is compared is the words, once. */
interface Rivals {
	readonly candidates: readonly Candidate[];
	readonly positions: ReadonlySet<number>;
	readonly first: number;
}

function byWords(candidates: readonly Candidate[]): Rivals[] {
	const groups = new Map<string, Candidate[]>();
	for (const candidate of candidates) {
		const key = [...candidate.hits.keys()].sort((left, right) => left - right).join(' ');
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [candidate]);
		else group.push(candidate);
	}
	return [...groups.values()].map((group) => {
		const positions = new Set(group.flatMap(({ hits }, index) => (index === 0 ? [...hits.keys()] : [])));
		return { candidates: group, positions, first: Math.min(...positions) };
	});
}

/** An entry falls out when another explains all of its words and more. */
function undominated(groups: readonly Rivals[]): Rivals[] {
	return groups.filter(({ positions }) => !groups.some((other) => other.positions.size > positions.size && [...positions].every((position) => other.positions.has(position))));
}

/** Among entries named by the same words, a name said in full and a better spelled one win. */
function bestOf({ candidates, ...words }: Rivals): Rivals {
	const inFull = candidates.filter(({ coverage }) => coverage === 1);
	const left = inFull.length > 0 ? inFull : candidates;
	const spelling = Math.max(...left.map((candidate) => candidate.spelling));
	return { ...words, candidates: left.filter((candidate) => candidate.spelling >= spelling - SPELLING_SLACK) };
}

/** Entries that share words compete; two that were both said in full by words of their own do not. */
function clusters(rivals: readonly Rivals[]): Rivals[][] {
	const groups: Rivals[][] = [];
	for (const one of [...rivals].sort((left, right) => left.first - right.first)) {
		const [home, ...others] = groups.filter((group) => group.some((other) => compete(one, other)));
		if (home === undefined) {
			groups.push([one]);
			continue;
		}
		home.push(one, ...others.flat());
		for (const merged of others) groups.splice(groups.indexOf(merged), 1);
	}
	return groups;
}

function compete(left: Rivals, right: Rivals): boolean {
	return [...left.candidates, ...right.candidates].some(({ coverage }) => coverage < 1) && [...left.positions].some((position) => right.positions.has(position));
}

function toGroup(cluster: readonly Rivals[], words: Words): NameGroup {
	const candidates = cluster.flatMap((rivals) => rivals.candidates);
	const ordered = [...candidates].sort((left, right) => right.score - left.score);
	const positions = cluster.flatMap((rivals) => [...rivals.positions]);
	const from = words.list[Math.min(...positions)]?.from ?? 0;
	const to = words.list[Math.max(...positions)]?.to ?? 0;
	const guessed = candidates.every((candidate) => candidate.spelling <= GUESS);
	return { ids: ordered.map((candidate) => candidate.id), score: ordered[0]?.score ?? 0, guessed, span: [from, to] };
}
