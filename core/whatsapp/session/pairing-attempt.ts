import type { WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../ports';
import type { SessionRecords } from './records';
import type { PairingProblem } from './service';
import type { Tempo, Timers } from './tempo';

export type PairingMethod = { readonly kind: 'qr' } | { readonly kind: 'code'; readonly phone: string };

/** What became of the request for a code. */
export type CodeAnswer = { readonly status: 'ok'; readonly code: string } | { readonly status: 'refused' };

/** What attempts are made with. */
export interface PairingParts {
	readonly records: Pick<SessionRecords, 'pairing'>;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly tempo: Tempo;
}

const ACCEPTED = 'CB:iq,type:result,link_code_companion_reg';
/** A refusal comes at once; a server that says nothing has not refused. */
const REFUSAL_WAIT_MS = 3_000;

/** One wish to link a phone, over the sockets it takes. */
export class PairingAttempt {
	#round = 0;
	#shown = 0;
	#asked = false;
	#isOver = false;
	#answer: (answer: CodeAnswer) => void = () => undefined;
	/** The code once it is given; for a QR attempt it never resolves. */
	readonly code: Promise<CodeAnswer>;

	constructor(
		private readonly parts: PairingParts,
		readonly method: PairingMethod,
	) {
		this.code = new Promise((resolve) => (this.#answer = resolve));
	}

	/** It has ended, with a phone or without. */
	get isOver(): boolean {
		return this.#isOver;
	}

	/** A socket is made for it. */
	begin(): void {
		this.#round += 1;
		this.#shown = 0;
		this.#asked = false;
		this.#show({}, 0, null);
	}

	/** The server is ready: what it gave is shown, or a code is asked for. */
	ready(socket: WASocket, qr: string): void {
		if (this.method.kind === 'qr') {
			const { firstQr, laterQr } = this.parts.tempo;
			this.#shown += 1;
			this.#show({ qr }, this.#shown === 1 ? firstQr : laterQr, null);
		} else if (!this.#asked) {
			this.#asked = true;
			void this.#askForCode(socket, this.method.phone);
		}
	}

	/** A socket ended for no clear reason; said until the next one shows its code. */
	stumbled(): void {
		this.#show({}, 0, 'pairing_failed');
	}

	/** Ended without a phone; why is shown until the next attempt. */
	failed(problem: PairingProblem): void {
		this.#isOver = true;
		this.#answer({ status: 'refused' });
		this.#show({}, 0, problem);
	}

	/** The time of a socket ran out: true when another one is worth it. */
	expired(): boolean {
		if (this.method.kind === 'qr' && this.#round < this.parts.tempo.pairingRounds) return true;
		this.failed(this.method.kind === 'qr' ? 'qr_expired' : 'code_expired');
		return false;
	}

	/** A phone is linked, or nobody wants it any more. */
	end(): void {
		this.#isOver = true;
		this.#answer({ status: 'refused' });
		this.parts.records.pairing(null);
	}

	async #askForCode(socket: WASocket, phone: string): Promise<void> {
		const { timers, tempo } = this.parts;
		const round = this.#round;
		try {
			const code = await socket.requestPairingCode(phone);
			let isShown = false;
			const show = (): void => {
				cancel();
				// a code belongs to its socket
				if (isShown || this.#isOver || this.#round !== round) return;
				isShown = true;
				this.#show({ code }, tempo.pairingRound, null);
				this.#answer({ status: 'ok', code });
			};
			const cancel = timers.after(REFUSAL_WAIT_MS, show);
			socket.ws.once(ACCEPTED, show);
			socket.ws.once('CB:iq,type:error', () => {
				isShown = true;
				cancel();
			});
		} catch {
			// the socket ended meanwhile, which its session hears by itself
		}
	}

	#show(what: { readonly qr?: string; readonly code?: string }, goodMs: number, problem: PairingProblem | null): void {
		const { records, clock } = this.parts;
		records.pairing({ method: this.method.kind, ...what, goodUntil: goodMs === 0 ? 0 : clock() + goodMs, round: this.#round, problem });
	}
}
