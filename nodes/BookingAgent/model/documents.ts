/** A piece of text a tool gave back, with the score it gave when it gave one. */
export interface Document {
	readonly text: string;
	readonly title: string;
	readonly score: number | null;
}

const MOST_DOCUMENTS = 20;
const MOST_CHARACTERS = 200_000;
const MOST_DEPTH = 10;
const TEXT_KEYS = ['pageContent', 'page_content', 'text', 'content', 'answer', 'output', 'snippet', 'body'] as const;
const LIST_KEYS = ['documents', 'results', 'matches', 'items', 'data', 'response'] as const;
const TITLE_KEYS = ['title', 'question', 'source', 'name', 'heading'] as const;
const LONGEST_TITLE = 80;

/**
 * The documents in a tool's answer, whatever its form: text, JSON as text, LangChain documents, `[document, score]` pairs,
 * content parts, n8n items, or lists of these under a usual name. What cannot be read is left out.
 */
export function documentsIn(answer: unknown): readonly Document[] {
	const found: Document[] = [];
	collect(answer, null, found, 0);
	return found.slice(0, MOST_DOCUMENTS);
}

function collect(value: unknown, score: number | null, found: Document[], depth: number): void {
	if (depth > MOST_DEPTH || found.length >= MOST_DOCUMENTS) return;
	if (typeof value === 'string') collectText(value, score, found, depth);
	else if (Array.isArray(value)) collectList(value, score, found, depth);
	else if (typeof value === 'object' && value !== null) collectRecord(value as Record<string, unknown>, score, found, depth);
}

function collectText(value: string, score: number | null, found: Document[], depth: number): void {
	const text = value.slice(0, MOST_CHARACTERS).trim();
	const inside = /^[[{]/.test(text) ? parsed(text) : null;
	if (inside !== null) collect(inside, score, found, depth + 1);
	else if (text !== '') found.push({ text, title: '', score });
}

function collectList(list: readonly unknown[], score: number | null, found: Document[], depth: number): void {
	const [first, second] = list;
	if (list.length === 2 && typeof first === 'object' && typeof second === 'number') return collect(first, scoreOf(second), found, depth + 1);
	for (const one of list) collect(one, score, found, depth + 1);
}

function collectRecord(record: Record<string, unknown>, outer: number | null, found: Document[], depth: number): void {
	const inner = recordOf(record['json']) ?? recordOf(record['document']);
	const score = scoreOf(record['score'] ?? record['relevanceScore'] ?? recordOf(record['metadata'])?.['score']) ?? outer;
	if (inner !== null) return collect(inner, score, found, depth + 1);
	const list = LIST_KEYS.map((key) => record[key]).find((value) => typeof value === 'object' && value !== null);
	if (list !== undefined) return collect(list, score, found, depth + 1);
	const text = TEXT_KEYS.map((key) => record[key]).find((value) => value !== undefined && value !== null && value !== '');
	const before = found.length;
	collect(text, score, found, depth + 1);
	const title = titleOf(record);
	for (let i = before; i < found.length; i++) {
		const one = found[i];
		if (one !== undefined && one.title === '') found[i] = { ...one, title };
	}
}

function titleOf(record: Record<string, unknown>): string {
	const places = [record, recordOf(record['metadata']) ?? {}];
	const title = places.flatMap((place) => TITLE_KEYS.map((key) => place[key])).find((value) => typeof value === 'string' && value.trim() !== '');
	return typeof title === 'string' ? title.trim().slice(0, LONGEST_TITLE) : '';
}

/** Only a share counts: distances and sums of ranks say nothing that two stores would agree on. */
function scoreOf(value: unknown): number | null {
	return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}

function recordOf(value: unknown): Record<string, unknown> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
