import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../../core/store';
import {
	beginLinking, createInbound, createTurnFeed, type Inbound, type InboundParts, type InboundSettings, type Lease, loadClientLibrary, openSessionAuth, type SessionAuth, type SessionKey, type Signals,
	takeLease, type Topic, type TurnFeed, type TurnItem, type WhatsappError,
} from '../../../../core/whatsapp';
import type { Device, Phone } from '../../../whatsapp-server';
import type { Bench } from '../../../whatsapp-server/support/bench';
import { TestClient } from '../../../whatsapp-server/support/client';
import { StoredAuth } from '../stored-auth';

export const SETTINGS: InboundSettings = {
	quietMs: 0,
	mostMs: 5_000,
	maxAgeMs: 86_400_000,
	mediaLimitBytes: 2 ** 20,
	mediaKinds: ['image', 'video', 'audio', 'voice', 'document', 'sticker'],
	humanPauseMs: 3_600_000,
	markRead: false,
	raw: false,
};

/** Signals within the process. */
export class LocalSignals implements Signals {
	readonly #heard = new Set<{ readonly topic: Topic; readonly name: string; readonly heard: (detail: string | undefined) => void }>();

	send(topic: Topic, key: SessionKey, detail?: string): void {
		for (const one of this.#heard) if (one.topic === topic && one.name === nameOf(key)) one.heard(detail);
	}

	on(topic: Topic, key: SessionKey, heard: (detail: string | undefined) => void): () => void {
		const one = { topic, name: nameOf(key), heard };
		this.#heard.add(one);
		return () => void this.#heard.delete(one);
	}
}

const nameOf = ({ tenant, session }: SessionKey): string => `${tenant}\n${session}`;

/** The clock on the wall and what was skipped of it; timers go off as if that had passed. */
class SkippedTime {
	#skipped = 0;
	readonly #waiting = new Set<{ readonly at: number; readonly goOff: () => void }>();
	readonly now = (): number => Date.now() + this.#skipped;
	readonly after = (ms: number, run: () => void): (() => void) => {
		const one = { at: this.now() + ms, goOff: () => void (this.#waiting.delete(one) && (clearTimeout(timer), run())) };
		const timer = setTimeout(one.goOff, ms);
		this.#waiting.add(one);
		return () => void (this.#waiting.delete(one) && clearTimeout(timer));
	};

	skip(ms: number): void {
		this.#skipped += ms;
		for (const { at, goOff } of [...this.#waiting]) if (at <= this.now()) goOff();
	}
}

export interface ReceiverOptions {
	readonly settings?: Partial<InboundSettings>;
	readonly parts?: Partial<InboundParts>;
	readonly key?: SessionKey;
	/** For the client's keys, when it is not the one of everything else. */
	readonly authStore?: Store;
	/** One that is named takes the lease over from itself. */
	readonly owner?: string;
}

/** A receiving session in this process: the unmodified client, the product's store and its inbound half. */
export class Receiver {
	readonly health: { readonly kind: string; readonly detail: unknown }[] = [];
	readonly failures: WhatsappError[] = [];
	readonly signals = new LocalSignals();
	readonly feed: TurnFeed;
	#turns = 0;

	private constructor(
		readonly store: Store,
		readonly lease: Lease,
		readonly inbound: Inbound,
		readonly client: TestClient,
		readonly auth: SessionAuth,
		signals: LocalSignals,
		health: Receiver['health'],
		failures: WhatsappError[],
		private readonly time: SkippedTime,
	) {
		this.signals = signals;
		this.health = health;
		this.failures = failures;
		this.feed = createTurnFeed(store, { tenant: lease.tenant, session: lease.session, signals, clock: time.now });
		signals.on('turns', lease, () => (this.#turns += 1));
	}

	/** How often it was told that there are turns. */
	get signalled(): number {
		return this.#turns;
	}

	/** Takes the lease and opens what is linked, or begins to link. */
	static async open(store: Store, url: string, { settings = {}, parts = {}, key = { tenant: 'salon', session: 'main' }, owner = randomUUID(), authStore = store }: ReceiverOptions = {}): Promise<Receiver> {
		const lease = await takeLease(store, key, owner, 600_000);
		if (lease === null) throw new Error('the session is held');
		const client = await loadClientLibrary();
		const [health, failures, signals]: [Receiver['health'], WhatsappError[], LocalSignals] = [[], [], new LocalSignals()];
		const time = new SkippedTime();
		const common = { store, client, lease, onFailure: (error: WhatsappError) => void failures.push(error) };
		const inbound = createInbound({
			...common,
			settings: () => ({ ...SETTINGS, ...settings }),
			signals,
			clock: time.now,
			after: time.after,
			health: (kind, detail) => void health.push({ kind, detail }),
			allowsMediaHost: (host) => host.startsWith('127.0.0.1:'),
			...parts,
		});
		const own = { ...common, store: authStore };
		const auth = (await openSessionAuth(own)) ?? (await beginLinking(own));
		const test = new TestClient(url, new StoredAuth(auth), { makeSignalRepository: inbound.signalRepository(client.DEFAULT_CONNECTION_CONFIG.makeSignalRepository) });
		await inbound.recover();
		return new Receiver(store, lease, inbound, test, auth, signals, health, failures, time);
	}

	/** A socket, with the inbound half listening to it. */
	connect(): this {
		this.client.start();
		this.inbound.attach(this.client.socket);
		return this;
	}

	/** Links the session with an account, and has its history. */
	async link(bench: Bench, salon: Phone): Promise<Device> {
		this.connect();
		const device = await bench.server.scan(salon, await this.client.qr());
		await this.client.ending();
		this.connect();
		await this.client.open();
		await device.ready();
		await this.client.until(() => (this.client.events.some(({ name }) => name === 'messaging-history.set') ? true : undefined), 'the history');
		await device.mailbox.empty();
		return device;
	}

	/** The next turn; it is given and done at once. */
	async turn(): Promise<TurnItem> {
		const [turn] = await this.turns(1);
		if (turn === undefined) throw new Error('no turn');
		return turn;
	}

	/** So many turns in the order they are given, each done before the next; `silenceMs` passes whenever there is none. */
	async turns(count: number, silenceMs = 0): Promise<readonly TurnItem[]> {
		const found: TurnItem[] = [];
		const deadline = Date.now() + 20_000;
		while (found.length < count) {
			const next = await this.feed.next(count - found.length);
			for (const turn of next) {
				await this.feed.emitted(turn.turnId);
				found.push(turn);
				await this.feed.done(turn.turnId);
			}
			if (found.length < count && Date.now() > deadline) throw new Error(`${found.length} turns of ${count}`);
			if (next.length === 0) await this.pass(silenceMs);
		}
		return found;
	}

	/** Waits for turns, letting time pass until there are so many to be given. */
	async waiting(count: number, silenceMs = 0): Promise<readonly TurnItem[]> {
		const deadline = Date.now() + 20_000;
		for (;;) {
			const next = await this.feed.next(50);
			if (next.length >= count) return next;
			if (Date.now() > deadline) throw new Error(`${next.length} turns wait, not ${count}`);
			await this.pass(silenceMs);
		}
	}

	/** Lets so much time pass, and what was waiting for it go off. */
	async pass(silenceMs: number): Promise<void> {
		this.time.skip(silenceMs);
		await this.heard(20);
	}

	/** Resolves at the next signal of turns, or after a while. */
	async heard(most: number): Promise<void> {
		let off = (): void => undefined;
		const signal = new Promise<void>((resolve) => (off = this.signals.on('turns', this.lease, () => resolve())));
		await Promise.race([signal, sleep(most)]);
		off();
	}

	/** Waits until the store shows something. */
	async until(find: () => Promise<boolean>, what: string): Promise<void> {
		const deadline = Date.now() + 15_000;
		while (!(await find())) {
			if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
			await sleep(10);
		}
	}

	/** Waits until everything that was sent to the device is taken in. */
	async settle(device: Device): Promise<void> {
		await device.mailbox.empty();
		await this.inbound.settled();
	}

	/** Ends as a shutdown does. */
	async close(): Promise<void> {
		await this.client.stop();
		await this.inbound.settled().catch(() => undefined);
		await this.inbound.stop();
		await this.auth.idle();
	}
}
