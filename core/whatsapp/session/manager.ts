import { dropAside, resealSession } from '../auth';
import { heldSessions, type Lease, releaseLease, renewLeases, type SessionKey, takeLease } from '../lease';
import { tidyAbandoned } from './abandoned';
import { keepNoted, noteEnded, sessionsDesired } from './desired';
import type { Environment } from './environment';
import { masked } from './log';
import { Loop } from './loop';
import { answerOrder, takeOrders, type WaitingOrder } from './order-desk';
import { carryOut } from './orders';
import { SessionOwner } from './owner';
import { readSettings } from './records';
import type { SessionAnswer } from './service';
import { parseSettings } from './settings';
import { ALL_SESSIONS } from './signals';
import { nameOfSession, type WantedSessions } from './wanted';

/**
 * Which sessions a process runs: those wanted in it, all that are wanted on the store, or none, because others do. What nobody else
 * has is taken; several processes share the sessions of a store by it.
 */
export type Role = 'wanted' | 'all' | 'none';

export interface ManagerParts {
	readonly env: Environment;
	readonly wanted: WantedSessions;
	readonly role: Role;
	/** Names this process among those of the store. */
	readonly owner: string;
	/** Sessions it runs at most. */
	readonly most: number;
}

/** Taken at once between two looks at who else takes some: hosts that begin together share. */
const CLAIM_AT_ONCE = 25;
const CLAIM_MORE_MS = 250;
/** How long the state of an unlinked session is kept aside, and how often those are looked for that are older. */
const ASIDE_MS = 7 * 86_400_000;
const TIDY_MS = 3_600_000;

/** Takes sessions, keeps their leases, and runs them; gives back what it may not keep. */
export class SessionManager {
	readonly #owners = new Map<string, SessionOwner>();
	/** Sessions that are taken, given back or lent: one thing at a time. */
	readonly #busy = new Map<string, Promise<unknown>>();
	readonly #ears = new Map<SessionOwner, () => void>();
	readonly #claims: Loop;
	readonly #renewals: Loop;
	readonly #orders: Loop;
	readonly #upkeep: Loop;
	#offs: readonly (() => void)[] = [];
	#tidiedAt = -Infinity;
	#cancelDeadline: () => void = () => undefined;
	#isOver = false;
	#ending: Promise<void> | null = null;

	constructor(private readonly parts: ManagerParts) {
		const { timers, tempo } = parts.env;
		this.#claims = new Loop(timers, tempo.claim, async () => await this.#claim(), (error) => this.#log('sessions could not be taken', error));
		this.#renewals = new Loop(timers, tempo.renew, async () => await this.#renew(), (error) => this.#log('leases could not be renewed', error));
		this.#orders = new Loop(timers, tempo.orders, async () => await this.#takeOrders(), (error) => this.#log('orders could not be taken', error));
		this.#upkeep = new Loop(timers, tempo.renew, async () => await this.#lookAfter(), (error) => this.#log('what is past its time could not be removed', error));
	}

