import type { Client } from '../../../core/booking';

/** A client as every CRM of this package shows one: notes stay in the CRM. */
export function clientItem({ id, name, phone, blocked }: Client): Client {
	return { id, name, phone, blocked };
}
