import { badPath, exception, PageError, serverPage } from './errors';
import { splitArguments } from './literals';

/** IIS refuses longer addresses by itself. */
const MAX_URL = 2048;

/** One step of a path: a name and what stood in its parentheses, null without any. */
export interface Step {
	readonly name: string;
	readonly argument: string | null;
}

/** An address as the base reads it. */
export interface Address {
	/** Steps below `/odata/standard.odata`. */
	readonly steps: readonly Step[];
	/** Query options by name; a plus stays a plus. */
	readonly options: Readonly<Record<string, string>>;
}

/** Reads the address of a request, not decoded yet; null when it is outside the interface. Throws for what the server refuses. */
export function readAddress(target: string, base: string): Address | null {
	if (target.length > MAX_URL) throw new PageError(serverPage(404, '404.15 - Not Found: the request filtering module denies a request with a query string that is too long'));
	const mark = target.indexOf('?');
	const path = mark < 0 ? target : target.slice(0, mark);
	const root = `/${base}/odata/standard.odata`;
	const decoded = decode(path);
	if (decoded !== root && !decoded.startsWith(`${root}/`)) return null;
	const steps = splitSteps(decoded.slice(root.length)).map(readStep);
	return { steps, options: mark < 0 ? {} : readOptions(target.slice(mark + 1)) };
}

/** Named arguments of a function or a key, `Period=datetime'…',Поле_Key=guid'…'`. */
export function namedArguments(argument: string): ReadonlyMap<string, string> {
	return new Map(
		splitArguments(argument).map((part) => {
			const mark = part.indexOf('=');
			if (mark < 0) throw badPath(argument);
			return [part.slice(0, mark).trim(), part.slice(mark + 1).trim()] as const;
		}),
	);
}

function readOptions(query: string): Readonly<Record<string, string>> {
	const pairs = query.split('&').map((pair) => {
		const mark = pair.indexOf('=');
		return mark < 0 ? [decode(pair), ''] : [decode(pair.slice(0, mark)), decode(pair.slice(mark + 1))];
	});
	const options = Object.fromEntries(pairs) as Readonly<Record<string, string>>;
	// a plus is no space here: between words it breaks the query
	if (/[\p{L}\p{N}_)']\+(eq|ne|gt|ge|lt|le|and|or|not)\+/u.test(options.$filter ?? '')) throw exception('Операция не разрешена в предложении "ГДЕ"');
	return options;
}

function splitSteps(path: string): readonly string[] {
	const steps: string[] = [];
	let [depth, current] = [0, ''];
	for (const letter of path) {
		if (letter === '(') depth += 1;
		if (letter === ')') depth -= 1;
		if (letter === '/' && depth === 0) {
			steps.push(current);
			current = '';
		} else current += letter;
	}
	return [...steps, current].filter((step) => step !== '');
}

function readStep(step: string): Step {
	const open = step.indexOf('(');
	if (open < 0) return { name: step, argument: null };
	if (!step.endsWith(')')) throw badPath(step);
	return { name: step.slice(0, open), argument: step.slice(open + 1, -1) };
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw badPath(part);
	}
}
