import type { Facts } from './facts';

/** A draft with its facts in place, or the handles nobody registered. */
export type Rendering = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly unknown: readonly string[] };

const HANDLE = /\{([^{}]*)\}/g;

/**
 * Puts canonical strings in place of handles. Anything in braces that is not a handle of this reply, and a brace alone,
 * rejects the draft. A fact is put in once and never read as a draft, so braces inside it mean nothing.
 */
export function renderDraft(draft: string, facts: Facts): Rendering {
	const unknown: string[] = [];
	const text = draft.replace(HANDLE, (whole, handle: string) => {
		const fact = facts.get(handle);
		if (fact === undefined) unknown.push(whole);
		return fact ?? '';
	});
	unknown.push(...(withoutHandles(draft, '').match(/[{}]/g) ?? []));
	return unknown.length === 0 ? { ok: true, text } : { ok: false, unknown };
}

/** The draft with every handle replaced by `mark`: what a lint may judge. */
export function withoutHandles(draft: string, mark: string): string {
	return draft.replace(HANDLE, mark);
}
