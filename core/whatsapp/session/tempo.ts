/** Timers of a process; tests put their own in place. */
export interface Timers {
	/** Calls `work` once after so many milliseconds; returns what prevents it. Never keeps a process alive. */
	after(ms: number, work: () => void): () => void;
}

export const processTimers: Timers = {
	after(ms, work) {
		const timer = setTimeout(work, ms);
		timer.unref();
		return () => clearTimeout(timer);
	},
};

/** What `work` resolves with; undefined when that takes longer than so many milliseconds, whatever becomes of it then. Rejects as `work` does. */
export async function inTime<T>(timers: Timers, ms: number, work: Promise<T>): Promise<T | undefined> {
	let cancel = (): void => undefined;
	const late = new Promise<undefined>((resolve) => {
		cancel = timers.after(ms, () => resolve(undefined));
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		cancel();
	}
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Every duration of a session, in milliseconds unless its name says otherwise. */
export const TEMPO = {
	/** How long a lease holds, how often it is renewed, and how long before its end the sockets are closed. */
	lease: 30 * SECOND,
	renew: 10 * SECOND,
	leaseReserve: 10 * SECOND,
	/** Between two looks for sessions to take, and for orders of other processes. */
	claim: 5 * SECOND,
	orders: SECOND,
	/** A session without subscribers is kept so long: saving a workflow ends and begins its subscription. */
	linger: 120 * SECOND,
	/** Without a frame for so long the other side is asked for a sign of life; after `silence` a link is dead. Looked at every `watch`. */
	keepAlive: 20 * SECOND,
	silence: 35 * SECOND,
	watch: SECOND,
	connect: 20 * SECOND,
	query: 30 * SECOND,
	/** Handshakes of one process under way at once, and the least time between two beginnings. */
	handshakes: 8,
	stagger: 25,
	/** After somebody else logged in with the same account. */
	conflictWait: MINUTE,
	conflictTries: 3,
	/** Between two tries when no version of the client is accepted. */
	outdatedRetry: 15 * MINUTE,
	/** A version that was looked up is good for so long; one just refused is looked up again after `versionAgain`. */
	versionGood: 6 * HOUR,
	versionAgain: MINUTE,
	versionFetch: 3 * SECOND,
	/** Rounds of QR codes before a code is the better way, and how long all codes of one round are good. */
	pairingRounds: 3,
	pairingRound: 160 * SECOND,
	firstQr: 60 * SECOND,
	laterQr: 20 * SECOND,
	/** How long a shutdown waits for acks. */
	ackWait: 5 * SECOND,
	/** Between two looks at a session's figures, and at the share of its messages that arrived. */
	health: MINUTE,
	deliveryHealth: 10 * MINUTE,
	/** An order that nobody took. */
	orderLife: MINUTE,
} as const;

export type Tempo = { readonly [name in keyof typeof TEMPO]: number };
