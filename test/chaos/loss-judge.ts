import type { Phone } from '../whatsapp-server';
import type { GivenTurn } from './children/whatsapp-owner';

/** What became of what people wrote. */
export interface Received {
	/** Texts that never reached the workflow, that reached it in two turns, and where the order of a chat was changed. */
	readonly lost: readonly string[];
	readonly twice: readonly string[];
	readonly disordered: readonly string[];
	/** Turns, and how many of them were given more than once under their id, which starts no second workflow. */
	readonly turns: number;
	readonly givenAgain: number;
}

/** What became of answers: those that a phone does not show, shows twice, or shows in another order. */
export interface Shown {
	readonly unsent: readonly string[];
	readonly shownTwice: readonly string[];
	readonly answersDisordered: readonly string[];
	/** Copies under one id that phones merged. */
	readonly mergedCopies: number;
}

type Texts = ReadonlyMap<Phone, readonly string[]>;

const again = (texts: readonly string[]): readonly string[] => texts.filter((text, place) => texts.indexOf(text) !== place);

/** The first place where an order differs. */
function orderBroken(own: readonly string[], came: readonly string[]): readonly string[] {
	const place = own.findIndex((text, index) => text !== came[index]);
	return place < 0 ? [] : [`"${own[place]}" is at place ${came.indexOf(own[place] ?? '')}, in its place is "${came[place]}"`];
}

export function judgeReceived(given: readonly GivenTurn[], written: Texts): Received {
	const first = new Map<string, GivenTurn>();
	for (const turn of given) if (!first.has(turn.turnId)) first.set(turn.turnId, turn);
	// a turn that is given again has to be the same one
	const changed = given.filter((turn) => first.get(turn.turnId)?.texts.join('\n') !== turn.texts.join('\n')).flatMap(({ texts }) => texts);
	const texts = [...first.values()].flatMap((turn) => turn.texts);
	const known = new Set(texts);
	return {
		lost: [...written.values()].flat().filter((text) => !known.has(text)),
		twice: [...changed, ...again(texts)],
		disordered: [...written].flatMap(([{ number }, own]) => orderBroken(own, texts.filter((text) => text.startsWith(`in ${number} `)))),
		turns: first.size,
		givenAgain: given.length - first.size,
	};
}

export function judgeShown(answered: Texts): Shown {
	const people = [...answered].map(([person, own]) => ({ person, own, shown: person.screen.texts.filter((text) => text.startsWith('out ')) }));
	return {
		unsent: people.flatMap(({ own, shown }) => own.filter((text) => !shown.includes(text))),
		shownTwice: people.flatMap(({ shown }) => again(shown)),
		answersDisordered: people.flatMap(({ own, shown }) => orderBroken(own, shown)),
		mergedCopies: people.flatMap(({ person }) => person.screen.messages.filter(({ fromMe }) => !fromMe)).reduce((sum, { copies }) => sum + copies - 1, 0),
	};
}
