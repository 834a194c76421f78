import type { OneCSimulator } from './index';
import type { Row } from './rows';

/** An answer as a client sees it. */
export interface Told {
	readonly status: number;
	readonly text: string;
	/** The parsed body, or nothing when it is no JSON object. */
	readonly body: Row;
	readonly headers: Headers;
}

export interface AskOptions {
	readonly verb?: string;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	/** The text of the body where it is not JSON. */
	readonly text?: string;
}

/** Header of a user of the base. */
export function basic({ login, password }: Pick<OneCSimulator, 'login' | 'password'>): Readonly<Record<string, string>> {
	return { authorization: `Basic ${Buffer.from(`${login}:${password}`, 'utf8').toString('base64')}` };
}

/** Asks for a path below the interface; query options are encoded with `%20`. JSON is asked for unless the options say otherwise. */
export async function ask(simulator: OneCSimulator, path: string, query: Readonly<Record<string, string>> = {}, options: AskOptions = {}): Promise<Told> {
	const pairs = Object.entries({ $format: 'json;odata=nometadata', ...query }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
	return askRaw(simulator, `${path.split('/').map(encodeURIComponent).join('/')}?${pairs.join('&')}`, options);
}

/** Asks for exactly this path and query. */
export async function askRaw(simulator: OneCSimulator, target: string, { verb = 'GET', body, headers = {}, text }: AskOptions = {}): Promise<Told> {
	const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
	const response = await fetch(`${simulator.odataUrl}/${target}`, { method: verb, headers: { ...basic(simulator), ...headers }, body: payload });
	// a mark at the beginning is kept as it came
	const answered = Buffer.from(await response.arrayBuffer()).toString('utf8');
	return { status: response.status, text: answered, body: parsed(answered), headers: response.headers };
}

/** Rows of a list that has to succeed. */
export async function rowsOf(simulator: OneCSimulator, path: string, query: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
	const { status, body, text } = await ask(simulator, path, query);
	if (status !== 200) throw new Error(`${status}: ${text}`);
	return body.value as readonly Row[];
}

/** Status and code of a request that has to fail. */
export function refusal({ status, body }: Told): readonly [number, unknown] {
	return [status, (body['odata.error'] as Row | undefined)?.code];
}

function parsed(text: string): Row {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, '')) as Row;
	} catch {
		return {};
	}
}
