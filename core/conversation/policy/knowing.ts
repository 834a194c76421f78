import { speakable } from '../compose/speakable';
import type { KnowledgeAnswer, KnowledgeSource, Snippet } from '../knowledge/port';
import type { TurnWork } from '../work';

const MOST_SNIPPETS = 3;

/** The salon's own answer to a free question, or null when there is none that may be said. */
export async function knownAnswer(work: TurnWork, question: string): Promise<Snippet | null> {
	const { knowledge } = work.tools.lore;
	if (knowledge === null) return null;
	const answer = await search(knowledge, question);
	work.log('knowledge', { outcome: answer.kind, ...(answer.kind === 'found' ? { snippets: answer.snippets.length } : {}) });
	if (answer.kind !== 'found') return null;
	const snippet = answer.snippets.find(({ text }) => speakable(text));
	if (snippet === undefined) work.log('guard', { guard: 'G3', snippets: answer.snippets.length });
	return snippet ?? null;
}

async function search(knowledge: KnowledgeSource, question: string): Promise<KnowledgeAnswer> {
	try {
		return await knowledge.search(question, MOST_SNIPPETS);
	} catch {
		return { kind: 'unavailable', cause: 'failed' };
	}
}

/** Nothing answers the question: it is noted for the salon, and a person is called where the salon wants that. */
export async function leaveQuestion(work: TurnWork, question: string): Promise<void> {
	const { lore } = work.tools;
	work.outcome.push({ type: 'question', at: work.now });
	try {
		await lore.noteQuestion(work.turn.chat, question, work.now);
	} catch {
		work.log('question_unwritten');
	}
	if (!lore.handoff.onUnansweredQuestion) return work.say('faq_unknown', {});
	work.say('handoff', { cause: 'question' });
	work.handOver('question');
}
