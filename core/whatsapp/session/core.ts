import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Store } from '../../store';
import { loadClientLibrary } from '../client-library';
import { WhatsappError } from '../errors';
import { createInbound } from '../inbound';
import type { SessionKey } from '../lease';
import { createOutbound } from '../outbound';
import { backupSession, openBackup, restoreSession } from './backup';
import type { Environment } from './environment';
import { HandshakeGate } from './gate';
import { type Log, silentLog } from './log';
import { type Role, SessionManager } from './manager';
import { type Asked, askElsewhere } from './order-desk';
import { processPart } from './process-registry';
import { noteWanted, readSettings } from './records';
import { explain } from './sentences';
import type { PairingView, RestoredSession, SessionAnswer, SessionHandlers, SessionOrder, SessionStatus, WhatsappService } from './service';
import { parseSettings, type SessionSettingsInput } from './settings';
import { ALL_SESSIONS, storeSignals } from './signals';
import { addressOf } from './socket-options';
import { readPairingView, readStatus } from './status';
import { inTime, processTimers, TEMPO } from './tempo';
import { ClientVersions, fetchFromWhatsapp, type FetchVersion } from './versions';
import { type Wanted, type WantedSessions, wantedOf } from './wanted';

const ORDER_MS = 30_000;

export interface WhatsappServiceOptions {
	/** `wanted` when absent. */
	readonly role?: Role;
	/** Sessions this process runs at most; any number when absent. */
	readonly most?: number;
	/** Takes lines without data of people; nothing is said when absent. */
	readonly log?: Log;
	/** Other times, another clock, other halves; the product's own when absent. */
	readonly environment?: Partial<Omit<Environment, 'store' | 'signals' | 'gate' | 'versions' | 'log'>> & { readonly fetchVersion?: FetchVersion };
}

/** The service of one copy of the package; what it knows of who wants what belongs to the process. */
export class ServiceCore implements WhatsappService {
	readonly #env: Environment;
	readonly #owner = `${hostname()}:${process.pid}:${randomUUID()}`;
	readonly #wanted: WantedSessions;
	readonly #ready: Promise<void>;
	readonly manager: SessionManager;
	#over: Promise<void> | null = null;

