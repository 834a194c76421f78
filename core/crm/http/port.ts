/** One HTTP request, complete: nothing is added by the port but what its host adds to sign it. */
export interface HttpRequest {
	readonly method: HttpMethod;
	/** Absolute, with its query. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** The whole exchange may take this long. */
	readonly timeoutMs: number;
	/** A longer answer is `too_large`. */
	readonly maxBytes: number;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Why no answer came. */
export const FAILURE_CAUSES = ['timeout', 'refused', 'reset', 'dns', 'tls', 'aborted', 'too_large'] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** Any status is an answer. Header names are in lower case. */
export interface Answered {
	readonly kind: 'answered';
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
}

/** No answer. `sent` is false only when it is proven that no byte of the request left. */
export interface Failed {
	readonly kind: 'failed';
	readonly cause: FailureCause;
	readonly sent: boolean;
}

export type HttpExchange = Answered | Failed;

/** Carries requests. Never throws for the network, never judges a status, never follows a redirect, never repeats. */
export interface HttpPort {
	exchange(request: HttpRequest): Promise<HttpExchange>;
}
