/**
 * The chance that `k` trials of one task all succeed, of `trials` with `successes`: C(s,k) / C(n,k), as in the tau
 * benchmarks. Throws when fewer trials were made than `k`.
 */
export function passPower(successes: number, trials: number, k: number): number {
	if (k < 1 || k > trials || successes > trials) throw new RangeError(`pass^${k} of ${successes} in ${trials} trials is not defined`);
	let chance = 1;
	for (let taken = 0; taken < k; taken++) chance *= Math.max(0, successes - taken) / (trials - taken);
	return chance;
}

/** The mean of `passPower` over tasks, each with its own successes. */
export function meanPassPower(successes: readonly number[], trials: number, k: number): number {
	return successes.length === 0 ? 0 : successes.reduce((sum, one) => sum + passPower(one, trials, k), 0) / successes.length;
}

/** The value below which `share` (0..1) of the values lie; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}
