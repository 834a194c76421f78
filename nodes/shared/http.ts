import { NodeApiError, type IAdditionalCredentialOptions, type IAllExecuteFunctions, type IHttpRequestOptions } from 'n8n-workflow';
import { bounded, causesOf, failureOf, flatHeaders, type HttpExchange, type HttpPort, type HttpRequest } from '../../core/crm/http';

/** What every kind of node function offers that a request needs. */
export type HttpHost = Pick<IAllExecuteFunctions, 'helpers'>;

/**
 * The port of nodes: n8n signs the request with the credential, knows the proxy, and renews an OAuth token or session
 * once when the answer is 401. Any status is an answer, redirects are never followed. Throws only what the operator must
 * mend in n8n itself, such as a missing credential.
 */
export function createNodeHttpPort(host: HttpHost, credentialType: string, renewal?: IAdditionalCredentialOptions): HttpPort {
	return bounded({ exchange: (request) => exchange(host, credentialType, renewal, request) });
}

/** Errors of n8n about its own settings: no credential, an address it does not allow. Nothing was sent. */
const TO_MEND: ReadonlySet<string> = new Set(['NodeOperationError', 'UserError']);
/** n8n renews a credential only when its own client throws for the status. */
const RENEWING_STATUS = 401;

async function exchange(host: HttpHost, credentialType: string, renewal: IAdditionalCredentialOptions | undefined, request: HttpRequest): Promise<HttpExchange> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body,
		timeout: request.timeoutMs,
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: { ignore: true, except: [RENEWING_STATUS] },
		disableFollowRedirect: true,
	};
	try {
		const response: unknown = await host.helpers.httpRequestWithAuthentication.call(host as IAllExecuteFunctions, credentialType, options, renewal);
		return answeredOf(response, request.maxBytes);
	} catch (error) {
		return failedOf(error);
	}
}

function answeredOf(response: unknown, maxBytes: number): HttpExchange {
	if (typeof response !== 'object' || response === null || !('statusCode' in response)) return { kind: 'failed', cause: 'aborted', sent: true };
	const { statusCode, headers, body } = response as { readonly statusCode: unknown; readonly headers?: unknown; readonly body?: unknown };
	const bytes = bytesOf(body);
	if (bytes.length > maxBytes) return { kind: 'failed', cause: 'too_large', sent: true };
	return { kind: 'answered', status: Number(statusCode), headers: flatHeaders(headers), body: bytes };
}

/** Bytes as asked for; a helper that has read the body already gives text or a value. */
function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

/**
 * Only 401 is thrown for a status of the vendor. Any other status comes from renewing the credential, before the request
 * or after it was turned away with 401: a refusal of the token server means a dead credential, its fault a bad moment.
 */
function failedOf(error: unknown): HttpExchange {
	const toMend = causesOf(error).find((cause) => 'name' in cause && TO_MEND.has(String(cause.name)));
	if (toMend !== undefined) throw toMend;
	if (!(error instanceof NodeApiError)) return failureOf(error);
	const status = Number(error.httpCode);
	if (!Number.isInteger(status) || status < 400 || status > 599) return failureOf(error);
	if (status >= 500) return { kind: 'failed', cause: 'refused', sent: false };
	return { kind: 'answered', status: RENEWING_STATUS, headers: headersOf(error), body: Buffer.alloc(0) };
}

function headersOf(error: Error): Record<string, string> {
	for (const cause of causesOf(error)) {
		const response: unknown = 'response' in cause ? cause.response : null;
		if (typeof response === 'object' && response !== null && 'headers' in response) return flatHeaders(response.headers);
	}
	return {};
}
