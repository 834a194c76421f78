import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import * as v from 'valibot';
import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import type { Signals, Topic } from '../ports';
import { processPart } from './process-registry';

const TOPICS = ['turns', 'outbox', 'results', 'commands', 'state'] as const satisfies readonly Topic[];
const NOTICE = v.object({
	from: v.string(),
	topic: v.picklist(TOPICS),
	tenant: v.string(),
	session: v.string(),
	detail: v.optional(v.string()),
});
/** Longer ones are not sent to other processes: they find out by themselves. */
const LONGEST_NOTICE = 7_000;

/** Stands for every session of a store: who listens to it hears of each. */
export const ALL_SESSIONS: SessionKey = { tenant: '*', session: '*' };

const nameOf = (topic: Topic, { tenant, session }: SessionKey): string => JSON.stringify([topic, tenant, session]);

/** The signals of this process for a store, the same object for everyone, also after a reload of the package. */
export function storeSignals(store: Store): Signals {
	return processPart('signals', store, () => createSignals(store));
}

/** In the process at once, to other processes by notice where the database has them. */
export function createSignals({ notices }: Pick<Store, 'notices'>): Signals {
	const here = randomUUID();
	const emitter = new EventEmitter();
	emitter.setMaxListeners(0);
	const outgoing = new Set<string>();
	let listening: { readonly stop: () => void } | null = null;
	let ears = 0;

	const tell = (topic: Topic, key: SessionKey, detail: string | undefined): void => {
		emitter.emit(nameOf(topic, key), detail);
		if (key.tenant !== ALL_SESSIONS.tenant) emitter.emit(nameOf(topic, ALL_SESSIONS), detail);
	};

	function heard(payload: string): void {
		const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), NOTICE), payload);
		if (!parsed.success || parsed.output.from === here) return;
		tell(parsed.output.topic, parsed.output, parsed.output.detail);
	}

	function flush(): void {
		const payloads = [...outgoing];
		outgoing.clear();
		// a lost notice is made up for by the next look of whoever waits for it
		for (const payload of payloads) void notices?.send(payload).catch(() => undefined);
	}

	return {
		send(topic, key, detail) {
			tell(topic, key, detail);
			if (notices === null) return;
			const payload = JSON.stringify({ from: here, topic, tenant: key.tenant, session: key.session, detail });
			if (Buffer.byteLength(payload) > LONGEST_NOTICE) return;
			if (outgoing.size === 0) setImmediate(flush);
			outgoing.add(payload);
		},
		on(topic, key, listener) {
			const name = nameOf(topic, key);
			emitter.on(name, listener);
			ears += 1;
			if (notices !== null) listening ??= notices.listen(heard);
			let ended = false;
			return () => {
				if (ended) return;
				ended = true;
				emitter.off(name, listener);
				ears -= 1;
				if (ears > 0) return;
				listening?.stop();
				listening = null;
			};
		},
	};
}
