import { stem } from '../../language/stem';
import { toWords } from '../../language/words';
import type { Catalogue } from '../catalogue';
import { cleanStaffName } from './display';
import type { Facts } from './facts';

/** What a chair or a person may be called without being a name. */
const NOT_NAMES = new Set(
	['мастер', 'специалист', 'администратор', 'салон', 'кабинет', 'кресло', 'стол', 'зал', 'услуга', 'запись', 'визит', 'время', 'день', 'specialist', 'master', 'administrator', 'salon', 'room', 'chair', 'service', 'visit', 'booking', 'time', 'day'].map(stem),
);
/** Names that are also words: they count only with a capital inside a sentence. */
const WORD_NAMES = new Set(
	['вера', 'надежда', 'любовь', 'слава', 'роза', 'роман', 'лев', 'марк', 'майя', 'света', 'мила', 'лилия', 'злата', 'will', 'may', 'grace', 'hope', 'faith', 'mark', 'rose', 'joy', 'art', 'bill', 'april', 'june', 'pat', 'sue'].map(stem),
);
/** What salons and clinics sell, by the beginnings of words: a draft that names one of these must have it from a fact. */
const TRADE = new RegExp(
	`^(?:${[
		'маникюр', 'педикюр', 'стриж', 'стрижек', 'подстриг', 'подстриж', 'окрашив', 'окраск', 'покрас', 'мелиров', 'тониров', 'балаяж', 'шатуш',
		'омбре', 'укладк', 'укладок', 'причес', 'массаж', 'эпиляц', 'депиляц', 'шугаринг', 'ламиниров', 'ботокс', 'ботулин', 'кератин', 'чистк',
		'чисток', 'пилинг', 'макияж', 'мейкап', 'визаж', 'наращив', 'солярий', 'солярия', 'татуаж', 'татуиров', 'тату$', 'пирсинг', 'мезотерап',
		'биоревит', 'плазмолифт', 'лифтинг', 'филлер', 'инъекц', 'криолипо', 'прессотерап', 'обертыван', 'барбер', 'бров[ьией]', 'бровям',
		'бровями', 'ресниц', 'завивк', 'спа$', 'скраб', 'парафин',
		'manicur', 'pedicur', 'haircut', 'colou?ring', 'highlights', 'balayage', 'massage', 'waxing', 'sugaring', 'epilation', 'depilation',
		'lamination', 'botox', 'keratin', 'peeling', 'makeup', 'blowout', 'tattoo', 'piercing', 'facial', 'filler', 'eyebrow', 'brows$',
		'lashes$', 'eyelash', 'spa$', 'scrub',
	].join('|')})`,
	'u',
);
const SHORTEST_WORD = 4;

interface Index {
	readonly staff: ReadonlySet<string>;
	/** Every title and alias as the stems of its long words. */
	readonly titles: readonly (readonly string[])[];
}

const indexes = new WeakMap<Catalogue, Index>();

/** Staff of the catalogue who are named in the text and in no fact of the turn. */
export function strayStaff(text: string, facts: Facts, catalogue: Catalogue): string[] {
	const { staff } = indexOf(catalogue);
	const told = stemsOf(facts);
	const words = toWords(text);
	return words.list
		.filter((word) => {
			const root = stem(word.text);
			if (!staff.has(root) || told.has(root)) return false;
			return !WORD_NAMES.has(root) || namedInside(text, word.from);
		})
		.map((word) => text.slice(word.from, word.to));
}

/** Services that are named in the text and in no fact of the turn: from the catalogue, or of the trade at all. */
export function strayServices(text: string, facts: Facts, catalogue: Catalogue): string[] {
	const { titles } = indexOf(catalogue);
	const told = stemsOf(facts);
	const toldTrade = new Set([...facts.values()].flatMap((fact) => toWords(fact).list.flatMap((word) => TRADE.exec(word.text)?.[0] ?? [])));
	return text.split(/[.!?\n]/).flatMap((sentence) => {
		const { list } = toWords(sentence);
		const said = new Set(list.map((word) => stem(word.text)));
		const fresh = list.flatMap((word) => TRADE.exec(word.text)?.[0] ?? []).filter((root) => !toldTrade.has(root));
		const named = titles.filter((roots) => roots.every((root) => said.has(root)) && !roots.every((root) => told.has(root)));
		return [...fresh, ...named.map((roots) => roots.join(' '))];
	});
}

/** A capital letter that does not begin a sentence. */
function namedInside(text: string, from: number): boolean {
	return /^\p{Lu}/u.test(text.slice(from)) && /[^\s.!?…:«"(—-]\s*$/u.test(text.slice(0, from));
}

function indexOf(catalogue: Catalogue): Index {
	const known = indexes.get(catalogue);
	if (known !== undefined) return known;
	const staff = catalogue.staff.flatMap((person) => toWords(cleanStaffName(person.name)).list.map((word) => word.text));
	const phrases = catalogue.services.flatMap((service) => [service.title, ...service.aliases]);
	const index: Index = {
		staff: new Set(staff.filter((word) => word.length > 2).map(stem).filter((root) => !NOT_NAMES.has(root))),
		titles: phrases.map(longStems).filter((roots) => roots.length > 0 && !roots.every((root) => NOT_NAMES.has(root))),
	};
	indexes.set(catalogue, index);
	return index;
}

function longStems(phrase: string): string[] {
	return toWords(phrase)
		.list.filter((word) => word.text.length >= SHORTEST_WORD)
		.map((word) => stem(word.text));
}

function stemsOf(facts: Facts): Set<string> {
	return new Set([...facts.values()].flatMap((text) => toWords(text).list.map((word) => stem(word.text))));
}