	/** Takes no session before `before` has ended. */
	constructor(store: Store, { role = 'wanted', most = Infinity, log = silentLog, environment = {} }: WhatsappServiceOptions, before: Promise<void>) {
		this.#env = environmentOf(store, log, environment);
		this.#wanted = wantedOf(store);
		this.manager = new SessionManager({ env: this.#env, wanted: this.#wanted, role, owner: this.#owner, most });
		this.#ready = before.catch(() => undefined).then(() => {
			if (this.#over === null) this.manager.start();
		});
	}

	async ensure(key: SessionKey, settings?: SessionSettingsInput): Promise<void> {
		const parsed = settings === undefined ? null : parseSettings(settings);
		const { clock, tempo, timers } = this.#env;
		this.#wanted.keep(key, clock() + tempo.linger);
		timers.after(tempo.linger + 1, () => this.manager.wake());
		await this.#note(key, parsed);
	}

	subscribe(key: SessionKey, handlers: SessionHandlers): () => void {
		const { signals, clock, tempo, timers } = this.#env;
		const wanted = this.#wanted.keep(key, clock());
		const own = { ...handlers };
		wanted.subscribers.add(own);
		wanted.wasHeard = true;
		const tellState = this.#stateTeller(key, wanted, own);
		const offs = [
			signals.on('turns', key, () => handlers.onTurn?.()),
			signals.on('results', key, (detail) => handlers.onDelivery?.(detail)),
			signals.on('state', key, (detail) => {
				if (detail !== 'pairing') tellState();
			}),
		];
		tellState();
		void this.#note(key, null).catch((error: unknown) => this.#log(error));
		return () => {
			if (!wanted.subscribers.delete(own)) return;
			offs.forEach((off) => off());
			wanted.until = clock() + tempo.linger;
			timers.after(tempo.linger + 1, () => currentCore(this.#env.store)?.manager.wake());
		};
	}

	async status(key: SessionKey): Promise<SessionStatus> {
		const { store, clock } = this.#env;
		return await readStatus({ store, now: clock(), owner: this.#owner, session: this.manager.owner(key) }, key);
	}

	async list(tenant: string): Promise<readonly SessionStatus[]> {
		const rows = await this.#env.store.db.selectFrom('wa_session').select('session').where('tenant', '=', tenant).orderBy('session').execute();
		return await Promise.all(rows.map(async ({ session }) => await this.status({ tenant, session })));
	}

	async command(key: SessionKey, order: SessionOrder, timeoutMs = ORDER_MS): Promise<SessionAnswer> {
		const { store, timers } = this.#env;
		const here = await inTime(timers, timeoutMs, this.manager.order(key, order));
		if (here !== null && here !== undefined) return here;
		const asked: Asked = here === undefined ? { kind: 'unanswered' } : await askElsewhere(this.#env, key, order, timeoutMs);
		if (asked.kind === 'answer') return asked.answer;
		const { language } = await readSettings(store, key);
		if (asked.kind === 'untaken') return { status: 'unavailable', reason: 'nobody_runs_it', sentence: explain('nobody_runs_it', language) };
		return { status: 'unknown', reason: 'timeout', sentence: explain('timeout', language) };
	}

	async pairing(key: SessionKey): Promise<PairingView | null> {
		return await readPairingView(this.#env.store, key, this.#env.clock());
	}

	async setVersion(version: string | null): Promise<void> {
		await this.#env.versions.setOverride(version);
		this.#env.signals.send('state', ALL_SESSIONS, 'version');
	}

	async backup(key: SessionKey): Promise<string> {
		const backup = await backupSession(this.#env.store, key, this.#env.clock());
		if (backup === null) throw new WhatsappError('not_linked');
		return backup;
	}

	async restore(key: SessionKey, text: string): Promise<RestoredSession> {
		const { store, clock } = this.#env;
		const backup = openBackup(store, key, text);
		await this.manager.aside(key, async (lease) => {
			if (lease === null) throw new WhatsappError('session_held');
			await restoreSession(store, lease, backup, clock());
		});
		const { language } = await readSettings(store, key);
		return { takenAt: backup.takenAt, keys: backup.keys.length, sentence: explain('restored', language) };
	}

	async shutdown(): Promise<void> {
		this.#over ??= this.#ready.then(async () => await this.manager.shutdown());
		await this.#over;
	}

	async #note(key: SessionKey, settings: ReturnType<typeof parseSettings> | null): Promise<void> {
		const { store, clock, signals } = this.#env;
		const changed = await noteWanted(store, key, 'run', settings, clock());
		if (changed.desired) signals.send('state', key, 'desired');
		if (changed.settings) signals.send('state', key, 'settings');
		this.manager.wake();
	}

	/** Reads the status when it may have changed, one reading at a time, and tells it while the subscription lasts. */
	#stateTeller(key: SessionKey, wanted: Wanted, own: SessionHandlers): () => void {
		let last: Promise<void> = Promise.resolve();
		let waiting = false;
		return () => {
			if (own.onState === undefined || waiting) return;
			waiting = true;
			last = last.then(async () => {
				waiting = false;
				// the copy of the package may be another one by now
				const status = await (currentCore(this.#env.store) ?? this).status(key);
				if (wanted.subscribers.has(own)) own.onState?.(status);
			}).catch((error: unknown) => this.#log(error));
		};
	}

	#log(error: unknown): void {
		this.#env.log('warn', 'a subscriber could not be served', { error: error instanceof Error ? error.name : 'unknown' });
	}
}

function environmentOf(store: Store, log: Log, given: NonNullable<WhatsappServiceOptions['environment']>): Environment {
	const { clock = Date.now, timers = processTimers, tempo = TEMPO, fetchVersion, ...rest } = given;
	// a server for tests has no page that names a version
	const fetch = fetchVersion ?? (addressOf(parseSettings({})) === undefined ? fetchFromWhatsapp : async () => null);
	return {
		store, log, clock, timers, tempo,
		signals: storeSignals(store),
		random: Math.random,
		gate: new HandshakeGate(timers, tempo.handshakes, tempo.stagger),
		versions: new ClientVersions({ store, clock, tempo, fetch }),
		loadClient: loadClientLibrary,
		createInbound,
		createOutbound,
		...rest,
	};
}

/** The service of a store in this process, of whichever copy of the package. */
export interface ServiceSlot {
	/** The copy that made it. */
	module: symbol | null;
	core: ServiceCore | null;
}

export const serviceSlot = (store: Store): ServiceSlot => processPart('service', store, () => ({ module: null, core: null }));
const currentCore = (store: Store): ServiceCore | null => serviceSlot(store).core;
