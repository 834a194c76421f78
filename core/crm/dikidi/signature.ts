import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How old or early a signed message may be. */
export const SIGNATURE_SECONDS = 300;

/** `v1=` and the HMAC-SHA256 of `timestamp.body` in hex; `seconds` is unix time. */
export function signatureOf(secret: string, seconds: number, body: string | Uint8Array): string {
	return `v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}

/** Headers by which either side proves a message; `id` names it for the other side's memory. */
export function signedHeaders(secret: string, id: string, seconds: number, body: string): Readonly<Record<string, string>> {
	return { 'x-gateway-event-id': id, 'x-gateway-timestamp': String(seconds), 'x-gateway-signature': signatureOf(secret, seconds, body) };
}

/** Whether two secrets are the same, in a time that tells nothing about where they differ. */
export function isSameSecret(given: string, right: string): boolean {
	return timingSafeEqual(digestOf(given), digestOf(right));
}

/** Of equal length, whatever the lengths of the secrets. */
function digestOf(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
