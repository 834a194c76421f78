/** Answers in the form of Telegram's Bot API. */
export interface ApiAnswer {
	readonly status: number;
	readonly body: object;
}

export const done = (result: unknown): ApiAnswer => ({ status: 200, body: { ok: true, result } });

/** A refusal with the words Telegram itself uses. */
export function refused(code: number, description: string, parameters?: object): ApiAnswer {
	return { status: code, body: { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) } };
}

export const badRequest = (why: string): ApiAnswer => refused(400, `Bad Request: ${why}`);

export const tooMany = (seconds: number): ApiAnswer => refused(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
