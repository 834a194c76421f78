import type { Answered, HttpExchange, HttpPort } from '../../../core/crm/http';
import { createRandom, type Random } from '../simulators/kit';

/** One way an answer is spoiled. */
export type Spoil = (answer: Answered, random: Random) => HttpExchange;

/** How a vendor's answers are spoiled. */
export interface Spoiling {
	/** Answers that are none: whatever list they carry is no list, and must never be read as an empty one. */
	readonly failures: readonly Spoil[];
	/** Puts junk somewhere inside a whole answer; null where the answer has no inside. */
	readonly junk: (answer: Answered, random: Random) => Answered | null;
}

/** Text of an answer, and the answer with another text. */
export const textOf = (answer: Answered): string => Buffer.from(answer.body).toString('utf8');
export const withText = (answer: Answered, text: string): Answered => ({ ...answer, body: Buffer.from(text) });
/** The answer with this value as its JSON. */
export const asJson = (value: unknown): Spoil => (answer) => withText(answer, JSON.stringify(value));
/** The answer with this text. */
export const asText = (text: string): Spoil => (answer) => withText(answer, text);

const STATUSES = [301, 302, 400, 401, 402, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504];

/** The right answer under a wrong status. */
export const wrongStatus: Spoil = (answer, random) => ({ ...answer, status: random.pick([302, 429, 500, 503]) });
/** A refusal of any status with this body. */
export const refusedWith = (body: string): Spoil => (answer, random) => ({ ...answer, status: random.pick(STATUSES), body: Buffer.from(body) });
/** The beginning of the right answer. */
export const shortened: Spoil = (answer, random) => withText(answer, textOf(answer).slice(0, random.integer(0, Math.max(0, textOf(answer).length - 1))));

/** What no vendor means by any answer: half of it, a page for people, no connection, too much, a wrong status. */
export const COMMON_FAILURES: readonly Spoil[] = [
	shortened,
	asText('<html><body>maintenance</body></html>'),
	wrongStatus,
	() => ({ kind: 'failed', cause: 'reset', sent: true }),
	() => ({ kind: 'failed', cause: 'timeout', sent: true }),
	() => ({ kind: 'failed', cause: 'too_large', sent: true }),
];

const JUNK: readonly unknown[] = [null, '', 'x', -1, 0, 1.5, 1e21, '1e9', 'NaN', true, [], {}, [{}], { id: null }, '2026-13-45 99:99:99', '🙃'.repeat(2000), '__proto__', -0];

/** Puts junk where one value of a JSON answer stood, or drops it. The outermost names are left as they are. */
export function junkInJson(answer: Answered, random: Random): Answered | null {
	if (!/^\s*[{[]/.test(textOf(answer))) return null;
	const root: unknown = JSON.parse(textOf(answer));
	const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
	const walk = (value: unknown, depth: number): void => {
		if (typeof value !== 'object' || value === null) return;
		for (const key of Object.keys(value)) {
			const holder = value as Record<string, unknown>;
			if (depth > 0) places.push({ holder, key });
			walk(holder[key], depth + 1);
		}
	};
	walk(root, 0);
	if (places.length === 0) return null;
	const { holder, key } = random.pick(places);
	if (!Array.isArray(holder) && random.integer(0, 3) === 0) delete holder[key];
	else holder[key] = random.pick(JUNK);
	return withText(answer, JSON.stringify(root));
}

const XML_JUNK = ['', 'x', '-1', '1e21', 'NaN', 'true', '2026-13-45T99:99:99', '&#x1F643;'.repeat(500), '&undefined;', '<b/>', '</', ']]>'];
const XML_PLACE = /(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)/g;

/** Puts junk where one attribute's value or one text of an XML answer stood. */
export function junkInXml(answer: Answered, random: Random): Answered | null {
	const text = textOf(answer);
	const places = text.trimStart().startsWith('<') ? [...text.matchAll(XML_PLACE)] : [];
	if (places.length === 0) return null;
	const place = random.pick(places);
	return withText(answer, `${text.slice(0, place.index)}${random.pick(XML_JUNK)}${text.slice(place.index + place[0].length)}`);
}

/** Counts what was done to answers; `failed` are those that no longer tell what the vendor holds. */
export interface Tally {
	mutated: number;
	failed: number;
}

export interface Mutator {
	readonly wrap: (port: HttpPort) => HttpPort;
	readonly tally: Tally;
	/** Share of answers that are spoiled, 0 to 1. */
	share: number;
}

/** A port that spoils answers, the same for the same seed. Requests reach the vendor unspoiled. */
export function createMutator(seed: number, spoiling: Spoiling, kinds: 'failures' | 'all'): Mutator {
	const random = createRandom(seed);
	const mutator: Mutator = {
		tally: { mutated: 0, failed: 0 },
		share: 0,
		wrap: (port) => ({
			exchange: async (request) => {
				const exchange = await port.exchange(request);
				if (exchange.kind === 'failed' || random.integer(0, 999) >= mutator.share * 1000) return exchange;
				mutator.tally.mutated += 1;
				const inside = kinds === 'all' && random.integer(0, 3) > 0 ? spoiling.junk(exchange, random) : null;
				if (inside !== null) return inside;
				mutator.tally.failed += 1;
				return random.pick(spoiling.failures)(exchange, random);
			},
		}),
	};
	return mutator;
}
