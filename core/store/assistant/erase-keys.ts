import { sql, type Transaction } from 'kysely';
import type { Database } from '../schema';

/** Kinds of keys whose ids are a device's name: `79161234567.0`, or `998877_1.0` for an address without a number. */
const BY_DEVICE = ['session', 'identity-key'];
/** Kinds whose ids are a person's name or address. */
const BY_PERSON = ['device-list', 'lid-mapping', 'tctoken'];
/** Its ids hold the device's name between two colons, after the group's. */
const BY_GROUP = 'sender-key';

/**
 * Removes the Signal state by which a session knows a person's devices, for the ids name their number: Baileys 7.0.0-rc14's
 * kinds. Returns the number of rows. When the person writes again, the devices agree on keys anew, and no message is lost by
 * that; what a running session has in its memory goes when it next connects. Without `session` those of all sessions.
 */
export async function eraseKeys(trx: Transaction<Database>, place: { readonly tenant: string; readonly session?: string }, addresses: readonly string[]): Promise<number> {
	const users = [...new Set(addresses.flatMap((address) => /^\d+/.exec(address) ?? []))];
	let gone = 0;
	for (const user of users) {
		const { numDeletedRows } = await trx
			.deleteFrom('wa_key')
			.where('tenant', '=', place.tenant)
			.$if(place.session !== undefined, (query) => query.where('session', '=', place.session ?? ''))
			.where((eb) =>
				eb.or([
					eb.and([eb('type', 'in', BY_DEVICE), eb.or([like(`${user}.%`), like(`${user}!_%.%`)])]),
					eb.and([eb('type', 'in', BY_PERSON), eb('id', 'in', [user, `${user}_reverse`, `${user}@s.whatsapp.net`, `${user}@lid`])]),
					eb.and([eb('type', '=', BY_GROUP), eb.or([like(`%::${user}::%`), like(`%::${user}!_%::%`)])]),
				]),
			)
			.executeTakeFirst();
		gone += Number(numDeletedRows);
	}
	return gone;
}

function like(pattern: string) {
	return sql<boolean>`${sql.ref('id')} like ${pattern} escape '!'`;
}
