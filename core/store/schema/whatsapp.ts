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

/** A number of a company: what it should do and what it does. Rows are made when a session is first wanted. */
export interface WaSessionTable {
	tenant: string;
	session: string;
	/** `run` or `stop`: what the operator wants. */
	desired: string;
	/** JSON of the session's settings; what is absent is the default. */
	settings: string;
	/** One of the health states. */
	state: string;
	/** Milliseconds since the epoch. */
	state_since: number;
	/** A word of the client or of ours, without data of people; null while all is well. */
	reason: string | null;
	/** Digits of the linked number and its LID; null while none is linked. */
	phone: string | null;
	lid: string | null;
	/** Milliseconds since the epoch of the last frame and of the last receipt from the server. */
	last_frame_at: number | null;
	last_receipt_at: number | null;
	/** New chats are not begun before. */
	reachout_paused_until: number | null;
	updated_at: number;
}

/** A message from the moment it was decrypted; the key is why none is taken twice. */
export interface WaInboxTable {
	tenant: string;
	session: string;
	/** JID of the chat as it came. */
	chat: string;
	id: string;
	/** `decrypted`, `received`, `turned` or `dropped`. */
	state: string;
	/** Why it was dropped; null otherwise. */
	reason: string | null;
	/** Sealed: the stanza's attributes and the bytes as decrypted; null once there is an item. */
	journal: string | null;
	/** Sealed JSON of the item; null before it was read. */
	item: string | null;
	/** Order of arrival in the session. */
	seq: number;
	received_at: number;
}

/** What has to be sent, and what became of it. */
export interface WaOutboxTable {
	tenant: string;
	id: string;
	session: string;
	/** JID of the recipient; a number that nobody wrote from is a phone's JID. */
	chat: string;
	/** The message's own id, given before the first try: a repeat shows one message. */
	wa_id: string;
	/** The same request made twice is one row. */
	idem_key: string;
	kind: string;
	/** Sealed JSON of what to send. */
	payload: string;
	/** Sealed: the message as it was made, for recipients who ask again and for votes; null before. */
	message: string | null;
	/** `queued`, `sending`, `acked`, `delivered`, `read`, `unknown` or `failed`. */
	state: string;
	error: string | null;
	tries: number;
	seq: number;
	not_before: number;
	queued_at: number;
	sent_at: number | null;
	acked_at: number | null;
	delivered_at: number | null;
	read_at: number | null;
}

/** Bytes of media on their way between processes; removed when they have arrived. */
export interface WaBlobTable {
	tenant: string;
	id: string;
	/** Sealed base64. */
	value: string;
	created_at: number;
}

/** A person of a session's chats, under each JID they are known by. */
export interface WaContactTable {
	tenant: string;
	session: string;
	/** `…@lid` or `…@s.whatsapp.net`. */
	jid: string;
	/** The JID that stands for the person in every table: the LID where it is known. */
	chat: string;
	/** Digits; null while unknown. */
	phone: string | null;
	/** Sealed; the name the person gave themselves. */
	name: string | null;
	/** 1 when they agreed to be written to first. */
	opted_in: number;
	first_in_at: number | null;
	last_in_at: number | null;
	first_out_at: number | null;
	/** Until when a person of the salon answers this chat, in milliseconds since the epoch. */
	paused_until: number | null;
}

/** History of a session's health. Details hold codes and counts, no person. */
export interface WaEventTable {
	tenant: string;
	session: string;
	seq: number;
	at: number;
	kind: string;
	detail: string;
}

/** A request to the process that runs the session, and its answer. */
export interface WaCommandTable {
	tenant: string;
	id: string;
	session: string;
	kind: string;
	/** Sealed JSON. */
	payload: string;
	/** `waiting`, `taken`, `done` or `failed`. */
	state: string;
	/** Sealed JSON; null until it is done. */
	answer: string | null;
	created_at: number;
	done_at: number | null;
}

/** What a pairing page shows. */
export interface WaPairingTable {
	tenant: string;
	session: string;
	/** Sealed JSON: QR text or code and until when it is good. */
	shown: string;
	updated_at: number;
}

/** Links to a pairing page: only hashes are kept. */
export interface WaPairingLinkTable {
	tenant: string;
	/** Hash of the token in the link. */
	token_hash: string;
	session: string;
	expires_at: number;
	/** When it was opened; it opens once. */
	used_at: number | null;
	/** Hash of the key that the browser which opened it was given. */
	visitor_hash: string | null;
}

/** Versions of the client as data. `override` is an operator's, `working` the last one that logged in. */
export interface WaVersionTable {
	/** `*`: the version is the same for everyone on this store. */
	tenant: string;
	source: string;
	/** Three numbers with dots. */
	value: string;
	updated_at: number;
}

export interface WhatsappTables {
	wa_creds: WaCredsTable;
	wa_key: WaKeyTable;
	wa_lease: WaLeaseTable;
	wa_session: WaSessionTable;
	wa_inbox: WaInboxTable;
	wa_outbox: WaOutboxTable;
	wa_blob: WaBlobTable;
	wa_contact: WaContactTable;
	wa_event: WaEventTable;
	wa_command: WaCommandTable;
	wa_pairing: WaPairingTable;
	wa_pairing_link: WaPairingLinkTable;
	wa_version: WaVersionTable;
}
