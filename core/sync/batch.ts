import type { Reading, StreamPage, StreamRecord } from '../booking';
import { StoreError } from '../store';
import { type Told, toldOf, type Voided, voidedOf } from '../store/sync';

/** A record whose keys are data would have no end of them. */
const MOST_FIELDS = 400;
const LONGEST_NAME = 100;

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
	private readonly none = new Map<string, Voided>();

	/** `askedWith`: the cursor of the first page, null for the beginning. */
	constructor(askedWith: string | null) {
		this.askedWith = askedWith;
		this.next = askedWith;
	}

	/** What is read does not fit to what was read before: the pages prove nothing of what is missing. */
	doubt(): void {
		this.exact = false;
		this.counted = false;
	}

	/** `fields` takes the names of the records' fields. */
	add(page: StreamPage, read: (record: StreamRecord) => Reading, fields: Set<string>): void {
		const total = page.total ?? null;
		this.counted &&= total !== null && (this.pages === 0 || total === this.total);
		this.exact &&= page.exact;
		this.total = total;
		this.pages += 1;
		this.askedWith = this.next;
		this.next = page.cursor;
		for (const record of page.records) {
			this.ids.push(record.id);
			for (const name of Object.keys(record.data)) if (fields.size < MOST_FIELDS && name.length <= LONGEST_NAME) fields.add(name);
			this.take(record.id, read(record));
		}
	}

	/** Records that are none of the stream by the latest word about each. */
	get voided(): readonly Voided[] {
		return [...this.none.values()];
	}

	private take(id: string, reading: Reading): void {
		if (reading.kind === 'rejected') this.rejected.push({ id, reason: reading.reason });
		try {
			if (reading.kind === 'voided') this.none.set(id, voidedOf(id, reading.changedAt));
			if (reading.kind !== 'row') return;
			this.told.push(toldOf(reading.row));
			this.none.delete(id);
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			this.rejected.push({ id, reason: error.code });
		}
	}
}
