import type { Store } from '../../../store';
import type { WriteQueue } from '../../auth/writes';
import type { Lease } from '../../lease';
import type { Clock, HealthReporter } from '../../ports';
import { channelOf } from '../identity';
import type { InboundSettings } from '../settings';
import { filesToFetch, openMessage, type StoredMessage } from '../stored';
import { roomFor } from './allowance';
import { type Fetched, fetchFile, type FetcherParts, type Wanted } from './fetcher';
import { keepFile } from './keeper';

export interface FilesParts extends Omit<FetcherParts, 'settings' | 'roomBytes' | 'signal' | 'timeoutMs' | 'reuploadMs'> {
	readonly store: Store;
	readonly lease: Lease;
	readonly settings: () => InboundSettings;
	readonly clock: Clock;
	readonly health: HealthReporter;
	readonly writes: WriteQueue;
	/** A file has come, or will not. */
	readonly onFile: () => void;
}

/** Files fetched at a time in one session, each of another chat. */
const PARALLEL = 3;
const DOWNLOAD_MS = 30_000;
const REUPLOAD_MS = 20_000;
/** What has not been begun by then is given up: the words of its turn wait for it. */
const PATIENCE_MS = 600_000;

type Job = { readonly message: StoredMessage; readonly place: number; /** Not of the clock, which may be put right. */ readonly since: number };

/** Fetches the files of messages whose turns wait for them. */
export class Files {
	/** What each address sent, the one whose turn it is first. */
	readonly #queues = new Map<string, Job[]>();
	readonly #running = new Map<Job, Promise<void>>();
	readonly #stop = new AbortController();

	constructor(private readonly parts: FilesParts) {}

	/** Ids of messages whose files are not here yet. */
	get pending(): readonly string[] {
		return [...new Set([...[...this.#queues.values()].flat(), ...this.#running.keys()].map(({ message }) => message.item.id))];
	}

	want(message: StoredMessage, places: readonly number[]): void {
		if (places.length === 0) return;
		const queue = this.#queues.get(message.item.jid) ?? [];
		queue.push(...places.map((place) => ({ message, place, since: performance.now() })));
		this.#queues.set(message.item.jid, queue);
		this.#fill();
	}

	/** Fetches what open turns still wait for after a restart. */
	async resume(): Promise<void> {
		const { store, lease } = this.parts;
		const rows = await store.db
			.selectFrom('collected_message as message')
			.innerJoin('collected_turn as turn', (join) => join.onRef('turn.tenant', '=', 'message.tenant').onRef('turn.turn_id', '=', 'message.turn_id'))
			.select('message.payload')
			.where('turn.tenant', '=', lease.tenant)
			.where('turn.channel', '=', channelOf(lease.session))
			.where('turn.is_open', '=', 1)
			.execute();
		for (const { payload } of rows) {
			const message = openMessage(store.vault.open(payload));
			this.want(message, filesToFetch(message));
		}
	}

	/** What is under way is given up and fetched after the next start. */
	async stop(): Promise<void> {
		this.#stop.abort();
		this.#queues.clear();
		await Promise.all(this.#running.values());
	}

	#fill(): void {
		while (this.#running.size < PARALLEL && !this.#stop.signal.aborted) {
			const job = this.#next();
			if (job === undefined) return;
			const done = this.#fetch(job)
				.catch(() => undefined)
				.finally(() => {
					this.#running.delete(job);
					this.parts.onFile();
					this.#fill();
				});
			this.#running.set(job, done);
		}
	}

	/** One file of a chat at a time, in rotation: whoever sends many keeps nobody waiting. */
	#next(): Job | undefined {
		const busy = new Set([...this.#running.keys()].map(({ message }) => message.item.jid));
		for (const [jid, queue] of this.#queues) {
			if (busy.has(jid)) continue;
			const job = queue.shift();
			this.#queues.delete(jid);
			if (queue.length > 0) this.#queues.set(jid, queue);
			return job;
		}
		return undefined;
	}

	async #fetch({ message: { item, files }, place, since }: Job): Promise<void> {
		const { store, lease, clock, health, writes } = this.parts;
		const [media, file] = [item.media[place], files[place]];
		if (media === undefined || !file) return;
		const fetched = performance.now() - since > PATIENCE_MS ? ({ missing: 'unavailable' } as const) : await this.#get({ media, file, jid: item.jid, messageId: item.id });
		if (this.#stop.signal.aborted) return;
		if ('missing' in fetched) health('media_missing', { reason: fetched.missing, kind: media.kind });
		// the turn may take longer by as long as its files took
		const { quietMs, mostMs } = this.parts.settings();
		const now = clock();
		await writes.run(async () => await keepFile(store, lease, { messageId: item.id, jid: item.jid, place }, fetched, { now, quietMs, mostMs: mostMs + (now - item.receivedAt) }));
	}
	async #get(wanted: Wanted): Promise<Fetched> {
		const { store, lease, writes } = this.parts;
		const settings = this.parts.settings();
		const roomBytes = await writes.read(async () => await roomFor(store, lease, wanted.jid, settings.mediaLimitBytes));
		return await fetchFile({ ...this.parts, settings, roomBytes, signal: this.#stop.signal, timeoutMs: DOWNLOAD_MS, reuploadMs: REUPLOAD_MS }, wanted);
	}
}
