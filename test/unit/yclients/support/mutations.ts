import type { Answered, HttpExchange, HttpPort } from '../../../../core/crm/http';
import { createRandom, type Random } from '../../../contract/simulators/kit';

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

type Spoil = (answer: Answered, random: Random) => HttpExchange;

const text = (answer: Answered): string => Buffer.from(answer.body).toString('utf8');
const body = (answer: Answered, value: string): Answered => ({ ...answer, body: Buffer.from(value) });
const envelope = (value: unknown): string => JSON.stringify(value);

/** Answers that are no answer: whatever list they carry is not one. */
const FAILURES: readonly Spoil[] = [
	(answer, random) => body(answer, text(answer).slice(0, random.integer(0, Math.max(0, text(answer).length - 1)))),
	(answer) => body(answer, '<html><body>maintenance</body></html>'),
	(answer) => body(answer, ''),
	(answer) => body(answer, '[]'),
	(answer) => body(answer, '{}'),
	(answer) => body(answer, 'null'),
	(answer) => body(answer, '{"data":[]}'),
	(answer) => body(answer, envelope({ success: false, data: [], meta: [] })),
	(answer) => body(answer, envelope({ success: false, data: null, meta: { message: 'Превышен лимит запросов' } })),
	(answer) => body(answer, envelope({ success: true, data: null, meta: [] })),
	(answer) => body(answer, envelope({ success: true, data: {}, meta: [] })),
	(answer) => body(answer, envelope({ success: true, data: '', meta: { total_count: 0 } })),
	(answer) => body(answer, envelope({ success: true, data: [[]], meta: [] })),
	(answer) => body(answer, envelope({ success: true, data: [null], meta: {} })),
	(answer) => body(answer, envelope({ success: true, data: [], meta: { total_count: 7 } })),
	(answer, random) => ({ ...answer, status: random.pick([301, 302, 400, 401, 402, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504]), body: Buffer.from(envelope({ success: false, data: [], meta: {} })) }),
	(answer, random) => ({ ...answer, status: random.pick([302, 429, 500, 503]) }),
	() => ({ kind: 'failed', cause: 'reset', sent: true }),
	() => ({ kind: 'failed', cause: 'timeout', sent: true }),
	() => ({ kind: 'failed', cause: 'too_large', sent: true }),
];

const JUNK: readonly unknown[] = [null, '', 'x', -1, 0, 1.5, 1e21, '1e9', 'NaN', true, [], {}, [{}], { id: null }, '2026-13-45 99:99:99', '🙃'.repeat(2000), '__proto__', -0];

/** Puts junk where one value of a whole answer stood, or drops it. The envelope's own list is left one. */
const junkInside: Spoil = (answer, random) => {
	const root: unknown = JSON.parse(text(answer));
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
	if (places.length === 0) return FAILURES[0]?.(answer, random) ?? answer;
	const { holder, key } = random.pick(places);
	if (!Array.isArray(holder) && random.integer(0, 3) === 0) delete holder[key];
	else holder[key] = random.pick(JUNK);
	return body(answer, JSON.stringify(root));
};

/** A port that spoils answers, the same for the same seed. Requests reach the vendor unspoiled. */
export function createMutator(seed: number, kinds: 'failures' | 'all'): Mutator {
	const random = createRandom(seed);
	const mutator: Mutator = {
		tally: { mutated: 0, failed: 0 },
		share: 0,
		wrap: (port) => ({
			exchange: async (request) => {
				const exchange = await port.exchange(request);
				if (exchange.kind === 'failed' || random.integer(0, 999) >= mutator.share * 1000) return exchange;
				mutator.tally.mutated += 1;
				const isJson = text(exchange).startsWith('{');
				if (kinds === 'all' && isJson && random.integer(0, 3) > 0) return junkInside(exchange, random);
				mutator.tally.failed += 1;
				return random.pick(FAILURES)(exchange, random);
			},
		}),
	};
	return mutator;
}
