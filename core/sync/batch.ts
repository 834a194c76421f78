import type { Reading, StreamPage, StreamRecord } from '../booking';
import { StoreError } from '../store';
import { type Told, toldOf } from '../store/sync';

/** Pages that are applied together. */
export class Batch {
	readonly told: Told[] = [];
	readonly rejected: { readonly id: string; readonly reason: string }[] = [];
	readonly ids: string[] = [];
	pages = 0;
	/** Every page is exact by the CRM's word. */
	exact = true;
	/** Every page gives the same count. */
	counted = true;
	total: number | null = null;
	/** What the latest page was asked with. */
	askedWith: string | null;
	private next: string | null;

	/** `askedWith`: the cursor of the first page, null for the beginning. */
	constructor(askedWith: string | null) {
		this.askedWith = askedWith;
		this.next = askedWith;
	}

	add(page: StreamPage, read: (record: StreamRecord) => Reading): void {
		const total = page.total ?? null;
		this.counted &&= total !== null && (this.pages === 0 || total === this.total);
		this.exact &&= page.exact;
		this.total = total;
		this.pages += 1;
		this.askedWith = this.next;
		this.next = page.cursor;
		for (const record of page.records) {
			this.ids.push(record.id);
			this.take(record.id, read(record));
		}
	}

	private take(id: string, reading: Reading): void {
		if (reading.kind === 'rejected') this.rejected.push({ id, reason: reading.reason });
		if (reading.kind !== 'row') return;
		try {
			this.told.push(toldOf(reading.row));
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			this.rejected.push({ id, reason: error.code });
		}
	}
}
