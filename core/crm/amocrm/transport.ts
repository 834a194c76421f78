import { type Answer, createTransport, type HeaderSource, type HttpPort, judgeByStatus, type RateWindow, type Transport, type TransportParts, type VendorRules, type Verdict } from '../http';
import { AMOCRM, type Brand } from './brands';
import type { TokenSource } from './tokens';

/** What the vendor counts requests by: the integration in an account. It blocks those who do not mind it. */
export const RATE_WINDOWS: readonly RateWindow[] = [{ requests: 7, perMs: 1000 }];

/** A blocked integration is asked again after a quarter of an hour: every request until then would only prolong it. */
const BLOCKED_MS = 900_000;

export type AmocrmTransportParts = Omit<TransportParts, 'rules' | 'headers'> & {
	/** Rotating tokens of a script; in n8n the credential signs, and then there is none. */
	readonly tokens?: TokenSource;
	/** A long-lived token of a script. */
	readonly token?: string;
};

/** The transport of one account. `baseUrl` is the account's own, see `apiUrlOf`. */
export function createAmocrmTransport({ tokens, token, port, ...parts }: AmocrmTransportParts, brand: Brand = AMOCRM): Transport {
	const headers: HeaderSource | undefined = tokens === undefined ? (token === undefined ? undefined : bearer(token)) : async () => bearer(await tokens.current());
	return createTransport({ ...parts, port: tokens === undefined ? port : renewing(port, tokens), headers, rules: rulesOf(brand) });
}

/** How the brand's answers are read. */
export function rulesOf({ vendor }: Brand): VendorRules {
	return { vendor, headers: { accept: 'application/hal+json', 'user-agent': 'n8n-nodes-ai-admin' }, judge: (answer) => judge(answer, vendor) };
}

function bearer(token: string): Readonly<Record<string, string>> {
	return { authorization: `Bearer ${token}` };
}

/** Sends a request again, once, with a newer token: 401 comes before anything is done. */
function renewing(port: HttpPort, tokens: TokenSource): HttpPort {
	return {
		async exchange(request) {
			const first = await port.exchange(request);
			if (first.kind !== 'answered' || first.status !== 401) return first;
			const used = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
			const fresh = await tokens.renewed(used).catch(() => null);
			return fresh === null || fresh === used ? first : port.exchange({ ...request, headers: { ...request.headers, ...bearer(fresh) } });
		},
	};
}

function judge(answer: Answer, vendor: string): Verdict {
	const { status, body } = answer;
	if (status === 403 && body.kind !== 'json') {
		return { kind: 'throttled', pauseMs: BLOCKED_MS, message: `${vendor} blocks the integration after too many requests; if this lasts, ask its support to lift the block.` };
	}
	const isDone = status >= 200 && status < 300;
	if (!isDone) return named(answer);
	if (body.kind === 'empty') return status === 200 ? { kind: 'unreadable' } : { kind: 'success', payload: null };
	// an empty answer is a word of the vendor; a written «null» is none
	if (body.kind === 'text' || body.value === null) return { kind: 'unreadable' };
	// a problem that comes as a success says nothing of what was done
	return isProblem(body.value) ? { kind: 'failed' } : { kind: 'success', payload: body.value };
}

/** Adds the fields the vendor complains about; its own words may name people. */
function named(answer: Answer): Exclude<Verdict, { kind: 'success' }> {
	const plain = judgeByStatus(answer);
	const fields = answer.body.kind === 'json' ? fieldsIn(answer.body.value) : [];
	return plain.kind !== 'refused' || fields.length === 0 ? plain : { ...plain, message: `${plain.message} Fields: ${fields.join(', ')}.` };
}

const FIELD = /^[a-z_][a-z0-9_.]{0,60}$/i;
const CODE = /^[A-Za-z]{1,40}$/;
const MOST_FIELDS = 8;

function fieldsIn(body: unknown): readonly string[] {
	const rows = listIn(body, 'validation-errors').flatMap((row) => listIn(row, 'errors'));
	const names = rows.map((error) => {
		const [path, code] = [textIn(error, 'path'), textIn(error, 'code')];
		return FIELD.test(path) ? `${path}${CODE.test(code) ? ` (${code})` : ''}` : '';
	});
	return [...new Set(names.filter((name) => name !== ''))].slice(0, MOST_FIELDS);
}

function isProblem(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'title' in value && 'status' in value && typeof value.status === 'number' && value.status >= 400;
}

function listIn(holder: unknown, key: string): readonly unknown[] {
	const value: unknown = typeof holder === 'object' && holder !== null ? (holder as Readonly<Record<string, unknown>>)[key] : undefined;
	return Array.isArray(value) ? value : [];
}

function textIn(holder: unknown, key: string): string {
	const value: unknown = typeof holder === 'object' && holder !== null ? (holder as Readonly<Record<string, unknown>>)[key] : undefined;
	return typeof value === 'string' ? value : '';
}
