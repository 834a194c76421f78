import type { Vault } from '../../store';
import type { ClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import type { SessionKey } from '../lease';

/** Where a value belongs; it cannot be read anywhere else. */
export interface Place extends SessionKey {
	readonly type: string;
	readonly id: string;
}

/** Values of a session as they are stored: the client's own JSON, sealed together with the place it belongs to. */
export interface SealedValues {
	seal(place: Place, value: unknown): string;
	/** Throws {@link WhatsappError} `state_unreadable`, and never anything that could pass for an absent value. */
	open(place: Place, sealed: string): unknown;
}

export function createSealedValues(vault: Vault, { BufferJSON }: Pick<ClientLibrary, 'BufferJSON'>): SealedValues {
	return {
		seal: (place, value) => vault.seal(`${nameOf(place)}\n${JSON.stringify(value, BufferJSON.replacer)}`),
		open(place, sealed) {
			const head = `${nameOf(place)}\n`;
			try {
				const text = vault.open(sealed);
				if (!text.startsWith(head)) throw new Error('the value of another place');
				const value: unknown = JSON.parse(text.slice(head.length), BufferJSON.reviver);
				return value;
			} catch (error) {
				throw new WhatsappError('state_unreadable', `Damaged: ${place.type}.`, error);
			}
		},
	};
}

const nameOf = ({ tenant, session, type, id }: Place): string => JSON.stringify([tenant, session, type, id]);
