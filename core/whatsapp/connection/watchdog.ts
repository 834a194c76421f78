import type { WASocket } from '@whiskeysockets/baileys';

/** How long each part of a connection may take, in milliseconds. */
export interface WatchdogLimits {
	/** From the start to the end of the websocket's handshake. */
	readonly connectMs: number;
	/** Without a frame; the client asks for one every 20 s. */
	readonly silenceMs: number;
	/** Between two looks. */
	readonly tickMs: number;
}

const LIMITS: WatchdogLimits = { connectMs: 25_000, silenceMs: 35_000, tickMs: 1_000 };

export interface Watchdog {
	/** The socket is not watched any more; to be called when it has ended. */
	stop(): void;
}

/** What the client has of the websocket that it does not type. */
interface RawSocket {
	readonly socket: { terminate(): void } | null;
}

/**
 * Ends a socket that the client itself would wait for: it waits half a minute for a dead link to answer its close, and for ever
 * when a connection is refused by an HTTP status or never answered. The client then reports the end as it does any other.
 */
export function watchSocket({ ws }: Pick<WASocket, 'ws'>, limits: Partial<WatchdogLimits> = {}, clock: () => number = () => performance.now()): Watchdog {
	const { connectMs, silenceMs, tickMs } = { ...LIMITS, ...limits };
	let lastHeard = clock();
	const terminate = (): void => (ws as unknown as RawSocket).socket?.terminate();
	const heard = (): void => void (lastHeard = clock());
	const look = (): void => {
		if (ws.isClosed) return;
		const silent = clock() - lastHeard;
		if (ws.isClosing || silent > (ws.isConnecting ? connectMs : silenceMs)) terminate();
	};
	ws.on('open', heard);
	ws.on('frame', heard);
	ws.on('unexpected-response', terminate);
	const timer = setInterval(look, tickMs);
	timer.unref();
	return {
		stop() {
			clearInterval(timer);
			ws.off('open', heard);
			ws.off('frame', heard);
			ws.off('unexpected-response', terminate);
		},
	};
}
