/** Brackets as PHP reads and writes them. */
export type PhpTree = string | PhpBranch;

export interface PhpBranch {
	[key: string]: PhpTree;
}

const MAX_DEPTH = 8;

/** Reads `filter[id][]=1&filter[id][]=2` into nested maps; `[]` takes the next number. */
export function readPhp(entries: Iterable<readonly [string, string]>): PhpBranch {
	const root = branch();
	for (const [key, value] of entries) {
		const [head = '', ...rest] = key.split('[').map((part) => part.replace(/\]$/, ''));
		put(root, [head, ...rest].slice(0, MAX_DEPTH), value);
	}
	return root;
}

function branch(): PhpBranch {
	return Object.create(null) as PhpBranch;
}

function put(into: PhpBranch, [step = '', ...rest]: readonly string[], value: string): void {
	const key = step === '' ? String(Object.keys(into).length) : step;
	if (rest.length === 0) {
		into[key] = value;
		return;
	}
	const known = into[key];
	const next = typeof known === 'object' ? known : branch();
	into[key] = next;
	put(next, rest, value);
}

/** Every string in a tree: `[from]`/`[]` forms and bare values alike, commas split. */
export function listOf(tree: PhpTree | undefined): readonly string[] {
	if (tree === undefined) return [];
	if (typeof tree === 'string') return tree.split(',');
	return Object.values(tree).flatMap(listOf);
}

/** Writes a nested value as a form body the way `http_build_query` does. */
export function writePhp(value: Readonly<Record<string, unknown>>): string {
	const form = new URLSearchParams();
	for (const [key, one] of Object.entries(value)) write(form, key, one);
	return form.toString();
}

function write(form: URLSearchParams, key: string, value: unknown): void {
	if (value === null || value === undefined) return;
	if (typeof value !== 'object') {
		form.append(key, String(value));
		return;
	}
	for (const [step, one] of Object.entries(value)) write(form, `${key}[${step}]`, one);
}
