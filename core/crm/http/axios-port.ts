import type { AxiosInstance, AxiosResponse } from 'axios';
import { failureOf } from './failure';
import type { HttpExchange, HttpPort, HttpRequest } from './port';

/**
 * The port of scripts and benches on an axios instance of the caller. The answer's body is taken as bytes, so that no
 * broken JSON becomes text silently; proxies of the environment are honoured as axios does.
 */
export function createAxiosPort(axios: AxiosInstance): HttpPort {
	return { exchange: (request) => exchange(axios, request) };
}

async function exchange(axios: AxiosInstance, request: HttpRequest): Promise<HttpExchange> {
	const { method, url, headers, body, timeoutMs, maxBytes } = request;
	// axios' own timeout restarts with every byte; the signal bounds the whole exchange
	const signal = AbortSignal.timeout(timeoutMs);
	try {
		const response = await axios.request<ArrayBuffer>({
			method,
			url,
			headers,
			data: body,
			signal,
			maxRedirects: 0,
			maxContentLength: maxBytes,
			responseType: 'arraybuffer',
			validateStatus: () => true,
			transformRequest: (data: unknown) => data,
		});
		return { kind: 'answered', status: response.status, headers: headersOf(response), body: Buffer.from(response.data) };
	} catch (error) {
		const failed = failureOf(error);
		return failed.cause === 'aborted' && signal.aborted ? { ...failed, cause: 'timeout' } : failed;
	}
}

function headersOf(response: AxiosResponse): Record<string, string> {
	return flatHeaders(response.headers);
}

/** Header names in lower case, several values joined; anything that is no text is left out. */
export function flatHeaders(headers: unknown): Record<string, string> {
	if (typeof headers !== 'object' || headers === null) return {};
	const flat: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string' || typeof value === 'number') flat[name.toLowerCase()] = String(value);
		else if (Array.isArray(value)) flat[name.toLowerCase()] = value.filter((part) => typeof part === 'string').join(', ');
	}
	return flat;
}
