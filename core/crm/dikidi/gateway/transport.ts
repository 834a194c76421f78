import type { RefusalReason } from '../../../booking';
import { type Answer, createTransport, type HttpPort, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../../http';
import { isRecord } from '../../reading';
import { signedHeaders } from '../signature';

/** Our own courtesy towards an endpoint whose limits nobody knows. */
export const GATEWAY_RATE_WINDOWS: readonly RateWindow[] = [{ requests: 5, perMs: 1000 }];

/** Where commands are posted, in the parts a transport takes. */
export interface GatewayAddress {
	readonly baseUrl: string;
	readonly path: string;
}

/** The address of a gateway, kept to the letter, its query too. Throws `TypeError` for one that is none. */
export function gatewayAddress(url: string): GatewayAddress {
	const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : null;
	if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.hash !== '') {
		throw new TypeError('The address of the gateway must be a whole http or https address, without a user and without #.');
	}
	const folder = parsed.pathname.slice(0, parsed.pathname.lastIndexOf('/') + 1);
	// the dot keeps a last segment with a colon from being taken for a scheme
	return { baseUrl: `${parsed.origin}${folder}`, path: `./${parsed.pathname.slice(folder.length)}${parsed.search}` };
}

/** Signs every request over the very bytes that are sent, at the moment they are sent. `clock` is unix milliseconds. */
export function signedPort(port: HttpPort, secret: string, clock: () => number): HttpPort {
	return {
		exchange: (request) => {
			const { body = '', headers } = request;
			return port.exchange({ ...request, headers: { ...headers, ...signedHeaders(secret, headers['x-gateway-event-id'] ?? '', Math.floor(clock() / 1000), body) } });
		},
	};
}

/** The transport of one gateway. The port signs: {@link signedPort} in a script, the credential in n8n. */
export function createGatewayTransport(parts: Omit<TransportParts, 'rules' | 'baseUrl'> & { readonly gatewayUrl: string }): Transport {
	const { gatewayUrl, ...rest } = parts;
	return createTransport({ ...rest, baseUrl: gatewayAddress(gatewayUrl).baseUrl, rules: GATEWAY_RULES });
}

/** How answers of a gateway are read. */
const GATEWAY_RULES: VendorRules = { vendor: 'The DIKIDI gateway', headers: { accept: 'application/json' }, judge };

const UNSIGNED = 'The gateway does not accept the signature; the secret of the credential must be the same on both sides, and both clocks right.';
/** The contract's codes; they are believed with any status, since simple gateways answer 200 to everything. */
const CODES: Readonly<Record<string, readonly [RefusalReason, string]>> = {
	SLOT_TAKEN: ['slot_taken', 'The time is taken; ask for free slots again.'],
	UNSUPPORTED: ['unsupported', 'The gateway does not do this command, though it is ticked in the credential; untick it there.'],
	NOT_FOUND: ['not_found', 'The gateway has no such record.'],
	VALIDATION: ['invalid_request', 'The gateway does not accept the values.'],
	FORBIDDEN: ['not_allowed', 'The gateway is set up for another company; compare the company id on both sides.'],
	UNAUTHORIZED: ['credential_invalid', UNSIGNED],
};
const RECEIVED = 'It received the command, but did not say what came of it: only {"ok": true, "result": …} counts as done.';
const FIELD = /^[a-z][a-z0-9_.[\]]{0,60}$/i;
const MOST_FIELDS = 8;

function judge(answer: Answer): Verdict {
	const { status, body } = answer;
	const isDone = status >= 200 && status < 300;
	// whoever turned the request away at the door need not know the contract
	if (status === 401) return { kind: 'refused', reason: 'credential_invalid', message: UNSIGNED };
	const fields = body.kind === 'json' && isRecord(body.value) ? body.value : null;
	if (fields === null) return isDone ? { kind: 'unreadable', message: RECEIVED } : judgeByStatus(answer);
	if (isDone && fields.ok === true && fields.pending !== true && isRecord(fields.result)) return { kind: 'success', payload: fields.result };
	if (fields.ok !== false) return isDone ? { kind: 'unreadable', message: RECEIVED } : judgeByStatus(answer);
	if (status === 429) return { kind: 'throttled' };
	const code = typeof fields.code === 'string' ? fields.code : '';
	const [reason, message] = Object.hasOwn(CODES, code) ? (CODES[code] ?? []) : [];
	if (reason === undefined || message === undefined || (status >= 500 && status !== 501)) return isDone ? { kind: 'failed' } : judgeByStatus(answer);
	const wrong = pathsIn(fields.errors);
	return { kind: 'refused', reason, message: wrong.length === 0 ? message : `${message} Fields: ${wrong.join(', ')}.` };
}

function pathsIn(errors: unknown): readonly string[] {
	if (!Array.isArray(errors)) return [];
	const paths = errors.map((error: unknown) => (isRecord(error) && typeof error.path === 'string' ? error.path : ''));
	return paths.filter((path) => FIELD.test(path)).slice(0, MOST_FIELDS);
}
