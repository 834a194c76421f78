/** Who works under a name just now. A row that nobody holds may be removed at any time. */
export interface WorkLockTable {
	tenant: string;
	name: string;
	/** Random for each turn of work; empty when nobody holds the name. */
	owner: string;
	/** Grows with every owner. */
	fence: number;
	/** Milliseconds since the epoch; from then on the name is free whoever stands there. */
	held_until: number;
}

export interface LockTables {
	work_lock: WorkLockTable;
}
