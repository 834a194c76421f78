/** The account of a linked session. Without a row the session was never linked. */
export interface WaCredsTable {
	tenant: string;
	session: string;
	/** Sealed. */
	value: string;
	/** Grows with every save. */
	version: number;
	/** Instant of the last save. */
	updated_at: string;
}

/** Signal state of a session: pre-keys, sessions with devices, tables of the client. */
export interface WaKeyTable {
	tenant: string;
	session: string;
	/** The client's own name of the kind; unknown kinds are kept too. */
	type: string;
	id: string;
	/** Sealed. */
	value: string;
}

/** Which process runs a session. */
export interface WaLeaseTable {
	tenant: string;
	session: string;
	owner: string;
	/** Grows with every new owner: a write of an earlier one is refused by it. */
	epoch: number;
	/** Milliseconds since the epoch by the clock of the database; from then on anyone may take the session. */
	expires_at: number;
}

export interface WhatsappTables {
	wa_creds: WaCredsTable;
	wa_key: WaKeyTable;
	wa_lease: WaLeaseTable;
}
