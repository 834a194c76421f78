/** What goes back over the wire. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
	return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}

/** An answer without a body, as a 204 has none. */
export function empty(status: number): Answer {
	return { status, headers: {}, body: '' };
}

/** A page for people where a program expected JSON: a proxy's, a captcha's, a vendor's maintenance page. */
export function html(status: number, title: string): Answer {
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>` };
}

/** The same answer with more headers. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
	return { ...answer, headers: { ...answer.headers, ...headers } };
}
