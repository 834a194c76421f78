/**
 * The copy of the CRM. Instants are UTC ISO text with milliseconds, dates `YYYY-MM-DD`, booleans 0 and 1, money minor
 * units of the company's currency. «JSON» columns are read in code.
 */
interface Copied {
	tenant: string;
	/** The vendor's. */
	id: string;
	/** JSON: what the vendor gave beyond the columns, as of the last real change. */
	extra: string;
	/** The vendor's own mark of the last change. */
	changed_at: string | null;
	/** 1 when first seen, grows with every real change. */
	revision: number;
	first_seen_at: string;
	updated_at: string;
	/** Not seen by a whole and exact reading since then; a second one deletes. */
	missing_since: string | null;
	deleted_at: string | null;
}

export interface SyncCompanyTable extends Copied {
	name: string;
	zone: string;
	currency: string;
	address: string | null;
	phone: string | null;
}

export interface SyncServiceTable extends Copied {
	title: string;
	category: string | null;
	price_min: number | null;
	price_max: number | null;
	duration_minutes: number | null;
	active: number;
}

export interface SyncStaffTable extends Copied {
	name: string;
	position: string | null;
	active: number;
}

export interface SyncClientTable extends Copied {
	name: string | null;
	/** For searching: lower case, ё as е. */
	name_key: string | null;
	phone: string | null;
	email: string | null;
	/** `YYYY-MM-DD` or `MM-DD`. */
	birthday: string | null;
	/** What the CRM says it sold; null where it has not said. */
	total_spent: number | null;
	visits_count: number | null;
	first_visit_on: string | null;
	last_visit_on: string | null;
	blocked: number | null;
	/** Lines of the visits that took place. */
	services_amount: number;
	/** What the stream of goods adds up to. */
	goods_sold: number;
	/** `total_spent` less `services_amount`, below zero too; null without `total_spent`. */
	goods_difference: number | null;
	/** The same, never below zero. */
	goods_amount: number | null;
	money_mismatch: number;
	/** JSON: lines of the latest visit that took place. */
	last_services: string | null;
	/** Ours, the CRM never writes them. JSON: the name in grammatical cases. */
	name_forms: string | null;
	note: string | null;
	consent_at: string | null;
	opted_out_at: string | null;
}

export interface SyncVisitTable extends Copied {
	visit_id: string;
	client_id: string | null;
	staff_id: string | null;
	start_at: string;
	end_at: string;
	status: string;
	/** JSON: service id, title, amount and cost of each. */
	lines: string;
	/** Sum of the lines. */
	services_amount: number;
	comment: string;
	created_at: string | null;
}

/** Postgres only, where visits stand by months: in which month each one is found. */
export interface SyncVisitPlaceTable {
	tenant: string;
	/** Of the visit's row. */
	id: string;
	/** As in the visit's row. */
	start_at: string;
}

export interface SyncGoodsTable extends Copied {
	client_id: string | null;
	staff_id: string | null;
	visit_id: string | null;
	title: string;
	amount: number;
	cost: number;
	sold_at: string;
}

export interface SyncScheduleTable extends Copied {
	staff_id: string;
	/** Null for hours that repeat. */
	date: string | null;
	/** JSON: ranges of wall time. */
	hours: string;
}

/** How far a stream is copied, and the whole reading that is under way. */
export interface SyncStreamTable {
	tenant: string;
	stream: string;
	/** Grows with every whole reading. */
	generation: number;
	/** Changes up to here are applied. Never goes back. */
	changed_to: string | null;
	/** When the last whole reading began. */
	full_at: string | null;
	/** Changes back to here are applied by a backfill. */
	backfilled_to: string | null;
	last_ok_at: string | null;
	/** A word for what went wrong last; null after a success. */
	last_error: string | null;
	/** Null while no whole reading is under way. */
	window_id: string | null;
	window_began_at: string | null;
	/** What the latest applied page was asked with: a resumed reading asks for that page again and sees whether it stood still. */
	window_cursor: string | null;
	window_pages: number;
	window_rows: number;
	window_rejected: number;
	/** Every page so far was exact by the CRM's word. */
	window_exact: number;
	/** Every page so far gave the same count. */
	window_counted: number;
	window_total: number | null;
	/** JSON: how far a reading of changes, or of what begins around now, has come that did not fit into one run. */
	slices: string | null;
	/** Since when more records are missing than can be believed; null once a whole reading showed them. */
	guarded_since: string | null;
}

/** Ids that the open window of a whole reading has shown. */
export interface SyncSeenTable {
	tenant: string;
	stream: string;
	id: string;
}

/** Clients whose visits or sales have changed. */
export interface SyncTouchedTable {
	tenant: string;
	client_id: string;
	/** Our sums are to be made anew. */
	sum_due: number;
	/** The CRM's own totals are to be read anew. */
	total_due: number;
}

/** Records that could not be read; the reason names a field. */
export interface SyncRejectTable {
	tenant: string;
	stream: string;
	id: string;
	reason: string;
	first_at: string;
	last_at: string;
}

/** Progress, in counts. */
export interface SyncRunTable {
	tenant: string;
	run_id: string;
	stream: string;
	kind: string;
	started_at: string;
	updated_at: string;
	ended_at: string | null;
	status: string;
	pages: number;
	rows_in: number;
	inserted: number;
	updated: number;
	unchanged: number;
	deleted: number;
	rejected: number;
	total: number | null;
}

/** Real changes in the order in which they were saved. */
export interface OutboxChangeTable {
	tenant: string;
	seq: number;
	entity: string;
	id: string;
	kind: 'created' | 'updated' | 'deleted';
	at: string;
}

/** The latest number given out: writers take turns on it, so that no lower one is saved after a higher. */
export interface OutboxHeadTable {
	tenant: string;
	seq: number;
}

/** How far a reader of changes has come. */
export interface OutboxReaderTable {
	tenant: string;
	reader: string;
	seq: number;
	/** The end of what was handed over and not confirmed yet, so that a repeat is the same batch. */
	sent_to: number | null;
}

/** Whose copy it is: one account of one CRM a salon. */
export interface SyncSourceTable {
	tenant: string;
	vendor: string;
	/** Hash of the vendor and the company. */
	account: string;
	bound_at: string;
}

/** Fields that the records of a stream have at the vendor; names, no values. */
export interface SyncFieldTable {
	tenant: string;
	stream: string;
	name: string;
	first_at: string;
	/** 1 when the first whole reading had it: what came later is new. */
	of_first: number;
	/** No record of a whole reading has had it since. */
	missing_since: string | null;
}

/** Clients whose personal data were erased: a later reading must not bring them back. */
export interface SyncErasedTable {
	tenant: string;
	client_id: string;
	erased_at: string;
}

export interface SyncTables {
	sync_company: SyncCompanyTable;
	sync_service: SyncServiceTable;
	sync_staff: SyncStaffTable;
	sync_client: SyncClientTable;
	sync_visit: SyncVisitTable;
	sync_visit_place: SyncVisitPlaceTable;
	sync_goods: SyncGoodsTable;
	sync_schedule: SyncScheduleTable;
	sync_stream: SyncStreamTable;
	sync_seen: SyncSeenTable;
	sync_touched: SyncTouchedTable;
	sync_reject: SyncRejectTable;
	sync_run: SyncRunTable;
	outbox_change: OutboxChangeTable;
	outbox_head: OutboxHeadTable;
	outbox_reader: OutboxReaderTable;
	sync_source: SyncSourceTable;
	sync_field: SyncFieldTable;
	sync_erased: SyncErasedTable;
}
