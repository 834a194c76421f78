import { declined, fullNamesOf } from './firstname';
import { STOP_WORDS } from './lexicon/stopwords';
import { SERVICE_SYNONYMS } from './lexicon/synonyms';
import { cyrillicOf } from './lexicon/transliteration';
import { stem, withinOneEdit } from './stem';
import { surnameForms } from './surname';
import { fold, toWords } from './words';

/** Something with names: a service with its title and aliases, a person. */
export interface MatchEntry {
	readonly id: string;
	readonly names: readonly string[];
	/** `person` names decline and have short forms, and are never guessed by a typo of another name. */
	readonly kind?: 'person';
}

/** One name of an entry as keys: stems of its words without stop words. */
interface IndexedName {
	readonly id: string;
	readonly words: readonly string[];
}

/** A catalogue prepared for matching. */
export interface NameIndex {
	readonly names: readonly IndexedName[];
	/** Key of a word -> positions in `names`. */
	readonly namesByWord: ReadonlyMap<string, readonly number[]>;
	/** Case forms and short forms of people -> keys. */
	readonly personForms: ReadonlyMap<string, ReadonlySet<string>>;
	/** Words already looked up: clients repeat themselves. */
	readonly seen: Map<string, ReadonlyMap<string, number>>;
}

const WEIGHT = { same: 1, stem: 0.97, latin: 0.9, start: 0.85, synonym: 0.8, typo: 0.75 } as const;
const SHORTEST_START = 4;
const SHORTEST_TYPO = 5;
const LONGEST_TAIL = 4;
const MOST_SEEN = 5000;
const LONGEST_WORD = 40;
const stopWords = new Set<string>(STOP_WORDS);
const NOTHING: ReadonlyMap<string, number> = new Map();

/** Prepares entries for matching. */
export function buildIndex(entries: readonly MatchEntry[]): NameIndex {
	const names: IndexedName[] = [];
	const namesByWord = new Map<string, number[]>();
	const personForms = new Map<string, Set<string>>();
	for (const entry of entries) {
		for (const name of entry.names) {
			const keys = entry.kind === 'person' ? personKeys(name, personForms) : nameKeys(name);
			if (keys.length === 0) continue;
			for (const key of keys) addTo(namesByWord, key, names.length);
			names.push({ id: entry.id, words: keys });
		}
	}
	return { names, namesByWord, personForms, seen: new Map() };
}

function nameKeys(name: string): string[] {
	return [...new Set(toWords(name).list.filter((word) => !stopWords.has(word.text)).map((word) => stem(word.text)))];
}

/** Keys of a person's name are its words in Cyrillic; all their forms lead to them. */
function personKeys(name: string, forms: Map<string, Set<string>>): string[] {
	const keys = toWords(name).list.map((word) => word.text).filter((word) => word.length > 1);
	for (const key of keys) {
		const russian = /[a-z]/.test(key) ? cyrillicOf(key) : key;
		for (const own of new Set([key, russian])) {
			for (const form of [...declined(own), ...surnameForms(own)]) {
				addForm(forms, form, key);
				addForm(forms, form.replace(/ь/g, ''), key);
			}
		}
		for (const full of fullNamesOf(russian)) addForm(forms, `=${full}`, key);
	}
	return [...new Set(keys)];
}

function addForm(forms: Map<string, Set<string>>, form: string, key: string): void {
	const keys = forms.get(form) ?? new Set<string>();
	keys.add(key);
	forms.set(form, keys);
}

function addTo(map: Map<string, number[]>, key: string, value: number): void {
	const list = map.get(key) ?? [];
	list.push(value);
	map.set(key, list);
}

