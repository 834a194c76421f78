import * as v from 'valibot';
import { type OperationKey, type Outcome, ok, refused, type Refused, unavailable, unknown } from '../../booking';
import { type Answer, readAnswer, requestIdOf, retryAfterOf } from './answer';
import { type Call, type HeaderSource, requestOf } from './call';
import type { Lane, Limiter } from './limiter';
import { jitter, PATIENCE } from './patience';
import type { FailureCause, HttpPort } from './port';
import type { VendorRules } from './rules';
import { below } from './url';

export interface TransportParts {
	readonly port: HttpPort;
	readonly limiter: Limiter;
	readonly rules: VendorRules;
	/** Address of the API; calls never leave its host and folder. */
	readonly baseUrl: string;
	/** Secrets of a script; in n8n the port signs. */
	readonly headers?: HeaderSource;
	readonly onEvent?: (event: TransportEvent) => void;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
	readonly sleep?: (ms: number) => Promise<void>;
	/** 0 to 1. */
	readonly random?: () => number;
}

/** One exchange, in names and counts: no address, no body, no person. */
export interface TransportEvent {
	readonly vendor: string;
	readonly call: string;
	readonly lane: Lane;
	readonly attempt: number;
	readonly ms: number;
	readonly result: 'ok' | 'refused' | 'throttled' | 'failed' | 'unreadable';
	readonly status: number | null;
	readonly cause: FailureCause | null;
	readonly requestId: string | null;
}

/** The one way to a vendor's API. */
export interface Transport {
	/** Asks without changing anything, again and again within the lane's patience. Never `unknown`. */
	read<T>(call: Call<T>): Promise<Outcome<T>>;
	/**
	 * Sends a change at most once. `unavailable` means that it provably never left, `refused` that the vendor said no;
	 * whatever else is not a whole successful answer is `unknown`.
	 */
	write<T>(call: Call<T>, operation: OperationKey): Promise<Outcome<T>>;
	/** The same transport for another purpose. */
	inLane(lane: Lane): Transport;
}

/** An exchange that brought nothing to hand back. */
interface Fruitless {
	readonly kind: 'fruitless';
	readonly sent: boolean;
	readonly unreadable: boolean;
	readonly why: string;
	/** The vendor's own word on when to come back, 0 without one. */
	readonly pauseMs: number;
}

type Step<T> = { readonly kind: 'ok'; readonly value: T } | Refused | Fruitless;

const FRUITLESS = {
	throttled: 'refused a request as one too many',
	failed: 'could not answer',
	unreadable: 'gave an answer that cannot be read',
} as const;

/** Builds the transport of one account, in the lane of dialogues. Throws `TypeError` for a base address that is none. */
export function createTransport(parts: TransportParts): Transport {
	below(parts.baseUrl, '');
	return laneOf(parts, 'dialogue');
}

function laneOf(parts: TransportParts, lane: Lane): Transport {
	const exchanges = new Exchanges(parts, lane);
	return {
		read: (call) => exchanges.read(call),
		write: (call, operation) => exchanges.write(call, operation),
		inLane: (other) => laneOf(parts, other),
	};
}

class Exchanges {
	private readonly clock: () => number;
	private readonly sleep: (ms: number) => Promise<void>;
	private readonly random: () => number;

	constructor(
		private readonly parts: TransportParts,
		private readonly lane: Lane,
	) {
		this.clock = parts.clock ?? Date.now;
		this.sleep = parts.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
		this.random = parts.random ?? Math.random;
	}

	async read<T>(call: Call<T>): Promise<Outcome<T>> {
		const patience = PATIENCE[this.lane];
		const deadline = this.clock() + patience.deadlineMs;
		let unreadable = 0;
		for (let attempt = 1; ; attempt += 1) {
			const granted = await this.grant(deadline, call.isWanted);
			if (granted.kind !== 'ok') return granted;
			const step = await this.once(call, attempt, granted.value, Math.min(patience.readMs, deadline - this.clock()));
			if (step.kind !== 'fruitless') return step;
			if (step.unreadable) unreadable += 1;
			const next = this.clock() + Math.max(step.pauseMs, jitter(attempt, this.random));
			if (attempt >= (call.attempts ?? patience.attempts) || unreadable > 1 || next >= deadline) {
				return unavailable(step.why, step.pauseMs > 0 ? new Date(next).toISOString() : undefined);
			}
			await this.sleep(next - this.clock());
		}
	}

