import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../../../core/store';
import type { SessionKey } from '../../../../core/whatsapp';
import { ServiceCore, type WhatsappServiceOptions } from '../../../../core/whatsapp/session/core';
import type { LogLevel } from '../../../../core/whatsapp/session/log';
import { TEST_URL_VARIABLE } from '../../../../core/whatsapp/session/settings';
import { TEMPO, type Tempo, type Timers } from '../../../../core/whatsapp/session/tempo';
import { type Phone, startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from '../../../whatsapp-server';
import { hostClients } from '../../../whatsapp-server/support/host-process';

export const KEY: SessionKey = { tenant: 'salon', session: 'main' };
/** For conditions, which a machine that is busy may keep waiting. */
const PATIENCE_MS = 60_000;

/** Shorter waits really pass; longer ones stand still until a test lets them. */
const HELD_FROM_MS = 1_200;
/** Housekeeping that tests let pass, made quick. */
const QUICK = { claim: 100, orders: 50, renew: 300, stagger: 1, watch: 20, ackWait: 300 } satisfies Partial<Tempo>;

/** Ends of leases and of subscriptions, which no test lets pass by chance. */
const HOUSEKEEPING: readonly number[] = [TEMPO.lease - TEMPO.leaseReserve, TEMPO.linger + 1];

interface Held {
	readonly ms: number;
	readonly work: () => void;
}

/** Timers of which the long ones are in a test's hands. */
export class HeldTimers implements Timers {
	readonly held = new Set<Held>();

	after(ms: number, work: () => void): () => void {
		if (ms < HELD_FROM_MS) {
			const timer = setTimeout(work, ms);
			return () => clearTimeout(timer);
		}
		const held: Held = { ms, work };
		this.held.add(held);
		return () => void this.held.delete(held);
	}

	/** Waits until somebody waits for about so long, and lets that time pass at once; how long it was. */
	async pass(least: number, most = least): Promise<number> {
		const found = await until(() => this.#find(least, most), `somebody waits ${least} to ${most} ms`);
		this.held.delete(found);
		found.work();
		return found.ms;
	}

	/** True while somebody waits for about so long. */
	waits(least: number, most = least): boolean {
		return this.#find(least, most) !== undefined;
	}

	#find(least: number, most: number): Held | undefined {
		return [...this.held].find(({ ms }) => ms >= least && ms <= most && (least === most || !HOUSEKEEPING.includes(ms)));
	}
}

/** The first answer that is neither undefined nor false; looks again every few milliseconds. */
export async function until<T>(find: () => T | undefined | false | Promise<T | undefined | false>, what: string, timeoutMs = PATIENCE_MS): Promise<T> {
	for (const end = performance.now() + timeoutMs; ; ) {
		const found = await find();
		if (found !== undefined && found !== false) return found;
		if (performance.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
		await pause(5);
	}
}

/** One process's service with its timers and what it logged. */
export interface Process {
	readonly core: ServiceCore;
	readonly timers: HeldTimers;
	readonly lines: { readonly level: LogLevel; readonly text: string }[];
	/** Times a version was looked up. */
	readonly fetches: () => number;
}

export interface ProcessOptions extends WhatsappServiceOptions {
	readonly tempo?: Partial<Tempo>;
	/** Version that WhatsApp names; none when null. */
	readonly fetched?: readonly [number, number, number] | null;
	readonly random?: () => number;
	readonly timers?: HeldTimers;
}

/** A server and services for the tests of one file. */
export class SessionBench {
	readonly #processes: Process[] = [];

	private constructor(
		readonly server: WhatsAppServer,
		private readonly undo: () => void,
	) {}

	static async start(options?: WhatsAppServerOptions): Promise<SessionBench> {
		const unhost = hostClients();
		const server = await startWhatsAppServer(options);
		server.trust();
		const before = process.env[TEST_URL_VARIABLE];
		process.env[TEST_URL_VARIABLE] = server.url;
		return new SessionBench(server, () => {
			unhost();
			if (before === undefined) delete process.env[TEST_URL_VARIABLE];
			else process.env[TEST_URL_VARIABLE] = before;
		});
	}

	/** As if another process opened the store: it shares nothing but the database. */
	process(store: Store, { tempo = {}, fetched = null, random = () => 0.5, timers = new HeldTimers(), environment = {}, ...options }: ProcessOptions = {}): Process {
		const lines: Process['lines'] = [];
		let fetches = 0;
		const core = new ServiceCore(
			{ ...store },
			{
				...options,
				log: (level, text, fields) => void lines.push({ level, text: `${text} ${JSON.stringify(fields ?? {})}` }),
				environment: {
					timers, random,
					tempo: { ...TEMPO, ...QUICK, ...tempo },
					fetchVersion: async () => {
						fetches += 1;
						return fetched === null ? null : [...fetched];
					},
					...environment,
				},
			},
			Promise.resolve(),
		);
		const made: Process = { core, timers, lines, fetches: () => fetches };
		this.#processes.push(made);
		return made;
	}

	/** A session that is linked with a new account by QR code, and open. */
	async linked(running: Process, number: string, key: SessionKey = KEY): Promise<Phone> {
		const salon = this.server.phone(number, { name: 'Salon', business: 'Salon' });
		await running.core.ensure(key);
		await running.core.command(key, { kind: 'pairQr' });
		await this.server.scan(salon, await qrOf(running, key));
		await becomes(running, 'open', key);
		await salon.device.ready();
		await salon.device.mailbox.empty();
		return salon;
	}

	async close(): Promise<void> {
		await Promise.all(this.#processes.map(async ({ core }) => await core.shutdown()));
		await this.server.close();
		this.undo();
	}
}

/** The QR text on the pairing page, other than those given. */
export async function qrOf({ core }: Process, key: SessionKey = KEY, not: readonly string[] = []): Promise<string> {
	return await until(async () => {
		const qr = (await core.pairing(key))?.qr;
		return qr !== undefined && !not.includes(qr) && qr;
	}, 'a QR code is shown');
}

/** Waits until the session is in the state; what it was instead, and said last, is told when it never is. */
export async function becomes({ core, lines }: Process, state: string, key: SessionKey = KEY) {
	let last = '';
	return await until(async () => {
		const status = await core.status(key);
		last = `${status.state} (${status.reason ?? 'no reason'}, run by ${status.owner ?? 'nobody'})`;
		return status.state === state && status;
	}, `the session is ${state}`).catch((error: unknown) => {
		throw new Error(`${String(error)}; it is ${last}\n${lines.slice(-10).map(({ text }) => text).join('\n')}`);
	});
}
