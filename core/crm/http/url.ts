/** Values of a query; an array repeats its key, an absent value leaves the key out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

/** Builds a path and encodes every value in it, so that an id can never add a segment: path`record/${company}/${id}`. */
export function path(literals: TemplateStringsArray, ...values: readonly (string | number)[]): string {
	return literals.reduce((whole, literal, index) => `${whole}${literal}${index < values.length ? segment(values[index]) : ''}`, '');
}

function segment(value: string | number | undefined): string {
	const text = String(value ?? '');
	// a dot segment would climb even when encoded
	return /^\.+$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text);
}

/** An address below `base`, or null for one that would leave its host or folder. */
export function below(base: string, relative: string, query: Query = {}): string | null {
	const root = new URL(base.endsWith('/') ? base : `${base}/`);
	const target = parse(relative.replace(/^\/+/, ''), root);
	if (target === null || target.origin !== root.origin || !target.pathname.startsWith(root.pathname) || target.username !== '' || target.hash !== '') return null;
	const parts = Object.entries(query).flatMap(([key, value]) => {
		const values: readonly (string | number | boolean)[] = value === undefined ? [] : typeof value === 'object' ? value : [value];
		// a dollar may stand in a query as it is, and names of OData options are read so
		return values.map((one) => `${encodeURIComponent(key).replaceAll('%24', '$')}=${encodeURIComponent(String(one))}`);
	});
	if (parts.length > 0) target.search = [target.search.replace(/^\?/, ''), ...parts].filter((part) => part !== '').join('&');
	return target.href;
}

function parse(relative: string, root: URL): URL | null {
	try {
		return new URL(relative, root);
	} catch {
		return null;
	}
}
