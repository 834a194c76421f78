import type { KnowledgeAnswer, KnowledgeSource, Snippet } from '../../../core/conversation/knowledge/port';
import { cutGraphemes } from '../../../core/conversation/compose/display';
import { documentsIn, type Document } from './documents';
import { relevance } from './relevance';

const SEARCH_MS = 2_000;
const LONGEST_QUESTION = 500;
const LONGEST_SNIPPET = 600;
/** Below it a text is not about the question. */
const LEAST_SCORE = 0.3;
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[^\S\n]|\p{Cc}(?<!\n)/gu;
/** What tools call their one argument. */
const ARGUMENTS = ['input', 'query', 'question', 'text', 'search'] as const;

interface Tool {
	readonly name?: unknown;
	readonly schema?: unknown;
	invoke(args: unknown, options: { readonly signal: AbortSignal }): Promise<unknown>;
}

/**
 * Connected tools as a source of knowledge, or null when none can be asked: a vector store in its mode «Retrieve Documents
 * (As Tool for AI Agent)», or any tool that takes a question and gives texts. All are asked at once and have two seconds.
 */
export function toolKnowledge(connected: readonly unknown[]): KnowledgeSource | null {
	const tools = connected.flatMap(toolsOf);
	if (tools.length === 0) return null;
	return {
		async search(question, limit): Promise<KnowledgeAnswer> {
			const asked = question.slice(0, LONGEST_QUESTION);
			const answers = await Promise.all(tools.map((tool) => ask(tool, asked)));
			const snippets = answers
				.flatMap((documents, source) => (documents === null ? [] : snippetsOf(documents, asked, source)))
				.sort((one, other) => other.score - one.score)
				.slice(0, limit);
			if (snippets.length > 0) return { kind: 'found', snippets };
			// one source that is away may be the very one that knows
			return answers.includes(null) ? { kind: 'unavailable', cause: 'tool_failed' } : { kind: 'none' };
		},
	};
}

/** Null when the tool failed or was too slow: not the same as having found nothing. */
async function ask(tool: Tool, question: string): Promise<readonly Document[] | null> {
	const signal = AbortSignal.timeout(SEARCH_MS);
	const late = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
	const asked = Promise.resolve()
		.then(() => tool.invoke(argumentsOf(tool, question), { signal }))
		.then(documentsIn)
		.catch(() => null);
	return Promise.race([asked, late]);
}

function snippetsOf(documents: readonly Document[], question: string, source: number): readonly Snippet[] {
	return documents.flatMap(({ title, text, score }, place) => {
		const clean = cutGraphemes(text.replace(INVISIBLE, ' ').trim(), LONGEST_SNIPPET);
		const judged = score ?? relevance(question, `${title} ${text}`);
		return clean === '' || judged < LEAST_SCORE ? [] : [{ id: `t${source + 1}.${place + 1}`, title, text: clean, score: judged }];
	});
}

/** A toolkit holds several tools. One that waits for a person's approval cannot be asked in the middle of an answer. */
function toolsOf(candidate: unknown): readonly Tool[] {
	if (typeof candidate !== 'object' || candidate === null) return [];
	if ('getTools' in candidate && typeof candidate.getTools === 'function') {
		const tools: unknown = candidate.getTools();
		return Array.isArray(tools) ? tools.flatMap(toolsOf) : [];
	}
	const gated = 'metadata' in candidate && typeof candidate.metadata === 'object' && candidate.metadata !== null && 'gatedToolNodeName' in candidate.metadata;
	return !gated && 'invoke' in candidate && typeof candidate.invoke === 'function' ? [candidate as Tool] : [];
}

/** The question under the name the tool's schema has for it. */
function argumentsOf({ schema }: Tool, question: string): Record<string, string> {
	const names = argumentNames(schema);
	const name = ARGUMENTS.find((usual) => names.includes(usual)) ?? names[0] ?? 'input';
	return { [name]: question };
}

/** Of a zod object or a JSON Schema. */
function argumentNames(schema: unknown): readonly string[] {
	if (typeof schema !== 'object' || schema === null) return [];
	const { shape, properties } = schema as { shape?: unknown; properties?: unknown };
	const fields = [shape, properties].find((value) => typeof value === 'object' && value !== null);
	return fields === undefined || fields === null ? [] : Object.keys(fields);
}
