/** An event that has passed. A row may be removed once it has expired. */
export interface WebhookDeliveryTable {
	/** Workflow and trigger node: two of them on one account each get every event. */
	subscriber: string;
	/** Names the event at its vendor; a hash, since it may hold ids of people. */
	event_key: string;
	/** Milliseconds since the epoch. */
	expires_at: number;
}

export interface DeliveryTables {
	webhook_delivery: WebhookDeliveryTable;
}
