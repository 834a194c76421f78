import type { WASocket } from '@whiskeysockets/baileys';
import type { Store } from '../../store';
import type { Lease } from '../lease';
import type { Signals } from '../ports';
import { channelOf } from './identity';
import type { InboundSettings } from './settings';
import { openSealed } from './stored';

export interface ReadMarksParts {
	readonly store: Store;
	readonly lease: Lease;
	readonly signals: Signals;
	readonly settings: () => Pick<InboundSettings, 'markRead'>;
	/** The socket of now. */
	readonly socket: () => WASocket | null;
	/** Runs what asks the store and the server. */
	readonly run: (work: () => Promise<void>) => void;
}

const BEGINS = 'begins:';

/** Detail of the signal that a workflow begins with a turn, in whichever process. */
export const turnBegins = (turnId: string): string => `${BEGINS}${turnId}`;

/**
 * Shows people that they were read when a workflow begins with what they wrote: not at receipt, when nobody has read it. Nothing depends on it:
 * what is not shown now is not made up for. Returns what ends it.
 */
export function markReadAtTurns({ store, lease, signals, settings, socket, run }: ReadMarksParts): () => void {
	return signals.on('turns', lease, (detail) => {
		if (detail?.startsWith(BEGINS) !== true || !settings().markRead) return;
		run(async () => {
			const keys = await keysOf(store, lease, detail.slice(BEGINS.length));
			const open = socket();
			if (keys.length > 0 && open?.ws.isOpen === true) await open.readMessages(keys);
		});
	});
}

async function keysOf({ db, vault }: Store, { tenant, session }: Lease, turnId: string) {
	const rows = await db.selectFrom('collected_message').select('payload').where('tenant', '=', tenant).where('channel', '=', channelOf(session)).where('turn_id', '=', turnId).orderBy('position').execute();
	const messages = rows.flatMap(({ payload }) => openSealed(vault, payload)?.item ?? []);
	// what the salon wrote on its phone it has read
	return messages.filter(({ type }) => type !== 'operator').map(({ jid, id }) => ({ remoteJid: jid, id, fromMe: false }));
}
