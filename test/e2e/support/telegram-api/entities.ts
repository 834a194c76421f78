/** What a text with marks looks like to the reader, or why Telegram refuses it. */
export type Parsed = { readonly kind: 'ok'; readonly text: string } | { readonly kind: 'refused'; readonly why: string };

const TAGS = new Set(['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'a', 'code', 'pre', 'tg-spoiler', 'blockquote']);
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const PARSERS: Readonly<Record<string, (text: string) => Parsed>> = { html: parseHtml, markdown: parseMarkdown };

/** Reads a text by its parse mode; without one it stands as it is. */
export function parseText(text: string, mode: unknown): Parsed {
	if (mode === undefined || mode === null || mode === '') return { kind: 'ok', text };
	return PARSERS[String(mode).toLowerCase()]?.(text) ?? { kind: 'refused', why: 'unsupported parse_mode' };
}

function parseHtml(text: string): Parsed {
	const open: string[] = [];
	let shown = '';
	for (let at = 0; at < text.length; ) {
		if (text[at] !== '<') {
			const [token, meaning] = character(text, at);
			shown += meaning;
			at += token;
			continue;
		}
		const [whole = '', slash = '', tag = ''] = /^<(\/?)([a-z][a-z-]*)(?:\s[^<>]*)?>/i.exec(text.slice(at)) ?? [];
		if (whole === '' || !TAGS.has(tag.toLowerCase())) return { kind: 'refused', why: `can't parse entities: Unsupported start tag "${tag}" at byte offset ${at}` };
		if (slash === '') open.push(tag);
		else if (open.pop() !== tag) return { kind: 'refused', why: `can't parse entities: Unexpected end tag at byte offset ${at}` };
		at += whole.length;
	}
	return open.length === 0 ? { kind: 'ok', text: shown } : { kind: 'refused', why: `can't parse entities: Can't find end tag corresponding to start tag "${open[0]}"` };
}

function character(text: string, at: number): [number, string] {
	const [whole = '', name = '', number = ''] = /^&(?:(lt|gt|amp|quot)|#(\d{1,6}));/.exec(text.slice(at)) ?? [];
	if (whole === '') return [1, text[at] ?? ''];
	return [whole.length, name === '' ? String.fromCodePoint(Number(number)) : (NAMED[name] ?? '')];
}

/** The old Markdown: a mark that is not closed is an error, which is why names with `_` break such senders. */
function parseMarkdown(text: string): Parsed {
	for (const mark of ['_', '*', '`']) {
		if ((text.split(mark).length - 1) % 2 === 1) return { kind: 'refused', why: `can't parse entities: Can't find end of the entity starting at byte offset ${text.indexOf(mark)}` };
	}
	return { kind: 'ok', text: text.replace(/[_*`]/g, '') };
}
