import * as v from 'valibot';
import {
	type Answered, type Call, createTransport, type Failed, type HttpExchange, type HttpPort, type HttpRequest, judgeByStatus, type Limiter, type Transport, type TransportEvent, type TransportParts, type VendorRules,
} from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock, type VirtualClock } from '../../contract/simulators/kit';

/** An answer with a JSON body, or with text as it stands. */
export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answered {
	return { kind: 'answered', status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

export function failed(cause: Failed['cause'], sent = true): Failed {
	return { kind: 'failed', cause, sent };
}

/** A vendor whose answers are bare JSON. */
export const PLAIN: VendorRules = {
	vendor: 'Plain',
	headers: { accept: 'application/json' },
	judge: (given) => (given.status >= 200 && given.status < 300 && given.body.kind === 'json' ? { kind: 'success', payload: given.body.value } : given.status < 300 ? { kind: 'unreadable' } : judgeByStatus(given)),
};

export const LIST: Call<readonly number[]> = { name: 'list', method: 'GET', path: 'list', schema: v.array(v.number()) };
export const SAVE: Call<{ readonly id: number }> = { name: 'save', method: 'POST', path: 'save', json: { phone: '+79161234501' }, schema: v.object({ id: v.number() }) };

/** A transport over scripted exchanges; the last one repeats. Waiting moves its clock. */
export interface Bench {
	readonly transport: Transport;
	readonly clock: VirtualClock;
	readonly requests: readonly HttpRequest[];
	readonly events: readonly TransportEvent[];
}

export function bench(script: readonly HttpExchange[], parts: Partial<TransportParts> & { readonly limiterOf?: (clock: VirtualClock) => Limiter } = {}): Bench {
	const clock = createClock('2026-11-20T06:00:00Z');
	const requests: HttpRequest[] = [];
	const events: TransportEvent[] = [];
	const port: HttpPort = {
		exchange: async (request) => {
			requests.push(request);
			return script[Math.min(requests.length, script.length) - 1] ?? failed('refused', false);
		},
	};
	const { limiterOf, ...rest } = parts;
	const transport = createTransport({
		port,
		limiter: limiterOf?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }),
		rules: PLAIN,
		baseUrl: 'https://api.example.org/v1',
		headers: { authorization: 'Bearer a-secret' },
		clock: clock.now,
		sleep: clock.sleep,
		random: () => 0.5,
		onEvent: (event) => events.push(event),
		...rest,
	});
	return { transport, clock, requests, events };
}
