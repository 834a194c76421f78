import { BYES, THANKS } from '../../language/lexicon/courtesy';
import { hasAny, lexicon, wordsOutside } from '../../language/words';
import type { Act } from '../acts';
import type { Facts } from './rules-facts';
import { HOW_ARE_YOU, PAUSE, WHO_ARE_YOU } from './rules-lexicon';

const thanks = lexicon(THANKS);
const byes = lexicon(BYES);
const courtesies = lexicon([...THANKS, ...BYES]);
const AROUND = new Set(['большое', 'огромное', 'вам', 'вас', 'тебе', 'всем', 'вы', 'вся', 'очень', 'и', 'за', 'все', 'помощь', 'ответ', 'информацию', 'заранее', 'буду', 'ждать', 'жду', 'ок', 'хорошо', 'понятно', 'поняла', 'понял', 'ясно', 'отлично', 'супер', 'класс', 'ну', 'тогда', 'пожалуйста', 'ага', 'да', 'very', 'much', 'so', 'a', 'lot', 'you', 'ok', 'okay', 'great', 'all', 'and', 'for', 'your', 'help', 'the', 'info', 'got', 'it', 'then', 'нет', 'не', 'надо', 'нужно', 'no']);
const chatter = lexicon(['ха*|хаха*|ахах*', 'понятно|ясно|поняла|понял|круто|класс|супер|отлично|здорово|прикольно|хм|мм|ого|вау|молодцы|молодец', 'lol|haha*|wow|cool|nice|great|awesome|hm|hmm|understood', 'got it', 'i see']);

/** Nothing but thanks and farewells: «до завтра» is no date then. */
export function isFarewell(facts: Facts): boolean {
	if (facts.asks || !hasAny(facts.words, courtesies)) return false;
	return wordsOutside(facts.words, courtesies).every((word) => AROUND.has(word.text));
}

/** Small talk, when nothing else was said. */
export function readSmalltalk(facts: Facts): readonly Act[] {
	if (hasAny(facts.words, HOW_ARE_YOU)) return [{ type: 'smalltalk', kind: 'how_are_you' }];
	if (hasAny(facts.words, WHO_ARE_YOU)) return [{ type: 'smalltalk', kind: 'who_are_you' }];
	if (hasAny(facts.words, byes)) return [{ type: 'smalltalk', kind: 'bye' }];
	if (hasAny(facts.words, thanks)) return [{ type: 'smalltalk', kind: 'thanks' }];
	if (facts.words.list.length === 0) return facts.greeted ? [{ type: 'smalltalk', kind: 'hello' }] : [];
	if (hasAny(facts.words, PAUSE)) return [{ type: 'smalltalk', kind: 'other' }];
	if (facts.words.list.length <= 3 && hasAny(facts.words, chatter)) return [{ type: 'smalltalk', kind: 'other' }];
	return [];
}
