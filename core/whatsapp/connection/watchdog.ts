import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { every } from './pace';

/** How long each part of a connection may take, in milliseconds. */
export interface WatchdogLimits {
	/** From the start to the end of the websocket's handshake. */
	readonly connectMs: number;
	/** Without a frame. */
	readonly silenceMs: number;
	/** Without a frame, until the other side is asked for one; never when absent. */
	readonly askMs: number;
	/** Between two looks. */
	readonly tickMs: number;
}

const LIMITS: WatchdogLimits = { connectMs: 25_000, silenceMs: 35_000, askMs: Infinity, tickMs: 1_000 };

export interface Watchdog {
	/** The socket is not watched any more; to be called when it has ended. */
	stop(): void;
}

/** What the client has of the websocket that it does not type. */
interface RawSocket {
	readonly socket: { terminate(): void } | null;
}

/** A request that only asks for an answer. */
const sign = (id: string): BinaryNode => ({ tag: 'iq', attrs: { id, to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' }, content: [{ tag: 'ping', attrs: {} }] });

/**
 * Ends a socket that the client itself would wait for: it waits half a minute for a dead link to answer its close, and for ever
 * when a connection is refused by an HTTP status or never answered. The client then reports the end as it does any other.
 *
 * A link that fell silent is asked for a sign of life. The client's own request would be sent to links that talk as well, and
 * a timer and the call stacks it keeps for each make up half of what hundreds of idle sessions cost.
 */
export function watchSocket(socket: Pick<WASocket, 'ws' | 'sendNode' | 'generateMessageTag'>, limits: Partial<WatchdogLimits> = {}, clock: () => number = () => performance.now()): Watchdog {
	const { ws } = socket;
	const { connectMs, silenceMs, askMs, tickMs } = { ...LIMITS, ...limits };
	let lastHeard = clock();
	// before the handshake has ended, a stanza could not be sent
	let isReady = false;
	let isAsked = false;
	const terminate = (): void => (ws as unknown as RawSocket).socket?.terminate();
	const heard = (frame?: unknown): void => {
		lastHeard = clock();
		isAsked = false;
		isReady ||= frame !== undefined && !(frame instanceof Uint8Array);
	};
	const look = (): void => {
		if (ws.isClosed) return;
		const silent = clock() - lastHeard;
		if (ws.isClosing || silent > (ws.isConnecting ? connectMs : silenceMs)) return terminate();
		if (!isReady || isAsked || silent < askMs) return;
		isAsked = true;
		// what cannot be sent is not answered either
		socket.sendNode(sign(socket.generateMessageTag())).catch(() => undefined);
	};
	const opened = (): void => heard();
	ws.on('open', opened);
	ws.on('frame', heard);
	ws.on('unexpected-response', terminate);
	const stopLooking = every(tickMs, look);
	return {
		stop() {
			stopLooking();
			ws.off('open', opened);
			ws.off('frame', heard);
			ws.off('unexpected-response', terminate);
		},
	};
}
