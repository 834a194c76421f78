import type { WASocket, WAVersion } from '@whiskeysockets/baileys';
import type { SessionAuth } from '../auth';
import type { ClientLibrary } from '../client-library';
import type { WhatsappError } from '../errors';
import type { Lease } from '../lease';
import type { SessionState } from '../ports';
import { type Account, openAccount, refuseLinked } from './account';
import { Course, type Finished, type Next } from './course';
import type { Environment } from './environment';
import type { LeaveGate } from './gate';
import { SessionHalves } from './halves';
import { HealthWatch } from './health-watch';
import { LiveSocket, type SocketEvents } from './live-socket';
import { masked } from './log';
import { Pairing } from './pairing';
import type { PairingAttempt, PairingMethod } from './pairing-attempt';
import { SessionRecords } from './records';
import { Rounds } from './rounds';
import type { PairingProblem } from './service';
import type { SessionSettings } from './settings';
import { addressOf, createCaches, socketOptions } from './socket-options';
import { Standing } from './standing';
import { Unlinking } from './unlinking';

/** Runs one session while its lease lasts: one socket after the other, and what comes between them. */
export class SessionOwner {
	readonly records: SessionRecords;
	readonly #standing: Standing;
	readonly #course: Course;
	readonly #health: HealthWatch;
	readonly #rounds: Rounds;
	readonly #halves: SessionHalves;
	readonly #pairing: Pairing;
	readonly #unlinking = new Unlinking();
	readonly #caches = createCaches();
	#live: LiveSocket | null = null;
	/** What follows the socket that we end ourselves. */
	#own: (() => Promise<Next>) | null = null;
	/** A ban that was noted before, to be waited for once. */
	#ban: Next | null = null;
	#failure: WhatsappError | null = null;
	#connects = 0;

