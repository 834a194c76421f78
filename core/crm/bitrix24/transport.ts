import { type Answer, createTransport, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../http';
import { isRecord } from '../reading';
import { meaningOf } from './codes';
import { remembering } from './operating';

/**
 * What a portal counts requests by, with the outgoing address: a bucket of 50 that loses two a second. A window as long as
 * the bucket takes to run dry never fills it.
 */
export const RATE_WINDOWS: readonly RateWindow[] = [{ requests: 50, perMs: 25_000 }];
/** The same of the Enterprise plan. */
export const ENTERPRISE_RATE_WINDOWS: readonly RateWindow[] = [{ requests: 250, perMs: 50_000 }];

/** How a portal's answers are read. */
export const RULES: VendorRules = { vendor: 'Bitrix24', headers: { accept: 'application/json' }, judge };

/** `baseUrl` is the URL of an incoming webhook, or `https://portal/rest/` with a port of {@link signedPort}. */
export interface PortalParts extends Omit<TransportParts, 'rules' | 'headers'> {
	readonly baseUrl: string;
}

/** The transport of one portal. Throws `TypeError` for an address that is none; the address, a secret, is never in an error. */
export function createBitrix24Transport(parts: PortalParts): Transport {
	const baseUrl = restAddress(parts.baseUrl);
	if (baseUrl === null) throw new TypeError('The address of the portal is not valid; copy the URL of the incoming webhook, for example https://salon.bitrix24.ru/rest/1/…/.');
	return createTransport({ ...parts, port: remembering(parts.port), baseUrl, rules: RULES });
}

/** The folder below which methods live, or null. The sample method that the portal shows at the end of a webhook is left out. */
export function restAddress(text: string): string | null {
	const trimmed = text.trim();
	if (!URL.canParse(trimmed)) return null;
	const url = new URL(trimmed);
	const match = /^(\/(?:.*\/)?rest(?:\/\d+\/[A-Za-z0-9]+)?)(?:\/[a-z][a-z0-9._]*)?\/?$/i.exec(url.pathname);
	if (match === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.host === '') return null;
	return `${url.origin}${match[1]}/`;
}

function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	if (status >= 300 && status < 400) return movedTo(answer.headers.location);
	if (body.kind !== 'json' || !isRecord(body.value)) return status < 300 ? { kind: 'unreadable' } : judgeByStatus(answer);
	const isDone = status >= 200 && status < 300;
	// an error may come with any status, 200 included
	if ('error' in body.value) return meaningOf(body.value.error) ?? (isDone ? { kind: 'failed' } : judgeByStatus(answer));
	if (!isDone) return judgeByStatus(answer);
	return 'result' in body.value ? { kind: 'success', payload: body.value } : { kind: 'unreadable' };
}

/** A renamed portal. Its secret is not carried to another host unasked. */
function movedTo(location: string | undefined): Verdict {
	const host = location !== undefined && URL.canParse(location) ? new URL(location).host : '';
	const where = /^[a-z0-9.-]{1,100}(:\d{1,5})?$/i.test(host) ? ` to ${host}` : '';
	return { kind: 'refused', reason: 'credential_invalid', message: `The portal has moved${where}; put its new address into the credential.` };
}
