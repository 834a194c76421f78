interface ChatColumns {
	tenant: string;
	channel: string;
	chat_id: string;
}

/** Messages of one chat that are to be read together. Moments are milliseconds since the epoch. */
export interface CollectedTurnTable extends ChatColumns {
	turn_id: string;
	/** 1 while it takes messages; one a chat. */
	is_open: number;
	opened_at: number;
	/** When it may be handed on; moves with every message. Of a turn that could not be opened it is after `closed_at`: then that is tried again. */
	due_at: number;
	closed_at: number | null;
	/** Process that handed it on; null while it is open. */
	owner: string | null;
	/** When a workflow was last given it, and when that workflow was through with it; only channels that wait for the end use these. */
	emitted_at: number | null;
	done_at: number | null;
	/** How often it was given. */
	tries: number;
}

/** A message once seen: the id stays for a time after its turn is closed. */
export interface CollectedMessageTable extends ChatColumns {
	message_id: string;
	turn_id: string;
	position: number;
	/** Sealed JSON. */
	payload: string;
	received_at: number;
}

export interface CollectTables {
	collected_turn: CollectedTurnTable;
	collected_message: CollectedMessageTable;
}
