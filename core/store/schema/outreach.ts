/** A message that the salon began: one row for one occasion of one client. Instants are UTC ISO text with milliseconds. */
export interface OutreachTable {
	tenant: string;
	/** Names the occasion: kind, visit or day. */
	id: string;
	kind: string;
	client_id: string;
	/** `claimed`: a run is about to say it; `waiting`: it was put off; `said` and `never` are ends. */
	state: 'claimed' | 'waiting' | 'said' | 'never';
	/** A word, when it was not said. */
	why: string | null;
	/** Grows when it was put off: the next try is another message. */
	attempt: number;
	claimed_at: string;
	ended_at: string | null;
}

/** The last word of a person on messages that the salon begins: a row for the chat it was said in, and one for its phone. */
export interface OutreachSilenceTable {
	tenant: string;
	/** Keyed hash of a phone, or of a chat. */
	client_key: string;
	/** 1 when they asked for silence, 0 when that was taken back. */
	asked: number;
	said_at: string;
}

export interface OutreachTables {
	outreach: OutreachTable;
	outreach_silence: OutreachSilenceTable;
}
