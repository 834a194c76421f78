import { type Answer, empty, html, json } from './answer';
import { delay } from './delay';

/** `none`: the request never reaches the CRM's data; `done`: the CRM does what was asked and only the answer suffers. */
export type Effect = 'none' | 'done';

/** The connection ends without an answer, or stays open without one. */
export type NoAnswer = 'cut' | 'hang';

/** What a fault can do with one request. */
export interface FaultCall {
	/** Lets the CRM do its work; at most once. */
	work(): Promise<Answer>;
	/** The vendor's own form of a refusal. */
	throttled(retryAfterSeconds?: number): Answer;
	failed(status: number): Answer;
	errorIn200(): Answer;
}

/** One way an answer goes wrong. */
export interface Fault {
	readonly name: string;
	apply(call: FaultCall): Promise<Answer | NoAnswer>;
}

function after(effect: Effect, name: string, spoil: (call: FaultCall, right: Answer | null) => Answer | NoAnswer): Fault {
	return {
		name: `${name}, effect ${effect}`,
		apply: async (call) => spoil(call, effect === 'done' ? await call.work() : null),
	};
}

/** The right answer, `milliseconds` of real time late; the effect happens before the wait. */
export const late = (milliseconds: number): Fault => ({
	name: 'late',
	apply: async (call) => {
		const right = await call.work();
		await delay(milliseconds);
		return right;
	},
});
/** No answer: the caller waits until its own timeout. */
export const hang = (effect: Effect): Fault => after(effect, 'hang', () => 'hang');
/** The connection is cut without an answer: a quick stand-in for a timeout. */
export const cut = (effect: Effect): Fault => after(effect, 'cut', () => 'cut');
/** Too many requests, in the vendor's form; without an argument no Retry-After. */
export const throttled = (retryAfterSeconds?: number): Fault => after('none', 'throttled', (call) => call.throttled(retryAfterSeconds));
/** A 5xx or another status in the vendor's form. */
export const failing = (status: number, effect: Effect = 'none'): Fault => after(effect, `status ${status}`, (call) => call.failed(status));
/** HTTP 200 whose body says that it failed, in the vendor's form. */
export const errorIn200 = (effect: Effect = 'none'): Fault => after(effect, 'error in 200', (call) => call.errorIn200());
/** A page for people. */
export const htmlPage = (status: number, effect: Effect = 'none'): Fault => after(effect, `HTML ${status}`, () => html(status, 'Service temporarily unavailable'));
/** No body at all. */
export const emptyBody = (status = 204, effect: Effect = 'none'): Fault => after(effect, `empty ${status}`, () => empty(status));
/** The first half of the right answer, or of a made-up one. */
export const truncated = (effect: Effect = 'done'): Fault =>
	after(effect, 'truncated JSON', (_call, right) => {
		const whole = right === null || right.body === '' ? json(200, { success: true, data: [{ id: 1 }], result: [{ id: 1 }] }) : right;
		return { ...whole, body: whole.body.slice(0, Math.ceil(whole.body.length / 2)) };
	});
/** A valid JSON answer of at least `bytes`, the status of success. */
export const huge = (bytes = 3_000_000, effect: Effect = 'none'): Fault =>
	after(effect, 'huge', () => json(200, { success: true, data: [{ id: 1, comment: 'x'.repeat(bytes) }], result: [{ ID: '1', COMMENT: 'x' }] }));
/** Anything else: changes the right answer. */
export const replaced = (name: string, replace: (right: Answer) => Answer): Fault => ({ name, apply: async (call) => replace(await call.work()) });

/** A request that stops until the test lets it go, to order two racing calls without waiting for luck. */
export interface Gate {
	readonly fault: Fault;
	/** Resolves when a request stands at the gate. */
	readonly reached: Promise<void>;
	open(): void;
}

/** `none` holds the request before the CRM works, `done` holds the answer after. */
export function gate(effect: Effect): Gate {
	let open: () => void = () => undefined;
	let reach: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	const reached = new Promise<void>((resolve) => (reach = resolve));
	const fault: Fault = {
		name: `gate, effect ${effect}`,
		apply: async (call) => {
			const early = effect === 'done' ? await call.work() : null;
			reach();
			await opened;
			return early ?? (await call.work());
		},
	};
	return { fault, reached, open: () => open() };
}

/** Which requests a fault meets. */
export interface FaultRule {
	readonly method?: string;
	/** Tested against the path without query. */
	readonly path?: RegExp;
	/** Matching requests that pass before the fault begins; 0 by default. */
	readonly skip?: number;
	/** Requests that meet the fault; 1 by default, Infinity for all. */
	readonly times?: number;
}

/** The script of what goes wrong; rules are tried in the order they were added. */
export interface FaultScript {
	add(fault: Fault, rule?: FaultRule): void;
	clear(): void;
	/** The fault of this request, counting it. */
	next(method: string, path: string): Fault | null;
	/** True when every added fault of a finite number was met: a test that scripts a fault nobody meets proves nothing. */
	spent(): boolean;
}

/** An empty script. */
export function createFaultScript(): FaultScript {
	let rules: { readonly fault: Fault; readonly rule: FaultRule; skip: number; left: number }[] = [];
	return {
		add: (fault, rule = {}) => void rules.push({ fault, rule, skip: rule.skip ?? 0, left: rule.times ?? 1 }),
		clear: () => void (rules = []),
		next: (method, path) => {
			for (const entry of rules) {
				const { rule } = entry;
				if (entry.left === 0 || (rule.method !== undefined && rule.method !== method) || (rule.path !== undefined && !rule.path.test(path))) continue;
				if (entry.skip > 0) {
					entry.skip -= 1;
					continue;
				}
				entry.left -= 1;
				return entry.fault;
			}
			return null;
		},
		spent: () => rules.every(({ left }) => left === 0 || left === Infinity),
	};
}
