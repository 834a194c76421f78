import type { Store } from '../../store';
import { removeBlobsIn } from '../blobs';
import { WhatsappError } from '../errors';
import { holdLease, type Lease } from '../lease';
import { throughPassing } from '../passing';
import type { Signals } from '../ports';
import { hasFile } from './contents';
import { type OutboxState, ownBlobId, REPEATABLE } from './outbox';

/** How far a message came; each includes those before it. */
export type Level = 'acked' | 'delivered' | 'read';

/** States that a level replaces: also `failed`, when the word came after it was given up. */
const BELOW: Readonly<Record<Level, readonly OutboxState[]>> = {
	acked: ['queued', 'sending', 'unknown', 'failed'],
	delivered: ['queued', 'sending', 'unknown', 'failed', 'acked'],
	read: ['queued', 'sending', 'unknown', 'failed', 'acked', 'delivered'],
};
const LEVELS: readonly Level[] = ['acked', 'delivered', 'read'];
const PAUSES: readonly number[] = [50, 250, 1000, 3000];

interface Note {
	level: Level;
	readonly at: number;
}

/** What goes into one transaction. */
interface Batch {
	readonly notes: Map<string, Note>;
	readonly written: Promise<void>;
}

interface Parts {
	readonly store: Store;
	readonly lease: Lease;
	readonly signals: Signals;
	readonly clock: () => number;
	readonly onFailure: (error: WhatsappError) => void;
}

/** Writes down how far messages came: what comes while one transaction runs shares the next. */
export class Progress {
	/** The batch that is filled while another is written. */
	#next: Batch | null = null;
	#last: Promise<void> = Promise.resolve();

	constructor(private readonly parts: Parts) {}

	/** Notes that the message with this id came so far; resolves when it is written, or was given up. */
	async note(waId: string, level: Level): Promise<void> {
		const { notes, written } = (this.#next ??= this.#begin());
		const known = notes.get(waId);
		if (known === undefined) notes.set(waId, { level, at: this.parts.clock() });
		else if (LEVELS.indexOf(level) > LEVELS.indexOf(known.level)) known.level = level;
		await written;
	}

	/** Resolves when everything noted so far is written. */
	async idle(): Promise<void> {
		await this.#last;
	}

	#begin(): Batch {
		const notes = new Map<string, Note>();
		const written = this.#last.then(async () => {
			this.#next = null;
			await this.#save(notes);
		});
		this.#last = written;
		return { notes, written };
	}

	/** What cannot be saved after a while is given up: the row is sent again under its id, which shows nothing new. */
	async #save(notes: ReadonlyMap<string, Note>): Promise<void> {
		await throughPassing(async () => await this.#write(notes), PAUSES).catch((error: unknown) => {
			if (error instanceof WhatsappError) this.parts.onFailure(error);
		});
	}

	async #write(notes: ReadonlyMap<string, Note>): Promise<void> {
		const { store, lease, signals } = this.parts;
		const { tenant, session } = lease;
		const moved = await store.write(async (trx) => {
			await holdLease(store, trx, lease);
			const ids: string[] = [];
			const withFiles: string[] = [];
			for (const [waId, { level, at }] of notes) {
				const passed = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
				const row = await trx
					.updateTable('wa_outbox')
					.set((column) => ({ state: level, error: null, ...Object.fromEntries(passed.map((name) => [`${name}_at`, column.fn.coalesce(`${name}_at`, column.val(at))])) }))
					.where('tenant', '=', tenant)
					.where('session', '=', session)
					.where('wa_id', '=', waId)
					.where('state', 'in', BELOW[level])
					.returning(['id', 'kind'])
					.executeTakeFirst();
				if (row === undefined) continue;
				ids.push(row.id);
				if (hasFile(row.kind)) withFiles.push(row.id);
			}
			await removeBlobsIn(trx, tenant, withFiles.map(ownBlobId));
			return ids;
		}, REPEATABLE);
		for (const id of moved) signals.send('results', lease, id);
	}
}
