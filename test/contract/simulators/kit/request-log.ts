import { fieldsOf, type SimRequest } from './request';

/** One request as the log keeps it: no header, no body value, no masked query value. */
export interface LoggedRequest {
	readonly at: string;
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	/** Names of the body's top-level keys. */
	readonly bodyKeys: readonly string[];
	/** 0 until answered, and for good when no answer went out. */
	status: number;
	/** Name of the fault it met. */
	fault: string | null;
	limited: boolean;
}

/** The log of a simulator, oldest first. */
export interface RequestLog {
	readonly all: readonly LoggedRequest[];
	/** Requests of a method to a path. */
	find(method: string, path: RegExp): readonly LoggedRequest[];
	clear(): void;
	add(request: SimRequest, at: string): LoggedRequest;
}

/** `masked` are names of query parameters whose values are personal data or secrets. */
export function createRequestLog(masked: readonly string[]): RequestLog {
	const all: LoggedRequest[] = [];
	return {
		all,
		find: (method, path) => all.filter((entry) => entry.method === method && path.test(entry.path)),
		clear: () => void all.splice(0),
		add: (request, at) => {
			const query = Object.fromEntries([...request.query].map(([name, value]) => [name, masked.includes(name) ? '***' : value]));
			const { method, path } = request;
			const entry: LoggedRequest = { at, method, path, query, bodyKeys: Object.keys(fieldsOf(request.json)), status: 0, fault: null, limited: false };
			all.push(entry);
			return entry;
		},
	};
}
