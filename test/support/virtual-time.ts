import { setImmediate as immediate } from 'node:timers/promises';
import type { HttpPort } from '../../core/crm/http';
import type { VirtualClock } from '../contract/simulators/kit';

/** Turns of the event loop without a request under way after which nobody is about to do anything before time passes. */
const QUIET_TURNS = 6;

interface Sleeper {
	readonly at: number;
	readonly wake: () => void;
}

export interface VirtualTime {
	readonly sleep: (ms: number) => Promise<void>;
	/** Each exchange takes `latencyMs` of the virtual time, half on the way there. */
	readonly wrap: (port: HttpPort, latencyMs: number) => HttpPort;
	/** The clock stands still while this work, of a database for instance, is under way. */
	readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Time in which many wait at once: when nobody has anything left to do, the clock leaps to whoever wakes first. For
 * measuring how long parallel work takes without taking so long.
 */
export function createVirtualTime(clock: VirtualClock): VirtualTime {
	const sleepers: Sleeper[] = [];
	let underway = 0;
	let isPumping = false;

	async function pump(): Promise<void> {
		isPumping = true;
		while (sleepers.length > 0) {
			for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
				await immediate();
				if (underway > 0) quiet = -1;
			}
			sleepers.sort((a, b) => a.at - b.at);
			const next = sleepers.shift();
			if (next === undefined) break;
			if (next.at > clock.now()) clock.advance(next.at - clock.now());
			next.wake();
		}
		isPumping = false;
	}

	const sleep = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			sleepers.push({ at: clock.now() + ms, wake: resolve });
			if (!isPumping) void pump();
		});

	const during = async <T>(work: () => Promise<T>): Promise<T> => {
		underway += 1;
		return work().finally(() => void (underway -= 1));
	};

	return {
		sleep,
		during,
		wrap: (port, latencyMs) => ({
			exchange: async (request) => {
				await sleep(latencyMs / 2);
				const told = await during(() => port.exchange(request));
				await sleep(latencyMs / 2);
				return told;
			},
		}),
	};
}
