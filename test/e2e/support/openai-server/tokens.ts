/**
 * A fixed estimator of tokens: the same rule for every request, so that two ways of asking can be compared. Against
 * o200k_base it was between 4 % under and 16 % over on prompts, results of tools and replies in both languages.
 */
import { textOf, type Saying, type WireRequest, type WireTool } from './wire';

const PIECES = /[A-Za-z]+|[А-Яа-яЁё]+|\p{L}+|\d{1,3}|\n+|[^\s\p{L}\d]{1,3}/gu;
/** Letters a token holds on average inside a word. */
const LATIN = 5.5;
const CYRILLIC = 3.2;
/** What the format itself costs for each message and each answer. */
const MESSAGE = 4;
const ANSWER = 3;

/** Tokens of a text. */
export function tokensOf(text: string): number {
	let tokens = 0;
	for (const [piece] of text.matchAll(PIECES)) tokens += tokensOfPiece(piece);
	return tokens;
}

function tokensOfPiece(piece: string): number {
	if (/^[A-Za-z]/.test(piece)) return Math.ceil(piece.length / LATIN);
	if (/^\p{L}/u.test(piece)) return Math.ceil(piece.length / CYRILLIC);
	return 1;
}

/** Tokens a provider would bill for the request: messages, calls and results of tools, and the tools' definitions. */
export function tokensIn(request: WireRequest): number {
	const messages = request.messages.reduce((sum, message) => {
		const calls = (message.tool_calls ?? []).map((call) => `${call.function.name}(${call.function.arguments})`).join('\n');
		return sum + MESSAGE + tokensOf(textOf(message.content)) + tokensOf(calls);
	}, ANSWER);
	return messages + (request.tools ?? []).reduce((sum, tool) => sum + tokensOf(signature(tool)), 0);
}

/** Tokens of what was said. */
export function tokensOut(saying: Saying): number {
	return tokensOf('say' in saying ? saying.say : `${saying.tool}(${JSON.stringify(saying.args)})`);
}

/** Providers show tools to the model as short signatures, not as the JSON Schema of the request. */
function signature({ function: { name, description = '', parameters } }: WireTool): string {
	const { properties = {}, required = [] } = (parameters ?? {}) as { properties?: Record<string, { type?: unknown; description?: unknown; items?: { type?: unknown } }>; required?: readonly string[] };
	const fields = Object.entries(properties).map(([key, field]) => {
		const comment = typeof field.description === 'string' ? `// ${field.description}\n` : '';
		const type = field.type === 'array' ? `${String(field.items?.type ?? 'any')}[]` : String(field.type ?? 'any');
		return `${comment}${key}${required.includes(key) ? '' : '?'}: ${type},`;
	});
	return `// ${description}\ntype ${name} = (_: {\n${fields.join('\n')}\n}) => any;\n`;
}
