import { Refusal } from './envelope';
import { digitsOf } from './inputs';
import { journalOf } from './journal';
import type { Client, Company } from './model';
import type { Sim } from './sim';
import { recordCost } from './views/record';

/** Clients of a branch, oldest card first. */
export function clientsOf({ state }: Sim, company: Company): readonly Client[] {
	return [...state.clients.values()].filter(({ companyId }) => companyId === company.id);
}

/** The card with a phone: bookings are matched by it. */
export function clientByPhone(sim: Sim, company: Company, phone: unknown): Client | undefined {
	const digits = digitsOf(phone);
	return digits === '' ? undefined : clientsOf(sim, company).find((client) => client.phone === digits);
}

/** The card with a phone, opened when there is none. */
export function matchedClient(sim: Sim, company: Company, fields: { readonly phone: unknown; readonly name: string; readonly surname?: string; readonly email?: string }): Client {
	const known = clientByPhone(sim, company, fields.phone);
	if (known !== undefined) return known;
	return sim.state.addClient(company.id, { name: fields.name, surname: fields.surname ?? '', phone: digitsOf(fields.phone), email: fields.email ?? '' }, sim.clock.now());
}

/** A client of the branch by id, else 404. */
export function clientById({ state, profile }: Sim, company: Company, id: unknown): Client {
	const client = state.clients.get(Number(id));
	if (client?.companyId !== company.id) throw new Refusal(404, profile.texts.notFound);
	return client;
}

/** What was sold to a client and, apart from it, what was paid; visits that took place; first and last of them. */
export interface ClientTotals {
	readonly sold: number;
	readonly visits: number;
	readonly first: number | null;
	readonly last: number | null;
	readonly paid: number;
}

/** Totals of the journal and the storage. */
export function totalsOf(sim: Sim, client: Client): ClientTotals {
	const journal = journalOf(sim);
	const came = (journal.byClient.get(client.id) ?? []).filter(({ deleted, attendance }) => !deleted && attendance === 1);
	const goods = (journal.goodsByClient.get(client.id) ?? []).filter(({ typeId }) => typeId === 1);
	const starts = came.map(({ start }) => start);
	const sold = came.reduce((sum, record) => sum + recordCost(record), 0) + goods.reduce((sum, { cost }) => sum + cost, 0);
	return {
		sold,
		visits: new Set(came.map(({ visitId }) => visitId)).size,
		first: starts.length === 0 ? null : Math.min(...starts),
		last: starts.length === 0 ? null : Math.max(...starts),
		paid: (journal.paymentsByClient.get(client.id) ?? []).filter(({ deleted }) => !deleted).reduce((sum, { amount }) => sum + amount, 0),
	};
}
