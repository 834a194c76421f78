import type { VirtualClock } from '../kit';

const BUCKET_MS = 60_000;
const BUCKETS = 10;

/** The execution time of each method and account over the last ten minutes, in one-minute buckets. */
export interface OperatingTime {
	/** Adds run time and returns the new state. */
	charge(account: string, method: string, seconds: number): OperatingState;
	/** The state before a call. */
	stateOf(account: string, method: string): OperatingState;
}

export interface OperatingState {
	/** Seconds used. */
	readonly operating: number;
	/** Unix seconds at which the oldest bucket leaves. */
	readonly resetAt: number;
	readonly blocked: boolean;
}

/** Blocks a method of an account while it has used more than `limitSeconds`. */
export function createOperatingTime(clock: VirtualClock, limitSeconds: number): OperatingTime {
	const spent = new Map<string, { readonly bucket: number; seconds: number }[]>();
	const bucketNow = (): number => Math.floor(clock.now() / BUCKET_MS);
	const stateOf = (account: string, method: string): OperatingState => {
		const key = `${account} ${method}`;
		const kept = (spent.get(key) ?? []).filter(({ bucket }) => bucket > bucketNow() - BUCKETS);
		spent.set(key, kept);
		const operating = kept.reduce((sum, { seconds }) => sum + seconds, 0);
		const oldest = kept[0]?.bucket ?? bucketNow();
		return { operating, resetAt: ((oldest + BUCKETS) * BUCKET_MS) / 1000, blocked: operating > limitSeconds };
	};
	return {
		stateOf,
		charge: (account, method, seconds) => {
			stateOf(account, method);
			const kept = spent.get(`${account} ${method}`) ?? [];
			const last = kept.at(-1);
			if (last?.bucket === bucketNow()) last.seconds += seconds;
			else kept.push({ bucket: bucketNow(), seconds });
			return stateOf(account, method);
		},
	};
}
