import { detectLanguage } from '../../language/language';
import { withinOneEdit } from '../../language/stem';
import { COMMON, DECIDING, WIDER } from './lexicon';
import { isBeside, subjectMeant, termsOf, type Term } from './terms';

/** What the search needs of an entry. */
export interface Searchable {
	readonly id: string;
	readonly title: string;
	readonly body: string;
	readonly aliases: readonly string[];
	readonly lang: string;
}

export interface Hit<E extends Searchable> {
	readonly entry: E;
	/** 0..1. */
	readonly score: number;
}

/** Entries prepared for searching; made once a version of the knowledge. */
export interface KnowledgeIndex<E extends Searchable> {
	/** Best first, at most `limit`, all above the threshold. Nothing is found rather than something that only shares a word. */
	search(question: string, limit: number): readonly Hit<E>[];
}

/** Below it nothing is found. Set on the questions of test/unit/knowledge: a wrong snippet is worse than none. */
const THRESHOLD = 0.53;
/** A hit this much below the best one answers something else. */
const NEAR_BEST = 0.8;
/** A word in the body says less of what an entry is about than one in its name. */
const BODY_WEIGHT = 0.6;
/** Share of its weight with which a verb, a number or a common subject speaks against an entry. */
const BESIDE = 0.3;
const TERM_SATURATION = 1.2;
const LENGTH_INFLUENCE = 0.3;
/** The part of a score that does not depend on how much of the entry's name was asked. */
const NAME_SHARE = 0.65;
const QUALITY = { same: 1, start: 0.9, wider: 0.85, typo: 0.8 } as const;
const SHORTEST_START = 4;
const LONGEST_TAIL = 3;
const SHORTEST_TYPO = 5;
const SHORTEST_STEM_TYPO = 6;
const OTHER_LANGUAGE = 0.95;
const MOST_QUESTION = 1000;

interface IndexedEntry<E> {
	readonly entry: E;
	/** Keys of the title and of each alias. */
	readonly names: readonly ReadonlySet<string>[];
	readonly named: ReadonlySet<string>;
	/** Key -> times in the body. */
	readonly body: ReadonlyMap<string, number>;
	readonly length: number;
}

interface Asked {
	readonly key: string;
	readonly quality: number;
	/** How much the word tells entries apart. */
	readonly weight: number;
	/** What it weighs against an entry that does not hold it. */
	readonly missing: number;
	readonly known: boolean;
}

/** Prepares entries: an inverted index in memory, the same for both engines of the store. */
export function buildKnowledgeIndex<E extends Searchable>(entries: readonly E[]): KnowledgeIndex<E> {
	return new Index(entries.map(indexed));
}

function indexed<E extends Searchable>(entry: E): IndexedEntry<E> {
	const names = [entry.title, ...entry.aliases].map((name) => new Set(termsOf(name).map((term) => term.key))).filter((name) => name.size > 0);
	const terms = termsOf(entry.body);
	const body = new Map<string, number>();
	for (const { key } of terms) body.set(key, (body.get(key) ?? 0) + 1);
	return { entry, names, named: new Set(names.flatMap((name) => [...name])), body, length: terms.length };
}

class Index<E extends Searchable> implements KnowledgeIndex<E> {
	/** Key -> entries that hold it. */
	private readonly postings = new Map<string, Set<number>>();
	/** Words as written -> their keys: typos are found among them. */
	private readonly words = new Map<string, string>();
	private readonly meanLength: number;
	/** Weight of a word that one entry holds. */
	private readonly rare: number;

	constructor(private readonly entries: readonly IndexedEntry<E>[]) {
		entries.forEach(({ entry, named, body }, position) => {
			for (const key of [...named, ...body.keys()]) {
				const holders = this.postings.get(key) ?? new Set<number>();
				holders.add(position);
				this.postings.set(key, holders);
			}
			for (const text of [entry.title, ...entry.aliases, entry.body]) for (const { word, key } of termsOf(text)) this.words.set(word, key);
		});
		this.rare = Math.log(1 + (entries.length - 0.5) / 1.5);
		this.meanLength = entries.reduce((sum, one) => sum + one.length, 0) / Math.max(1, entries.length);
	}

	search(question: string, limit: number): readonly Hit<E>[] {
		const best = new Map<number, number>();
		for (const part of questionsIn(question.slice(0, MOST_QUESTION))) {
			const lang = detectLanguage(part);
			for (const [position, score] of this.scores(part)) {
				const shown = lang === null || this.entries[position]?.entry.lang === lang ? score : score * OTHER_LANGUAGE;
				if (shown >= THRESHOLD) best.set(position, Math.max(shown, best.get(position) ?? 0));
			}
		}
		const ranked = [...best].sort(([a, left], [b, right]) => right - left || a - b);
		const least = (ranked[0]?.[1] ?? 0) * NEAR_BEST;
		return ranked
			.filter(([, score]) => score >= least)
			.slice(0, limit)
			.flatMap(([position, score]) => {
				const found = this.entries[position];
				return found === undefined ? [] : [{ entry: found.entry, score: Math.round(score * 1000) / 1000 }];
			});
	}

