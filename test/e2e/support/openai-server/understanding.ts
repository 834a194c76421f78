/** Plays the model that Booking Agent asks: acts for the client's words, and rewordings that change nothing. */
import type { Script } from './server';
import { textOf, type WireRequest } from './wire';

/** An act as the model writes it; `serviceRef` may be a title, which becomes the handle the prompt gave it. */
export type WireAct = Readonly<Record<string, string>>;

interface Task {
	readonly untrusted?: unknown;
	readonly draft?: unknown;
}

/** What the client wrote, personal data masked, or null when the request is not about understanding. */
export function clientWords(request: WireRequest): string | null {
	const { untrusted } = task(request);
	return typeof untrusted === 'string' ? untrusted : null;
}

/** A model that reads every message as `read` says; null is one it does not understand. */
export function understands(read: (words: string, request: WireRequest) => readonly WireAct[] | null): Script {
	return (request) => {
		const words = clientWords(request);
		if (words === null) return { say: String(task(request).draft ?? 'ok') };
		const acts = read(words, request);
		const named = acts?.map((act) => (act['serviceRef'] === undefined ? act : { ...act, serviceRef: handleOf(request, act['serviceRef']) }));
		return { say: JSON.stringify({ acts: named ?? [{ type: 'none' }], lang: 'ru', confidence: acts === null ? 0.2 : 0.95 }) };
	};
}

function task(request: WireRequest): Task {
	const last = request.messages.filter(({ role }) => role === 'user').at(-1);
	try {
		return JSON.parse(textOf(last?.content)) as Task;
	} catch {
		return {};
	}
}

/** The handle of a service in the catalogue at the end of the system message. */
function handleOf(request: WireRequest, title: string): string {
	const system = textOf(request.messages[0]?.content);
	const { catalogue_data: catalogue } = JSON.parse(system.slice(system.lastIndexOf('\n{') + 1)) as { catalogue_data: { services: Record<string, string> } };
	const found = Object.entries(catalogue.services).find(([, name]) => name === title);
	if (found === undefined) throw new Error(`The prompt has no service called ${title}`);
	return found[0];
}
