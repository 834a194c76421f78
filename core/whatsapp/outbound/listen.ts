import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';
import type { Level } from './progress';
import type { ReachOut } from './reach-out';
import type { Word } from './words';

interface Ears {
	/** The server's word on a message. */
	readonly word: (waId: string, word: Word) => void;
	/** A receipt of who it was for. */
	readonly receipt: (waId: string, level: Level) => void;
	readonly reachOut: Pick<ReachOut, 'told' | 'capped'>;
	/** Runs what writes to the store. */
	readonly run: (work: () => Promise<void>) => void;
}

/** Hears what a socket says of messages sent and of what the account may do; until the socket is forgotten. */
export function listen(socket: WASocket, { proto }: ClientLibrary, { word, receipt, reachOut, run }: Ears): void {
	const { Status } = proto.WebMessageInfo;
	const levels = new Map<number, Level>([
		[Status.DELIVERY_ACK, 'delivered'],
		[Status.READ, 'read'],
		// a voice message that was played was read
		[Status.PLAYED, 'read'],
	]);
	socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
		if (attrs['id'] !== undefined) word(attrs['id'], wordOf(attrs['error']));
	});
	socket.ev.on('messages.update', (updates) => {
		for (const { key, update } of updates) {
			const level = levels.get(update.status ?? -1);
			if (key.fromMe === true && typeof key.id === 'string' && level !== undefined) receipt(key.id, level);
		}
	});
	socket.ev.on('connection.update', ({ reachoutTimeLock: lock }) => {
		if (lock !== undefined) run(async () => await reachOut.told(lock));
	});
	socket.ev.on('message-capping.update', (update) => run(async () => await reachOut.capped(update)));
}

/** An error that is no number is a refusal all the same. */
const wordOf = (error: string | undefined): Word => (error === undefined ? { kind: 'accepted' } : { kind: 'refused', code: /^\d{1,5}$/.test(error) ? Number(error) : 0 });
