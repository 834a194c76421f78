import { createHmac, timingSafeEqual } from 'node:crypto';

const MAX_AGE_S = 300;

/** Headers of the signed gateway: HMAC-SHA256 over `timestamp.body`, in hex behind `v1=`. */
export function signedHeaders(secret: string, id: string, seconds: number, body: string): Readonly<Record<string, string>> {
	return {
		'content-type': 'application/json',
		'x-gateway-event-id': id,
		'x-gateway-timestamp': String(seconds),
		'x-gateway-signature': `v1=${hex(secret, seconds, body)}`,
	};
}

/** True for a signature of these bytes that is at most five minutes old. */
export function isSigned(secret: string, headers: Readonly<Record<string, unknown>>, body: string, nowSeconds: number): boolean {
	const seconds = Number(headers['x-gateway-timestamp']);
	const given = Buffer.from(String(headers['x-gateway-signature']));
	const right = Buffer.from(`v1=${hex(secret, seconds, body)}`);
	return Math.abs(nowSeconds - seconds) <= MAX_AGE_S && given.length === right.length && timingSafeEqual(given, right);
}

function hex(secret: string, seconds: number, body: string): string {
	return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
