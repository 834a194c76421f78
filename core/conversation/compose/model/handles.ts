import type { TemplateDraft } from '../template-composer';

const HANDLE = /\{([^{}]*)\}/g;

/** What a handle stands for, by its letter: all a model needs to build a sentence around it. */
const LABELS: Readonly<Record<string, string>> = {
	o: 'offer', r: 'visit', v: 'service', s: 'specialist', p: 'price', l: 'length', d: 'day', t: 'time', a: 'address', c: 'phone', h: 'opening hours',
	n: 'client name', k: 'salon', q: 'count', g: 'category', e: 'emergency number', b: 'services', i: 'what the offers share',
};

/** Handles in the order they stand, with their repeats. */
export function handlesIn(text: string): readonly string[] {
	return [...text.matchAll(HANDLE)].map(([, handle = '']) => handle);
}

/** Label of every handle of a text. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
	return Object.fromEntries(handlesIn(text).map((handle) => [handle, LABELS[handle.charAt(0)] ?? 'fact']));
}

/**
 * Lines of a draft that stay word for word: whatever states a fact. Lines that ask may be said otherwise around their
 * handles. `withIntroductions` keeps the lines that introduce a list too. Neighbours come together.
 */
export function keptRuns(draft: Pick<TemplateDraft, 'body'>, withIntroductions: boolean): readonly (readonly string[])[] {
	const runs: string[][] = [];
	let open = false;
	for (const line of linesOf(draft.body)) {
		const keep = (handlesIn(line).length > 0 && !line.includes('?')) || (withIntroductions && line.endsWith(':'));
		if (keep && open) runs.at(-1)?.push(line);
		else if (keep) runs.push([line]);
		open = keep;
	}
	return runs;
}

/** The lines of a text outside the kept runs, or null when a run is missing, changed, torn or out of order. */
export function linesAround(text: string, runs: readonly (readonly string[])[]): readonly string[] | null {
	const lines = linesOf(text);
	const around: string[] = [];
	let at = 0;
	for (const run of runs) {
		const found = lines.findIndex((_, index) => index >= at && run.every((line, offset) => lines[index + offset] === line));
		if (found < 0) return null;
		around.push(...lines.slice(at, found));
		at = found + run.length;
	}
	return [...around, ...lines.slice(at)];
}

function linesOf(text: string): readonly string[] {
	return text
		.normalize('NFKC')
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}
