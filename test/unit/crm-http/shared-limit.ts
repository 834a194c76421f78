import * as v from 'valibot';
import { createTransport, type HttpPort, judgeByStatus, type Lane, type Limiter, type RateWindow, type Transport, type VendorRules } from '../../../core/crm/http';
import { createVirtualTime } from '../../support/virtual-time';
import { createClock, createRandom, slidingWindows } from '../../contract/simulators/kit';

/** Half of it on the way there. */
const LATENCY_MS = 500;
/** How much longer a request may take on its way to the vendor than the quickest. */
const JITTER_MS = 250;
const MINUTE_MS = 60_000;

export interface Load {
	/** Salons behind the one address, each with a full sync that never ends. */
	readonly tenants: number;
	readonly minutes: number;
	/** Dialogues that begin in a minute; each asks some requests one after another, as a turn does. */
	readonly dialoguesAMinute: number;
	/** Minutes of silence between two minutes of dialogues, 0 for none. */
	readonly silentMinutes: number;
	readonly seed: number;
}

export interface Pressure {
	readonly requests: number;
	/** Refused by the vendor as too many. */
	readonly limited: number;
	/** Waits of dialogues' requests for their turn, in milliseconds. */
	readonly waits: readonly number[];
	/** Takes of the limiter, granted or not. */
	readonly takes: number;
	readonly background: number;
}

const RULES: VendorRules = { vendor: 'Vendor', headers: {}, judge: (answer) => (answer.status === 200 ? { kind: 'success', payload: null } : judgeByStatus(answer)) };
const CALL = { name: 'list', method: 'GET', path: 'list', schema: v.null() } as const;

/** Plays a load against a vendor that counts exactly, through the real transport and limiter, in virtual time. */
export async function play(windows: readonly RateWindow[], load: Load, limiterOf: (clock: () => number, process: number) => Limiter): Promise<Pressure> {
	const clock = createClock('2026-11-21T00:00:00Z');
	const time = createVirtualTime(clock);
	// two rows of numbers: who is served first depends on the database, when people write does not
	const [random, people] = [load.seed, load.seed + 1_000].map((seed) => {
		const numbers = createRandom(seed);
		return (): number => numbers.integer(0, 999_999) / 1_000_000;
	}) as [() => number, () => number];
	const passes = slidingWindows(clock, windows.map(({ requests, perMs }) => ({ requests, milliseconds: perMs })));
	const began = clock.now();
	const end = began + load.minutes * MINUTE_MS;
	let [requests, limited, takes, background] = [0, 0, 0, 0];
	const waits: number[] = [];

	const transportOf = (process: number, lane: Lane): Transport => {
		const inner = limiterOf(clock.now, process);
		let wanted = 0;
		const limiter: Limiter = {
			async take(of) {
				takes += 1;
				const grant = await time.during(() => inner.take(of));
				if (grant.kind === 'granted' && lane === 'dialogue') waits.push(clock.now() - wanted);
				return grant;
			},
			refused: (at, after) => time.during(() => inner.refused(at, after)),
		};
		const port: HttpPort = {
			async exchange() {
				await time.sleep(LATENCY_MS / 2 + random() * JITTER_MS);
				const { allowed } = passes('address');
				requests += 1;
				if (!allowed) limited += 1;
				await time.sleep(LATENCY_MS / 2);
				return { kind: 'answered', status: allowed ? 200 : 429, headers: {}, body: new Uint8Array() };
			},
		};
		const transport = createTransport({ port, limiter, rules: RULES, baseUrl: 'https://vendor.example/', clock: clock.now, sleep: time.sleep, random });
		const own = transport.inLane(lane);
		return { ...own, read: (call) => ((wanted = clock.now()), own.read(call)) };
	};

	const syncs = Array.from({ length: load.tenants * 3 }, async (_unused, index) => {
		const transport = transportOf(index % 2, 'full');
		while (clock.now() < end) {
			await transport.read(CALL);
			background += 1;
		}
	});
	const isSilent = (at: number): boolean => Math.floor((at - began) / MINUTE_MS) % (load.silentMinutes + 1) < load.silentMinutes;
	const dialogues = async (): Promise<void> => {
		const turns: Promise<void>[] = [];
		while (clock.now() < end) {
			await time.sleep((-Math.log(1 - people()) * MINUTE_MS) / load.dialoguesAMinute);
			if (isSilent(clock.now())) continue;
			turns.push((async () => {
				const transport = transportOf(turns.length % 2, 'dialogue');
				for (let left = 1 + Math.floor(people() * 5); left > 0; left -= 1) await transport.read(CALL);
			})());
		}
		await Promise.all(turns);
	};
	await Promise.all([...syncs, dialogues()]);
	return { requests, limited, waits, takes, background };
}

/**
 * Seconds that pages of several streams take through the real transport and limiter, in virtual time and with nobody in a
 * dialogue; the first page of a stream comes alone, then `ahead` at once.
 */
export async function secondsOf(streams: readonly number[], ahead: number, limiterOf: (clock: () => number) => Limiter): Promise<number> {
	const clock = createClock('2026-11-21T00:00:00Z');
	const time = createVirtualTime(clock);
	const port: HttpPort = {
		async exchange() {
			await time.sleep(LATENCY_MS);
			return { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() };
		},
	};
	const transport = createTransport({ port, limiter: limiterOf(clock.now), rules: RULES, baseUrl: 'https://vendor.example/', clock: clock.now, sleep: time.sleep }).inLane('full');
	const page = async (): Promise<void> => {
		const told = await transport.read(CALL);
		if (told.kind !== 'ok') throw new Error(`a page was ${told.kind}`);
	};
	const began = clock.now();
	await Promise.all(
		streams.map(async (pages) => {
			await page();
			let left = pages - 1;
			const reader = async (): Promise<void> => {
				for (; left > 0; ) {
					left -= 1;
					await page();
				}
			};
			await Promise.all(Array.from({ length: ahead }, reader));
		}),
	);
	return (clock.now() - began) / 1000;
}

/** The least time for so many requests at a share of a limit of two windows: whole windows, then the rest a second. */
export function floorOf(windows: readonly RateWindow[], requests: number, share: number): number {
	const [second, minute] = windows.map(({ requests: most }) => Math.floor(most * share));
	const left = requests - 1;
	return Math.floor(left / (minute ?? 1)) * 60 + (left % (minute ?? 1)) / (second ?? 1) + LATENCY_MS / 1000;
}

/** Pages of a full run of 10,000 clients, 36,500 visits and 4,000 sales; all else is a page each. */
export const FULL_RUN = [1, 1, 1, 1, 51, 183, 41, 2] as const;
