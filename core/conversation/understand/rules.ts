import { hasAny, lexicon } from '../../language/words';
import { fullNamesOf } from '../../language/firstname';
import { wantsHuman, wantsStop } from '../../language/lexicon/requests';
import type { Act, Understanding } from '../acts';
import { readAnswer } from './rules-answer';
import { nameAnswer } from './rules-contact';
import { readAsks } from './rules-ask';
import { type Facts, factsOf, namesVisit } from './rules-facts';
import { isFarewell, readSmalltalk } from './rules-smalltalk';
import { readManage } from './rules-manage';
import { KEEP, ON_THE_WAY, QUESTION_WORDS } from './rules-lexicon';
import { readVisits } from './rules-visit';
import type { UnderstandInput, Understander } from './understander';

const MOST_ACTS = 4;
/** Longer texts are read by their beginning: the work of a turn stays bounded. */
const MOST_CHARACTERS = 2000;
const CONFIDENT = 0.9;
const DOUBTFUL = 0.6;
const LOST = 0.2;

/** An understander without any model: dates, names of the catalogue, phrases and the question asked last. */
export function createRulesUnderstander(): Understander {
	return { understand: (input) => Promise.resolve(understandByRules(input)) };
}

/** The rules as a plain function. Never throws; a text that says nothing known is `none`. */
export function understandByRules(input: UnderstandInput): Understanding {
	const text = input.text.normalize('NFC').slice(0, MOST_CHARACTERS);
	const acts = merged(readMessages({ ...input, text })).slice(0, MOST_ACTS);
	if (acts.length === 0) return { acts: [{ type: 'none' }], source: 'rules', confidence: LOST };
	return { acts, source: 'rules', confidence: acts.some(isDoubtful) ? DOUBTFUL : CONFIDENT };
}

function isDoubtful(act: Act): boolean {
	return (act.type === 'ask' && act.topic === 'faq') || (act.type === 'smalltalk' && act.kind === 'other');
}

/**
 * Messages of one turn are read together, because people cut sentences in two. When that shows questions only, and a
 * message without a question mark says something else by itself, each is read alone: «лучше в среду» beside «а где вы
 * находитесь?» must not be lost. A «да» beside a question agrees to nothing yet: the answer may matter to it.
 */
function readMessages(input: UnderstandInput): readonly Act[] {
	const together = read(input, input.text);
	const messages = input.text.split('\n').filter((line) => line.trim() !== '');
	if (messages.length < 2 || together.length === 0 || !together.every(isQuestion)) return together;
	const apart = messages.map((text) => ({ text, acts: read({ ...input, text }, text) }));
	const statements = apart.filter(({ text, acts }) => acts.length > 0 && !text.includes('?') && !acts.some(isQuestion) && !acts.some(isYes));
	const questions = apart.filter(({ acts }) => acts.length > 0 && acts.every(isQuestion));
	const complete = questions.some(({ text }) => text.includes('?')) || statements.some(({ acts }) => acts.some(saysMoreThanService));
	const allRead = statements.length + questions.length === messages.length;
	return statements.length > 0 && questions.length > 0 && allRead && complete ? apart.flatMap(({ acts }) => acts) : together;
}

function isQuestion(act: Act): boolean {
	return act.type === 'ask';
}

function isYes(act: Act): boolean {
	return act.type === 'yes';
}

/** «сколько стоит» and «маникюр» in two messages are one question; «сколько стоит» and «лучше в среду» are not. */
function saysMoreThanService(act: Act): boolean {
	if (act.type === 'book' || act.type === 'fill') return act.whenText !== undefined || act.staffText !== undefined || act.phoneText !== undefined;
	return act.type !== 'smalltalk' && act.type !== 'none';
}

function read(input: UnderstandInput, text: string): readonly Act[] {
	if (wantsStop(text)) return [{ type: 'stop' }];
	if (wantsHuman(text)) return [{ type: 'human' }];
	const facts = factsOf(input, text);
	const answered = readAnswer(input, facts);
	if (answered !== null) return answered;
	if (isFarewell(facts)) return readSmalltalk(facts);
	if (hasAny(facts.words, KEEP) && !namesVisit(facts)) return [{ type: 'no' }];
	const asks = readAsks(facts);
	const manage = readManage(input, facts);
	if (manage !== null) return [manage, ...asks.filter((ask) => ask.topic !== 'staff' && ask.topic !== 'hours')];
	const visits = readVisits(input, facts, asks);
	if (asks.length > 0 || visits.length > 0) return [...asks, ...visits];
	if (hasAny(facts.words, ON_THE_WAY)) return [question(facts)];
	const talk = readSmalltalk(facts);
	return talk.length > 0 ? talk : readRest(input, facts);
}

const opensWithNo = lexicon(['^ нет|неа|no|nope']);

/** A question about anything else; a «no» with more words than rules can read. */
function readRest(input: UnderstandInput, facts: Facts): readonly Act[] {
	if (hasAny(facts.words, opensWithNo) && !facts.asks) return [{ type: 'no' }];
	if (facts.words.list.length > 1 && (facts.asks || hasAny(facts.words, QUESTION_WORDS))) return [question(facts)];
	const name = input.bookingInProgress && isKnownName(facts) ? nameAnswer(facts, []) : null;
	return name === null ? [] : [{ type: 'fill', nameText: name.text }];
}

function isKnownName(facts: Facts): boolean {
	return facts.words.list.length <= 2 && facts.words.list.some((word) => fullNamesOf(word.text).size > 0);
}

function question(facts: Facts): Act {
	return { type: 'ask', topic: 'faq', text: facts.text.trim() };
}

/** Acts of one kind said twice are one: the later words fill what the earlier left open. Visits stay apart. */
function merged(acts: readonly Act[]): Act[] {
	const result: Act[] = [];
	for (const act of acts) {
		const at = result.findIndex((other) => isSameKind(other, act));
		const earlier = result[at];
		if (earlier === undefined) result.push(act);
		else if (act.type === 'fill') result[at] = { ...act, ...earlier };
	}
	return result;
}

function isSameKind(left: Act, right: Act): boolean {
	if (left.type === 'book' || left.type !== right.type) return false;
	if (left.type === 'ask' && right.type === 'ask') return left.topic === right.topic;
	if (left.type === 'correct' && right.type === 'correct') return left.field === right.field;
	return true;
}

