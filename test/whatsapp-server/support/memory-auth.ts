import { type AuthenticationCreds, type AuthenticationState, BufferJSON, initAuthCreds, proto, type SignalDataTypeMap } from '@whiskeysockets/baileys';

/** A client's state as a store would keep it: JSON text. */
export class MemoryAuth {
	readonly keys = new Map<string, string>();
	creds: string;
	/** Writes of keys, one a call. */
	keyWrites = 0;

	constructor(creds: AuthenticationCreds = initAuthCreds()) {
		this.creds = write(creds);
	}

	/** What a new socket is given; `save` has to be called at every `creds.update`. */
	open(): { readonly state: AuthenticationState; readonly save: () => void } {
		const creds = read(this.creds) as AuthenticationCreds;
		const state: AuthenticationState = {
			creds,
			keys: {
				get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
					const found: { [id: string]: SignalDataTypeMap[T] } = {};
					for (const id of ids) {
						const text = this.keys.get(`${type}/${id}`);
						if (text !== undefined) found[id] = revive(type, read(text)) as SignalDataTypeMap[T];
					}
					return found;
				},
				set: async (data) => {
					this.keyWrites += 1;
					for (const [type, values] of Object.entries(data)) {
						for (const [id, value] of Object.entries(values ?? {})) {
							if (value === null || value === undefined) this.keys.delete(`${type}/${id}`);
							else this.keys.set(`${type}/${id}`, write(value));
						}
					}
				},
			},
		};
		return { state, save: () => void (this.creds = write(creds)) };
	}
}

const write = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer);
const read = (text: string): unknown => JSON.parse(text, BufferJSON.reviver);
const revive = (type: string, value: unknown): unknown =>
	type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as { [key: string]: unknown }) : value;
