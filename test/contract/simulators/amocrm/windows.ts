import { type RateLimit, slidingWindows, type VirtualClock, type Window } from '../kit';

/** A limiter that forgets when the clock is set back, which only a test can do. */
export function forgetfulWindows(clock: VirtualClock, windows: readonly Window[]): RateLimit {
	let latest = clock.now();
	let limit = slidingWindows(clock, windows);
	return (key) => {
		if (clock.now() < latest) limit = slidingWindows(clock, windows);
		latest = clock.now();
		return limit(key);
	};
}
