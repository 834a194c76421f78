import type { Answered, HttpPort } from '../http';

const BLOCKED_STATUS = 429;

/**
 * The same port, which remembers when the time budget of each method begins anew: the refusal of a method without time
 * left does not say it, the answer before it did.
 */
export function remembering(port: HttpPort): HttpPort {
	const resets = new Map<string, number>();
	return {
		async exchange(request) {
			const answer = await port.exchange(request);
			if (answer.kind === 'failed') return answer;
			const method = methodOf(request.url);
			if (answer.status !== BLOCKED_STATUS) {
				const reset = resetIn(answer);
				if (reset !== null) resets.set(method, reset);
				return answer;
			}
			const reset = resets.get(method);
			if (reset === undefined || answer.headers['retry-after'] !== undefined) return answer;
			return { ...answer, headers: { ...answer.headers, 'retry-after': new Date((reset + 1) * 1000).toUTCString() } };
		},
	};
}

function methodOf(url: string): string {
	return new URL(url).pathname.split('/').pop() ?? '';
}

/** Found without reading a whole answer of megabytes: the block of times stands at its end. */
function resetIn({ body }: Answered): number | null {
	const tail = new TextDecoder().decode(body.subarray(Math.max(0, body.length - 1000)));
	const match = /"operating_reset_at":\s*(\d{9,11})/.exec(tail);
	return match === null ? null : Number(match[1]);
}
