import type { KnowledgeAnswer, KnowledgeSource, Snippet } from './port';
import { visible } from './visible';

export interface SourceRules {
	/** Least score of a snippet of the second source, 0..1: what a vector store calls near is often only alike. */
	readonly threshold: number;
	/** How long each source may take, milliseconds. */
	readonly timeLimitMs: number;
}

const RULES: SourceRules = { threshold: 0.75, timeLimitMs: 2000 };
const MOST_TEXT = 600;
const MOST_TITLE = 200;

/**
 * Asks the salon's own entries first and a second source (a vector store) only when they have nothing. Each has its time.
 * `none` means that every source was asked and has nothing; when one could not be asked the answer is not known.
 */
export function composeSources(primary: KnowledgeSource, second: KnowledgeSource | null, rules: Partial<SourceRules> = {}): KnowledgeSource {
	const { threshold, timeLimitMs } = { ...RULES, ...rules };
	return {
		async search(question, limit) {
			const first = await within(timeLimitMs, primary, question, limit);
			if (first.kind === 'found' || second === null) return first;
			const other = checked(await within(timeLimitMs, second, question, limit), threshold, limit);
			return other.kind === 'none' ? first : other;
		},
	};
}

async function within(ms: number, source: KnowledgeSource, question: string, limit: number): Promise<KnowledgeAnswer> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<KnowledgeAnswer>((resolve) => {
		timer = setTimeout(() => resolve({ kind: 'unavailable', cause: 'timeout' }), ms);
	});
	try {
		return await Promise.race([source.search(question, limit), late]);
	} catch {
		return { kind: 'unavailable', cause: 'failed' };
	} finally {
		clearTimeout(timer);
	}
}

/** What a source outside the house may hand on: scores that are numbers above the threshold, short texts, best first. */
function checked(answer: KnowledgeAnswer, threshold: number, limit: number): KnowledgeAnswer {
	if (answer.kind !== 'found') return answer;
	const snippets = answer.snippets
		.filter((snippet) => snippet.score >= threshold && snippet.score <= 1 && snippet.text.trim() !== '')
		.sort((a, b) => b.score - a.score)
		.slice(0, limit)
		.map(bounded);
	return snippets.length === 0 ? { kind: 'none' } : { kind: 'found', snippets };
}

function bounded({ id, title, text, score }: Snippet): Snippet {
	return { id, title: visible(title).trim().slice(0, MOST_TITLE), text: visible(text).trim().slice(0, MOST_TEXT), score };
}