	async write<T>(call: Call<T>, operation: OperationKey): Promise<Outcome<T>> {
		const patience = PATIENCE[this.lane];
		const granted = await this.grant(this.clock() + patience.deadlineMs);
		if (granted.kind !== 'ok') return granted;
		const step = await this.once(call, 1, granted.value, patience.writeMs);
		if (step.kind !== 'fruitless') return step;
		return step.sent ? unknown(operation) : unavailable(step.why);
	}

	/** Waits for the right to one request; the value is the moment it was granted. */
	private async grant(deadline: number, isWanted?: () => boolean): Promise<Outcome<number>> {
		const { limiter, rules } = this.parts;
		for (;;) {
			if (isWanted?.() === false) return unavailable('Nobody waits for the answer any more.');
			const grant = await limiter.take(this.lane).catch(() => null);
			if (grant === null) return unavailable('The count of requests cannot be kept: the store does not answer.');
			if (grant.kind === 'granted') return ok(grant.at);
			const next = this.clock() + grant.ms;
			if (next >= deadline) return unavailable(`${rules.vendor} allows no more requests for now.`, new Date(next).toISOString());
			// those who wait for the same moment must not all come back in it
			await this.sleep(grant.ms + Math.ceil(this.random() * Math.min(grant.ms, 100)));
		}
	}

	private async once<T>(call: Call<T>, attempt: number, grantedAt: number, timeoutMs: number): Promise<Step<T>> {
		const { rules, port, baseUrl, headers = {} } = this.parts;
		const request = await requestOf(call, { baseUrl, headers: rules.headers, signing: headers }, timeoutMs);
		if (request.kind === 'refused') return request;
		if (request.kind !== 'ok') return fruitless('The credential of the CRM could not be renewed.', { sent: false });
		const began = this.clock();
		const exchange = await port.exchange(request.value);
		const event = { vendor: rules.vendor, call: call.name, lane: this.lane, attempt, ms: this.clock() - began };
		if (exchange.kind === 'failed') {
			const { cause, sent } = exchange;
			this.say({ ...event, result: 'failed', status: null, cause, requestId: null });
			return fruitless(`${rules.vendor} gave no answer to ${call.name} (${cause}).`, { sent, unreadable: cause === 'too_large' });
		}
		const answer = readAnswer(exchange);
		const { result, step, toldMs } = this.judge(call, answer);
		this.say({ ...event, result, status: answer.status, cause: null, requestId: requestIdOf(answer.headers) });
		if (result === 'throttled') await this.parts.limiter.refused(grantedAt, toldMs).catch(() => undefined);
		return step;
	}

	/** `toldMs` is the vendor's own word on when to come back, null without one. */
	private judge<T>(call: Call<T>, answer: Answer): { readonly result: TransportEvent['result']; readonly step: Step<T>; readonly toldMs: number | null } {
		const { rules } = this.parts;
		const id = requestIdOf(answer.headers);
		const tag = `${call.name}, status ${answer.status}${id === null ? '' : `, request ${id}`}`;
		const verdict = rules.judge(answer);
		const toldMs = retryAfterOf(answer.headers, this.clock()) ?? (verdict.kind === 'throttled' ? (verdict.pauseMs ?? null) : null);
		if (verdict.kind === 'refused') return { result: 'refused', step: refused(verdict.reason, `${verdict.message} [${tag}]`), toldMs };
		const parsed = verdict.kind === 'success' ? v.safeParse(call.schema, verdict.payload) : null;
		if (parsed?.success === true) return { result: 'ok', step: ok(parsed.output), toldMs };
		const result = verdict.kind === 'success' ? 'unreadable' : verdict.kind;
		const pauseMs = toldMs ?? 0;
		const advice = 'message' in verdict && verdict.message !== undefined ? ` ${verdict.message}` : '';
		return { result, step: fruitless(`${rules.vendor} ${FRUITLESS[result]} (${tag}).${advice}`, { unreadable: result === 'unreadable', pauseMs }), toldMs };
	}

	private say(event: TransportEvent): void {
		this.parts.onEvent?.(event);
	}
}

function fruitless(why: string, { sent = true, unreadable = false, pauseMs = 0 }: Partial<Omit<Fruitless, 'kind' | 'why'>>): Fruitless {
	return { kind: 'fruitless', sent, unreadable, why, pauseMs };
}