	/** `gone` is told when another process has the session now. */
	constructor(
		private readonly env: Environment,
		readonly lease: Lease,
		private settings: SessionSettings,
		gone: () => void,
	) {
		this.records = new SessionRecords({ ...env, onError: (error) => this.#log('a record could not be written', error) }, lease);
		this.#standing = new Standing(this.records, env.clock);
		this.#course = new Course(env, lease, this.records);
		this.#health = new HealthWatch(env, lease, this.records, async (until) => void (this.socket !== null && (await (await this.#halves.begun()).outbound.pauseNewChats(until))));
		this.#rounds = new Rounds({
			env, gone,
			course: this.#course,
			standing: this.#standing,
			round: async () => await this.#round(),
			onError: (error) => this.#log('the session failed', error),
		});
		this.#pairing = new Pairing({ ...env, records: this.records });
		this.#halves = new SessionHalves({
			env, lease,
			records: this.records,
			settings: () => this.settings,
			adopt: (record) => {
				this.settings = record.settings;
				this.#ban = this.#standing.adopt(record) ?? this.#ban;
			},
			onFailure: (error) => this.#fail(error),
			onLeftOver: (error) => this.#log('what was received could not be stored', error),
		});
	}

	get state(): SessionState {
		return this.#standing.state;
	}

	/** Sockets made since the session was taken. */
	get connects(): number {
		return this.#connects;
	}

	get lastFrameAt(): number | null {
		return this.#live?.lastFrameAt ?? null;
	}

	/** The socket while it is logged in. */
	get socket(): WASocket | null {
		return this.#live?.isOpen === true ? this.#live.socket : null;
	}

	start(): void {
		this.#rounds.start();
	}

	/** Other settings; the socket is made anew only when it goes another way through the network. */
	configure(settings: SessionSettings): void {
		const before = this.settings;
		this.settings = settings;
		if (before.proxyUrl !== settings.proxyUrl || addressOf(before) !== addressOf(settings) || this.#standing.reason === 'settings_invalid') this.restart();
	}

	/** Connects anew, also out of rest. */
	restart(): void {
		this.#course.forget();
		this.#end(async () => ({ kind: 'connect' }));
	}

	/** Begins to link a phone, in place of an attempt under way. Throws `already_linked`. */
	async pair(method: PairingMethod): Promise<PairingAttempt> {
		const { client } = await this.#halves.begun();
		await refuseLinked(this.#authParts(client));
		const attempt = this.#pairing.begin(method);
		this.restart();
		// what was shown before is gone when this is answered
		await this.records.idle();
		return attempt;
	}

	cancelPairing(): void {
		if (this.#pairing.end()) this.restart();
	}

	/** Unlinks the device at WhatsApp when it is connected, and puts the state aside. Rejects with a StoreError, or when the session ends before. */
	async logOut(): Promise<void> {
		const isFirst = !this.#unlinking.isAsked;
		const done = this.#unlinking.ask();
		const [socket, live] = [this.socket, this.#live];
		if (live === null) this.#rounds.wake();
		else if (socket === null) live.close();
		// the client ends the socket once the server was told
		else if (isFirst) void socket.logout().catch(() => live.close());
		await done;
	}

	/** Only after the socket's last writes. */
	async #unlink(): Promise<Next> {
		await this.#unlinking.carryOut(async () => {
			await this.#course.putAside();
			this.#pairing.end();
			this.#standing.unlinked();
		});
		return { kind: 'wait', state: 'logged_out', reason: null, ms: null };
	}

	/** Called every few seconds. Rejects with a StoreError, or when the session is another's. */
	async tick(): Promise<void> {
		if (this.socket === null || this.#pairing.attempt !== null) return;
		const found = await this.#health.look();
		if (found === undefined || this.socket === null || this.#live === null) return;
		this.records.seen(this.#live.lastFrameAt, this.#live.lastReceiptAt);
		this.#standing.set(found === null ? 'open' : 'degraded', found);
	}

	/** Another version of the client may be known. */
	versionChanged(): void {
		if (this.state === 'client_outdated') this.#rounds.wake();
	}

	/** Ends in order: what is under way is finished, nothing is unlinked. The lease is the caller's to give back. */
	async stop(): Promise<void> {
		if (this.socket !== null) await (await this.#halves.begun()).outbound.stop(this.env.tempo.ackWait);
		await this.#finish();
		this.#standing.stopped();
		await this.records.idle();
	}

	/** Ends at once and writes nothing more: the session is another's now, or may be. */
	async lose(): Promise<void> {
		this.#standing.silence();
		await this.#finish();
	}

	async #finish(): Promise<void> {
		const ended = this.#rounds.stop();
		this.#live?.close();
		await ended;
		this.#unlinking.giveUp();
		this.#pairing.end();
		await this.#halves.end();
	}

	/** From one socket to what follows it. */
	async #round(): Promise<Next> {
		if (this.#unlinking.isAsked) return await this.#unlink();
		const failure = await this.#takeFailure();
		if (failure?.code === 'lease_lost') throw failure;
		const { client } = await this.#halves.begun();
		const ban = this.#ban;
		this.#ban = null;
		if (ban !== null) return ban;
		const account = await openAccount(this.#authParts(client), this.#pairing.attempt !== null);
		if (account === null) return this.#standing.unpaired();
		const version = await this.env.versions.choose(client);
		if (version === null) return this.#course.outdated();
		return await this.#connect(client, account, version);
	}

	readonly #authParts = (client: ClientLibrary) => ({ store: this.env.store, client, lease: this.lease, onFailure: (error: WhatsappError) => this.#fail(error) });

	async #connect(client: ClientLibrary, { auth, linking }: Account, version: WAVersion): Promise<Next> {
		const { env } = this;
		const { inbound, outbound } = await this.#halves.begun();
		const leave = await env.gate.enter(this.#rounds.stopped);
		if (leave === null) return { kind: 'connect' };
		const { attempt } = this.#pairing;
		try {
			// given up, or become another thing to do, while it waited for its turn
			if ((linking !== 'linked' && attempt === null) || this.#failure !== null || this.#unlinking.isAsked) return { kind: 'connect' };
			this.#rounds.connecting();
			this.#own = null;
			this.#standing.connecting(attempt !== null, this.#connects === 0);
			this.#connects += 1;
			if (linking !== 'linked') attempt?.begin();
			const options = socketOptions({ client, auth: auth.state, version, settings: this.settings, caches: this.#caches, inbound, outbound, log: env.log, session: this.lease.session, tempo: env.tempo });
			const live = new LiveSocket({ client, options, inbound, events: this.#events(auth, version, leave), clock: env.clock, tempo: env.tempo });
			this.#live = live;
			const { ending, openMs } = await live.ended;
			this.#live = null;
			outbound.closed();
			await auth.idle();
			return (await this.#ourEnd()) ?? (await this.#course.after({ ending, openMs, linking, version, client, attempt } satisfies Finished));
		} finally {
			leave();
		}
	}

	/** What follows when it was us who ended the socket; null when it was not. */
	async #ourEnd(): Promise<Next | null> {
		const failure = await this.#takeFailure();
		if (this.#unlinking.isAsked) return await this.#unlink();
		if (failure !== null) throw failure;
		return this.#own === null ? null : await this.#own();
	}

	/** A failure that was noted, also where no socket lived: halves that failed to write take nothing more, and are made anew. */
	async #takeFailure(): Promise<WhatsappError | null> {
		const failure = this.#failure;
		if (failure === null) return null;
		await this.#halves.end();
		this.#failure = null;
		return failure;
	}

	#events(auth: SessionAuth, version: WAVersion, leave: LeaveGate): SocketEvents {
		return {
			creds: () => void auth.saveCreds().catch(() => undefined),
			open: (socket) => {
				leave();
				void this.#opened(socket, version).catch((error: unknown) => this.#log('an open session could not begin', error));
			},
			qr: (text) => {
				leave();
				if (this.#live !== null) this.#pairing.attempt?.ready(this.#live.socket, text);
			},
			paired: () => this.records.event('linked'),
			passkey: () => {
				this.records.event('alert', { state: 'passkey_required' });
				this.#giveUp('passkey_required', 'passkey_required', null);
			},
			refused: () => {
				if (this.#pairing.attempt?.method.kind === 'code') this.#giveUp('code_refused', 'needs_pairing', 'code_refused');
			},
			phoneSeen: () => this.#health.phoneSeen(),
			failed: (error) => this.#log('the client could not answer', error),
		};
	}

	/** The attempt to link a phone cannot succeed. */
	#giveUp(problem: PairingProblem, state: SessionState, reason: string | null): void {
		this.#pairing.fail(problem);
		this.#end(async () => ({ kind: 'wait', state, reason, ms: null }));
	}

	async #opened(socket: WASocket, version: WAVersion): Promise<void> {
		// first: whoever is told that it is open finds no code any more
		this.#pairing.linked(this.#standing.hadOther(socket.user));
		this.#standing.opened(socket.user);
		(await this.#halves.begun()).outbound.opened(socket);
		await this.env.versions.worked(version);
	}

	#fail(error: WhatsappError): void {
		this.#failure ??= error;
		this.#live?.close(error);
	}

	/** Ends the socket, if there is one, or the wait; `own` decides what follows a socket. */
	#end(own: () => Promise<Next>): void {
		this.#own = own;
		this.#live?.close();
		this.#rounds.wake();
	}

	#log(what: string, error: unknown): void {
		this.env.log('warn', what, { session: masked(this.lease.session), error: masked(error instanceof Error ? error.message : String(error)) });
	}
}
