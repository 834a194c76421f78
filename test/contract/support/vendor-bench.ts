import { setImmediate as immediate } from 'node:timers/promises';
import type { BookingCrm, Capabilities, Instant, Outcome, StreamReader } from '../../../core/booking';
import type { HttpExchange, HttpPort, HttpRequest } from '../../../core/crm/http';
import type { FaultRule, FaultScript, RequestLog, VirtualClock } from '../simulators/kit';
import type { SalonSpec } from './bench';
import type { Spoiling } from './vendor-spoil';

/** When every vendor bench is asked, and a day inside its notice and horizon. */
export const NOW = '2026-11-20T09:00:00+03:00';
export const DAY = '2026-11-24';
/** Phone of the bench's own client, and of nobody. */
export const PHONE = '+79161234501';
export const RIVAL_PHONE = '+79161234502';
export const NEW_PHONE = '+79161234777';

/** The salon of a vendor bench: two people for `cut`, every start from 10:00 to 19:00 in steps of half an hour. */
export const VENDOR_SALON: SalonSpec = {
	zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 60, bookingHorizonDays: 30, changeNoticeMinutes: 120, stepMinutes: 30,
	services: [{ name: 'cut', minutes: 60, price: 200_000 }, { name: 'color', minutes: 90, price: 450_000 }],
	hours: { from: '10:00', to: '20:00' },
	staff: [{ name: 'Anna', services: ['cut', 'color'] }, { name: 'Maria', services: ['cut'] }],
};

/** The instant of a wall time on the bench's day. */
export const on = (time: string): Instant => `${DAY}T${time}:00+03:00`;

type Kind = Outcome<unknown>['kind'];

/**
 * One request of a write that changes something at the vendor, and what the adapter may say when its answer goes wrong.
 * The defaults are strict; widen one only where the vendor leaves no other way, with the reason beside it.
 */
export interface WriteStep {
	readonly rule: FaultRule;
	/** Requests of one operation that meet the rule; 1 by default. */
	readonly requests?: number;
	/** It was done and the answer was lost; `ok` by default, because it is read back. */
	readonly done?: readonly Kind[];
	/** It was not done and no answer says so; `unknown` by default. */
	readonly none?: readonly Kind[];
	/** It was done and answered, and from then on nothing can be read; `unknown` by default for a booking, else `ok` too. */
	readonly blind?: readonly Kind[];
}

/** The requests that change something, in their order; an operation the vendor cannot do is absent. */
export interface VendorWrites {
	readonly book?: readonly WriteStep[];
	readonly move?: readonly WriteStep[];
	readonly cancel?: readonly WriteStep[];
	readonly createClient?: readonly WriteStep[];
}

/** A visit as the simulator holds it. */
export interface LiveVisit {
	readonly id: string;
	readonly staffId: string;
	/** Milliseconds since the epoch. */
	readonly start: number;
}

/** What a test does to the sign-in of a bench. */
export interface TokenHooks {
	/** Ends the token in use without a word. */
	expire(): void;
	/** Ends what a renewal would use too. Of a fixed token there is nothing more. */
	revoke?(): void;
	/** Renewals the vendor has granted so far. */
	rotations?(): number;
	/** An adapter of another worker that holds the same credential. */
	sibling?(): BookingCrm;
}

/** What the suites of the sync need besides; everything is done past the API, as by the front desk. */
export interface SyncHooks {
	readonly reader: StreamReader;
	/** The vendor's own time, which its moments of change are told by. */
	readonly clock: VirtualClock;
	/** Opens a card; its id as the stream of clients tells it. Absent where the vendor has no such stream. */
	card?(name: string, phone: string): string;
	rename?(id: string, name: string): void;
	/** Notes that a visit took place; absent where the vendor has no such word. */
	arrive?(visitId: string): void;
	/** Takes from a visit what makes it one: its client, its person or its time. Absent where the vendor keeps these. */
	empty?(visitId: string): void;
	/** Takes a record away without a word. */
	drop(kind: 'client' | 'visit', id: string): void;
}

/** One salon at a running simulator and the adapter that looks at it through the real transport. */
export interface VendorBench {
	readonly crm: BookingCrm;
	/** The transport's own time: waiting moves it. */
	readonly clock: VirtualClock;
	readonly serviceId: string;
	/** Two who do the service. */
	readonly staffId: string;
	readonly otherStaffId: string;
	/** Two clients, of {@link PHONE} and {@link RIVAL_PHONE}. */
	readonly clientId: string;
	readonly rivalClientId: string;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	readonly token?: TokenHooks;
	readonly sync?: SyncHooks;
	/** Visits that stand, straight from the simulator's state. */
	live(): readonly LiveVisit[];
	/** Ids of the cards with a phone, straight from the simulator's state. */
	cards(phone: string): readonly string[];
	/** Opens one more card as the front desk does; absent where the vendor keeps a phone to one card. */
	addCard?(name: string, phone: string): string;
	/** Removes every standing visit but these from the simulator's state. */
	wipe(keep: ReadonlySet<string>): void;
	/** From now on whatever the adapter remembers is asked anew. */
	forget(): void;
	/** An adapter that shares with `crm` only the vendor, and the lock where the vendor refuses no busy time by itself. */
	rival(): BookingCrm;
	/** The same salon for another branch or account of the same simulator, with its own `live` and `cards`. */
	neighbour?(): Promise<VendorBench>;
	close(): Promise<void>;
}