/** The keys a word of a text may stand for, with a weight 0..1 each. `word` is folded. */
export function weigh(word: string, index: NameIndex): ReadonlyMap<string, number> {
	if (stopWords.has(word) || word.length < 2 || word.length > LONGEST_WORD) return NOTHING;
	const seen = index.seen.get(word);
	if (seen !== undefined) return seen;
	const found = lookUp(word, index);
	if (index.seen.size >= MOST_SEEN) index.seen.clear();
	index.seen.set(word, found);
	return found;
}

function lookUp(word: string, index: NameIndex): ReadonlyMap<string, number> {
	const person = personHits(word, index);
	if (person.size > 0) return person;
	for (const look of [byStem, byLatin, byStart, bySynonym, byTypo]) {
		const hits = look(word, index);
		if (hits.size > 0) return hits;
	}
	return NOTHING;
}

function personHits(word: string, index: NameIndex): Map<string, number> {
	const hits = new Map<string, number>();
	for (const spelling of new Set([word, /[a-z]/.test(word) ? cyrillicOf(word) : word])) {
		for (const key of index.personForms.get(spelling) ?? []) hits.set(key, WEIGHT.same);
		for (const full of fullNamesOf(spelling)) {
			for (const key of index.personForms.get(`=${full}`) ?? []) if (!hits.has(key)) hits.set(key, WEIGHT.start);
		}
	}
	return hits;
}

function byStem(word: string, index: NameIndex): Map<string, number> {
	const key = stem(word);
	return new Map(index.namesByWord.has(key) ? [[key, key === word ? WEIGHT.same : WEIGHT.stem]] : []);
}

/** Russian typed in Latin letters, and a Latin name written in Russian. */
function byLatin(word: string, index: NameIndex): Map<string, number> {
	const hits = new Map<string, number>();
	if (/[a-z]/.test(word)) {
		const key = stem(cyrillicOf(word));
		for (const other of index.namesByWord.keys()) {
			if (other === key || (key.length >= SHORTEST_TYPO && withinOneEdit(key, other))) hits.set(other, WEIGHT.latin);
		}
	} else {
		for (const other of index.namesByWord.keys()) {
			if (/^[a-z]{4,}$/.test(other) && stem(cyrillicOf(other)) === stem(word)) hits.set(other, WEIGHT.latin);
		}
	}
	return hits;
}

/** «стриж» for «стрижка», «маникюрчик» for «маникюр». */
function byStart(word: string, index: NameIndex): Map<string, number> {
	const hits = new Map<string, number>();
	const own = stem(word);
	for (const other of index.namesByWord.keys()) {
		const isStart = own.length >= SHORTEST_START && other.startsWith(own);
		const isLonger = other.length > SHORTEST_START && word.startsWith(other) && word.length - other.length <= LONGEST_TAIL;
		if ((isStart || isLonger) && !isName(other, word, index)) hits.set(other, WEIGHT.start);
	}
	return hits;
}

function bySynonym(word: string, index: NameIndex): Map<string, number> {
	const hits = new Map<string, number>();
	for (const [start, meanings] of SERVICE_SYNONYMS) {
		if (!word.startsWith(start)) continue;
		for (const meaning of meanings) if (index.namesByWord.has(stem(meaning))) hits.set(stem(meaning), WEIGHT.synonym);
	}
	return hits;
}

function byTypo(word: string, index: NameIndex): Map<string, number> {
	const hits = new Map<string, number>();
	if (word.length < SHORTEST_TYPO || fullNamesOf(word).size > 0) return hits;
	const own = stem(word);
	for (const other of index.namesByWord.keys()) {
		if (own.length < SHORTEST_TYPO && other.length < SHORTEST_TYPO) continue;
		if (withinOneEdit(own, other) || withinOneEdit(word, other)) hits.set(other, WEIGHT.typo);
	}
	return hits;
}

/** A person's name is never matched by its start: «марина» is not «мари». */
function isName(key: string, word: string, index: NameIndex): boolean {
	return index.personForms.has(key) && (fullNamesOf(word).size > 0 || fullNamesOf(fold(key)).size > 0);
}