	private scores(question: string): ReadonlyMap<number, number> {
		const asked = this.resolve(termsOf(question));
		const candidates = new Set(asked.flatMap((term) => (term.known ? [...(this.postings.get(term.key) ?? [])] : [])));
		return new Map([...candidates].map((position) => [position, this.score(position, asked)]));
	}

	/** How much of the question the entry holds, and how much of the entry's own name was asked for. */
	private score(position: number, asked: readonly Asked[]): number {
		const found = this.entries[position];
		if (found === undefined) return 0;
		let covered = 0;
		let whole = 0;
		const keys = new Map(asked.map((term) => [term.key, term.quality]));
		for (const term of asked) {
			const wider = WIDER.get(term.key);
			const held = found.named.has(term.key) || found.body.has(term.key);
			if (!held && DECIDING.has(term.key)) return 0;
			// What the entry does not speak of speaks against it, also where many others speak of it.
			whole += held ? term.weight : term.missing;
			if (found.named.has(term.key)) covered += term.weight * term.quality;
			else if (wider !== undefined && found.named.has(wider) && found.body.has(term.key)) {
				covered += term.weight * QUALITY.wider;
				keys.set(wider, Math.max(QUALITY.wider, keys.get(wider) ?? 0));
			} else covered += term.weight * term.quality * BODY_WEIGHT * this.saturation(found, term.key);
		}
		const shares = found.names.map((name) => {
			const [said, all] = [...name].reduce(([s, a], key) => [s + this.weight(key) * (keys.get(key) ?? 0), a + this.weight(key)], [0, 0]);
			return said / all;
		});
		return (covered / whole) * (1 - NAME_SHARE + NAME_SHARE * Math.max(0, ...shares));
	}

	/** BM25's share of a repeated word, 0..1, the less the longer the body. */
	private saturation({ body, length }: IndexedEntry<E>, key: string): number {
		const times = body.get(key) ?? 0;
		const norm = TERM_SATURATION * (1 - LENGTH_INFLUENCE + (LENGTH_INFLUENCE * length) / Math.max(1, this.meanLength));
		return Math.min(1, (times * (TERM_SATURATION + 1)) / (times + norm));
	}

	private weight(key: string): number {
		const holders = this.postings.get(key)?.size ?? 0;
		return Math.log(1 + (this.entries.length - holders + 0.5) / (holders + 0.5));
	}

	private resolve(terms: readonly Term[]): readonly Asked[] {
		const asked = new Map<string, Asked>();
		for (const term of terms) {
			const { key, quality } = this.known(term);
			const before = asked.get(key);
			if (before === undefined || before.quality < quality) {
				const weight = this.weight(key);
				const beside = COMMON.has(key) || (!key.startsWith('#') && isBeside(term.word));
				const missing = Math.max(weight, this.rare) * (beside ? BESIDE : 1);
				asked.set(key, { key, quality, weight, missing, known: quality > 0 });
			}
		}
		return [...asked.values()];
	}

	/** The key under which entries hold a word: its own, a longer or shorter form, or the one word it is a typo of. */
	private known({ key, word }: Term): { readonly key: string; readonly quality: number } {
		if (this.postings.has(key)) return { key, quality: QUALITY.same };
		if (key.startsWith('#')) return { key, quality: 0 };
		const begun = [...this.postings.keys()].filter((other) => isStart(key, other));
		if (begun.length === 1 && begun[0] !== undefined) return { key: begun[0], quality: QUALITY.start };
		if (word.length < SHORTEST_TYPO) return { key, quality: 0 };
		const subject = subjectMeant(word);
		if (subject !== null && this.postings.has(subject)) return { key: subject, quality: QUALITY.typo };
		const meant = new Set<string>();
		for (const [other, otherKey] of this.words) {
			if (other.length >= SHORTEST_TYPO && withinOneEdit(word, other)) meant.add(otherKey);
			else if (key.length >= SHORTEST_STEM_TYPO && otherKey.length >= SHORTEST_STEM_TYPO && withinOneEdit(key, otherKey)) meant.add(otherKey);
		}
		const [only] = meant;
		return only !== undefined && meant.size === 1 ? { key: only, quality: QUALITY.typo } : { key, quality: 0 };
	}
}

function isStart(left: string, right: string): boolean {
	if (left.startsWith('#') || right.startsWith('#')) return false;
	const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
	return shorter.length >= SHORTEST_START && longer.length - shorter.length <= LONGEST_TAIL && longer.startsWith(shorter);
}

/** The questions of a message, where it has question marks; else the whole. What a client says besides is not searched. */
function questionsIn(text: string): readonly string[] {
	const asked = text.match(/[^.!?\n]*\?/g) ?? [];
	return asked.length > 0 ? asked : [text];
}
