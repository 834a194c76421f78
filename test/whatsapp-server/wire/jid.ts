/** An address of the protocol: a person (device 0 is the phone) or one linked device of theirs. */
export interface Jid {
	readonly user: string;
	readonly server: string;
	readonly device: number;
}

export type Addressing = 'lid' | 'pn';

/** `user[:device]@server`; throws on anything else. */
export function parseJid(text: string): Jid {
	const found = /^(?<user>[^@:_]*)(?:_\d+)?(?::(?<device>\d+))?@(?<server>.+)$/.exec(text);
	if (found?.groups === undefined) throw new Error(`not an address: ${text}`);
	const { user = '', device = '0', server = '' } = found.groups;
	return { user, server, device: Number(device) };
}

/** Device 0 is left out, as the protocol does. */
export function formatJid({ user, server, device }: Jid): string {
	return device === 0 ? `${user}@${server}` : `${user}:${device}@${server}`;
}

export const phoneJid = (number: string, device = 0): string => formatJid({ user: number, server: 's.whatsapp.net', device });
export const lidJid = (lid: string, device = 0): string => formatJid({ user: lid, server: 'lid', device });

/** How a chat with this address is addressed; null for groups, broadcasts and channels. */
export function addressingOf(jid: Jid): Addressing | null {
	if (jid.server === 'lid') return 'lid';
	return jid.server === 's.whatsapp.net' ? 'pn' : null;
}