export interface BenchOptions {
	/** Stands between the adapter under test and the network. */
	readonly wrap?: (port: HttpPort) => HttpPort;
	/** The simulator enforces the vendor's limits, and the adapter counts by them on the same clock. */
	readonly limits?: boolean;
}

/** All that the vendor suites need to know of an adapter. */
export interface VendorUnderTest {
	readonly name: string;
	readonly capabilities: Capabilities;
	readonly writes: VendorWrites;
	/** How the vendor's answers are spoiled by the fuzz suite. */
	readonly spoiling: Spoiling;
	/** Spoiled answers of the whole fuzz suite; 5,000 by default, fewer only where several runs are one adapter's. */
	readonly answers?: number;
	/** `fixed`: an expired token needs a person. `renewed`: the adapter gets a new one by itself. `none`: nothing expires. */
	readonly token: 'fixed' | 'renewed' | 'none';
	/** What the loser of a race is told; `slot_taken` by default. */
	readonly losers?: readonly string[];
	/** A module that exports `openRival(order)`, run in a process of its own; absent only with `book`. */
	readonly rival?: { readonly module: string; order(bench: VendorBench): unknown };
	open(options?: BenchOptions): Promise<VendorBench>;
}

/**
 * How much of the races and of the spoiled answers is played: a fifth by default, all of it by `npm run vendor:campaign`, and
 * more for a night (`VENDOR_CAMPAIGN=20`).
 */
export const CAMPAIGN = Number(process.env.VENDOR_CAMPAIGN ?? 0.2) || 0.2;

/** Of what is drawn by lot; the same in every run unless `VENDOR_SEED` says otherwise, as the campaign does. */
export const SEED = Number(process.env.VENDOR_SEED ?? 11);

/** Time for a test whose length is the campaign's. */
export const CAMPAIGN_MS = 60_000 * Math.max(1, CAMPAIGN);

/** Declares a test a vendor is able to meet, else prints why not. */
export function able({ name }: VendorUnderTest, isAble: boolean, what: string, declare: () => void): void {
	if (isAble) declare();
	else process.stdout.write(`${name}: not able, so not tested: ${what}\n`);
}

/** Throws where capabilities and writes contradict each other: a forgotten write would be an untested one. */
export function checkWrites({ name, capabilities, writes }: VendorUnderTest): void {
	const pairs = [['move', capabilities.reschedule], ['cancel', capabilities.cancel], ['createClient', capabilities.createClient]] as const;
	for (const [write, isAble] of pairs) if (isAble !== (writes[write] !== undefined)) throw new Error(`${name}: writes.${write} contradicts the capabilities`);
}

/** Whether a rule names a request; `skip` and `times` aside. */
export function meets({ method, path }: FaultRule, request: { readonly method: string; readonly path: string }): boolean {
	return (method === undefined || method === request.method) && (path === undefined || path.test(request.path));
}

/** Requests that met a rule since the log was cleared. */
export function sentBy(bench: VendorBench, { rule }: WriteStep): number {
	return bench.requests.all.filter((request) => meets(rule, request)).length;
}

/** Long enough for an answer of a simulator on a busy machine. */
const IMPATIENCE_MS = 400;

/** Cuts requests short where a connection may be one that nobody answers, so that it costs little real time. */
export function impatient(port: HttpPort, isStruck: () => boolean): HttpPort {
	return { exchange: (request) => port.exchange(isStruck() ? { ...request, timeoutMs: Math.min(request.timeoutMs, IMPATIENCE_MS) } : request) };
}

/**
 * Waiting on the clock a simulator counts by. Time stands while requests are on their way, which take none of it: a
 * request counted in one moment must not arrive in a later one.
 */
export function sharedTime(clock: VirtualClock): { readonly sleep: (ms: number) => Promise<void>; readonly wrap: (port: HttpPort) => HttpPort } {
	let underway = 0;
	return {
		sleep: async (ms) => {
			do await immediate();
			while (underway > 0);
			await clock.sleep(ms);
		},
		wrap: (port) => ({
			exchange: async (request) => {
				underway += 1;
				return port.exchange(request).finally(() => void (underway -= 1));
			},
		}),
	};
}

/** A tripwire between adapter and network: what happens before and after the requests of a rule. */
export interface Tripwire {
	readonly wrap: (port: HttpPort) => HttpPort;
	/** Once the rule was met, all that follows gets this status and no word, until `lift`. */
	blindAfter(rule: FaultRule, status?: number): void;
	/** Does something right before the next request of the rule leaves. */
	before(rule: FaultRule, run: () => void): void;
	lift(): void;
}

export function createTripwire(): Tripwire {
	let blind: { readonly rule: FaultRule; readonly status: number; tripped: boolean } | null = null;
	let early: { readonly rule: FaultRule; readonly run: () => void } | null = null;
	const exchange = async (port: HttpPort, request: HttpRequest): Promise<HttpExchange> => {
		const named = { method: request.method, path: decodeURIComponent(new URL(request.url).pathname) };
		if (early !== null && meets(early.rule, named)) {
			const { run } = early;
			early = null;
			run();
		}
		if (blind?.tripped === true) return { kind: 'answered', status: blind.status, headers: {}, body: new Uint8Array() };
		const told = await port.exchange(request);
		if (blind !== null && meets(blind.rule, named)) blind.tripped = true;
		return told;
	};
	return {
		wrap: (port) => ({ exchange: (request) => exchange(port, request) }),
		blindAfter: (rule, status = 500) => void (blind = { rule, status, tripped: false }),
		before: (rule, run) => void (early = { rule, run }),
		lift: () => void (blind = null),
	};
}
