import type { Failed, HttpPort } from './port';

/** A client's own timeout often bounds only the silence between two bytes; a little later than that one, this one ends the wait. */
const GRACE_MS = 250;
const TIMED_OUT: Failed = { kind: 'failed', cause: 'timeout', sent: true };

/** The same port with a bound on the whole exchange. What is given up goes on unheard. */
export function bounded(port: HttpPort): HttpPort {
	return {
		async exchange(request) {
			let timer: NodeJS.Timeout | undefined;
			const late = new Promise<Failed>((resolve) => {
				timer = setTimeout(() => resolve(TIMED_OUT), request.timeoutMs + GRACE_MS);
			});
			try {
				return await Promise.race([port.exchange(request), late]);
			} finally {
				clearTimeout(timer);
			}
		},
	};
}