	get owners(): readonly SessionOwner[] {
		return [...this.#owners.values()];
	}

	start(): void {
		const { env, role } = this.parts;
		this.#claims.kick();
		if (role === 'none') return;
		this.#renewals.in(env.tempo.renew);
		this.#upkeep.in(env.tempo.renew);
		this.#orders.kick();
		this.#offs = [
			env.signals.on('commands', ALL_SESSIONS, () => this.#orders.kick()),
			env.signals.on('state', ALL_SESSIONS, (detail) => {
				if (detail === 'version') this.owners.forEach((owner) => owner.versionChanged());
				if (detail === 'released' || detail === 'desired') this.#claims.kick();
			}),
		];
	}

	owner(key: SessionKey): SessionOwner | undefined {
		return this.#owners.get(nameOfSession(key));
	}

	/** What is wanted has changed, or a session may be free. */
	wake(): void {
		this.#claims.kick();
	}

	/** Carries out an order for a session that runs here; null when it does not. */
	async order(key: SessionKey, order: unknown): Promise<SessionAnswer | null> {
		const owner = this.owner(key);
		if (owner === undefined) return null;
		const { store } = this.parts.env;
		const { language, countryCode } = await readSettings(store, key).catch(() => parseSettings({}));
		return await carryOut({ owner, language, countryCode, reseal: async () => await resealSession(store, owner.lease) }, order);
	}

	/** Has the session stopped here while `work` goes on with its lease; null is given when another process has it. */
	async aside<T>(key: SessionKey, work: (lease: Lease | null) => Promise<T>): Promise<T> {
		const { env, owner } = this.parts;
		return await this.#alone(nameOfSession(key), async () => {
			await this.#release(key);
			const lease = await takeLease(env.store, key, owner, env.tempo.lease);
			try {
				return await work(lease);
			} finally {
				if (lease !== null) await releaseLease(env.store, lease);
				this.wake();
			}
		});
	}

	/** Ends every session in order and gives it back. */
	async shutdown(): Promise<void> {
		this.#ending ??= this.#end();
		await this.#ending;
	}

	async #end(): Promise<void> {
		this.#isOver = true;
		this.#offs.forEach((off) => off());
		await Promise.all([this.#claims.stop(), this.#orders.stop(), this.#upkeep.stop()]);
		await Promise.all(this.owners.map(async ({ lease }) => await this.#giveBack(lease)));
		// leases were renewed until the last session was closed
		await this.#renewals.stop();
		this.#cancelDeadline();
	}

	/** Takes what is wanted and free, gives back what is not wanted any more. */
	async #claim(): Promise<number | void> {
		const { env, wanted, role, owner, most } = this.parts;
		await noteEnded(env, wanted);
		await keepNoted(env, wanted);
		if (role === 'none') return;
		const keys = role === 'all' ? await sessionsDesired(env.store, 'run') : wanted.all().map(({ key }) => key);
		const names = new Set(keys.map(nameOfSession));
		for (const { lease } of this.owners) {
			if (!names.has(nameOfSession(lease))) void this.#giveBack(lease);
		}
		const room = most - this.#owners.size;
		const missing = keys.filter((key) => !this.#owners.has(nameOfSession(key)) && !this.#busy.has(nameOfSession(key)));
		if (missing.length === 0 || room <= 0) return;
		const held = new Set((await heldSessions(env.store)).filter((other) => other.owner !== owner).map(nameOfSession));
		const free = missing.filter((key) => !held.has(nameOfSession(key)));
		const now = shuffled(free, env.random).slice(0, Math.min(CLAIM_AT_ONCE, room));
		for (const key of now) await this.#alone(nameOfSession(key), async () => await this.#take(key));
		if (now.length > 0) this.#orders.kick();
		return free.length > now.length ? CLAIM_MORE_MS : undefined;
	}

	async #take(key: SessionKey): Promise<void> {
		const { env, owner } = this.parts;
		if (this.#isOver || this.#owners.has(nameOfSession(key))) return;
		const lease = await takeLease(env.store, key, owner, env.tempo.lease);
		if (lease === null) return;
		// the leases of this process are renewed together: the deadline of the first is that of all
		if (this.#owners.size === 0) this.#expectRenewal();
		const session = new SessionOwner(env, lease, parseSettings({}), () => this.#lost(session));
		this.#owners.set(nameOfSession(key), session);
		this.#ears.set(
			session,
			env.signals.on('state', key, (detail) => {
				if (detail === 'settings') void this.#configure(session).catch((error: unknown) => this.#log('settings could not be read', error));
			}),
		);
		session.start();
	}

	/** Never rejects: a lease that could not be given back ends by itself. */
	async #giveBack(key: SessionKey): Promise<void> {
		await this.#alone(nameOfSession(key), async () => await this.#release(key)).catch((error: unknown) => this.#log('a session could not be given back', error));
	}

	async #configure(session: SessionOwner): Promise<void> {
		session.configure(await readSettings(this.parts.env.store, session.lease));
	}

	/** It is none of ours any more. */
	#forget(session: SessionOwner): void {
		this.#owners.delete(nameOfSession(session.lease));
		this.#ears.get(session)?.();
		this.#ears.delete(session);
	}

	async #release(key: SessionKey): Promise<void> {
		const session = this.owner(key);
		if (session === undefined) return;
		await session.stop();
		this.#forget(session);
		await releaseLease(this.parts.env.store, session.lease);
		this.parts.env.signals.send('state', key, 'released');
	}

	async #renew(): Promise<void> {
		const { env, owner } = this.parts;
		if (this.#owners.size === 0) return;
		const before = this.owners;
		const cancelled = this.#expectRenewal();
		const kept = new Map((await renewLeases(env.store, owner, env.tempo.lease)).map((lease) => [nameOfSession(lease), lease.epoch]));
		cancelled();
		for (const session of before) {
			if (kept.get(nameOfSession(session.lease)) !== session.lease.epoch) this.#lost(session);
		}
	}

	/** Whatever can wait: it takes as long as it takes, while leases are renewed in their time. */
	async #lookAfter(): Promise<void> {
		for (const session of this.owners) {
			if (this.#isOver) return;
			await session.tick().catch((error: unknown) => this.#log('the figures of a session could not be read', error));
		}
		if (this.#owners.size > 0) await this.#tidy();
	}

	/** What is left of sessions that nobody uses any more is looked after by whoever runs others. */
	async #tidy(): Promise<void> {
		const { env, owner } = this.parts;
		if (env.clock() - this.#tidiedAt < TIDY_MS) return;
		this.#tidiedAt = env.clock();
		await dropAside(env.store, new Date(env.clock() - ASIDE_MS));
		await tidyAbandoned(env, `${owner} tidies`, () => this.#isOver);
	}

	/**
	 * Every socket is closed when no renewal succeeds well before the leases end. The time counts from the beginning of a renewal;
	 * what is returned ends the time that ran before, once it has succeeded.
	 */
	#expectRenewal(): () => void {
		const { timers, tempo } = this.parts.env;
		const earlier = this.#cancelDeadline;
		const cancel = timers.after(tempo.lease - tempo.leaseReserve, () => {
			this.#log('no lease could be renewed: all sessions are closed', null);
			for (const session of this.owners) this.#lost(session);
		});
		this.#cancelDeadline = () => {
			cancel();
			earlier();
		};
		return () => {
			earlier();
			this.#cancelDeadline = cancel;
		};
	}

	/** The session is another's now, or may be. Nothing waits for its end but who takes it anew. */
	#lost(session: SessionOwner): void {
		const name = nameOfSession(session.lease);
		if (this.#owners.get(name) !== session) return;
		this.#forget(session);
		void this.#alone(name, async () => await session.lose())
			.catch((error: unknown) => this.#log('a lost session could not be closed', error))
			.finally(() => this.wake());
	}

	async #takeOrders(): Promise<void> {
		const { env } = this.parts;
		if (this.#owners.size === 0) return;
		for (const waiting of await takeOrders(env, (key) => this.owner(key) !== undefined)) {
			// one that takes long keeps no other waiting
			void this.#answer(waiting).catch((error: unknown) => this.#log('an order could not be answered', error));
		}
	}

	async #answer(waiting: WaitingOrder): Promise<void> {
		const answer = await this.order(waiting, waiting.order);
		await answerOrder(this.parts.env, waiting, answer ?? { status: 'unavailable', reason: 'nobody_runs_it', sentence: '' });
	}

	async #alone<T>(name: string, work: () => Promise<T>): Promise<T> {
		const before = this.#busy.get(name) ?? Promise.resolve();
		const result = before.catch(() => undefined).then(work);
		this.#busy.set(name, result);
		try {
			return await result;
		} finally {
			if (this.#busy.get(name) === result) this.#busy.delete(name);
		}
	}

	#log(what: string, error: unknown): void {
		this.parts.env.log('warn', what, error === null ? {} : { error: masked(error instanceof Error ? error.message : String(error)) });
	}
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
	return items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}
