import { sql, type Transaction } from 'kysely';
import type { Phone } from '../../booking';
import type { ChatKey } from '../conversation-store';
import type { Database } from '../schema';
import type { Store, Vault } from '../store';

/** Whom a fact is about: a phone the channel vouches for, or the chat itself. */
export type ClientRef = { readonly phone: Phone } | { readonly chat: ChatKey };

/** Stands for a client in tables; the tenant is part of it, so that one person in two salons is two clients. */
export function clientKey(vault: Vault, tenant: string, client: ClientRef): string {
	return vault.hash(nameOf(tenant, client));
}

/** The client's keys by every key of the vault: what was learned before a key rotated is still theirs. */
export function clientKeys(vault: Vault, tenant: string, client: ClientRef): readonly string[] {
	return vault.hashes(nameOf(tenant, client));
}

function nameOf(tenant: string, client: ClientRef): string {
	const name = 'phone' in client ? ['phone', client.phone] : ['chat', client.chat.channel, client.chat.chatId];
	return JSON.stringify([tenant, ...name]);
}

/** Stands for a chat in tables that need no way back to it. */
export function chatHash(vault: Vault, chat: ChatKey): string {
	return clientKey(vault, chat.tenant, { chat });
}

/** Makes transactions that name the same thing queue. SQLite lets one writer in at a time anyway. */
export async function queueFor(store: Store, trx: Transaction<Database>, name: readonly string[]): Promise<void> {
	if (store.dialect === 'sqlite') return;
	await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(name)}, 0))`.execute(trx);
}
