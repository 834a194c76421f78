/** Steps with elapsed seconds, so that a long first install never looks like a hang. */

const HEARTBEAT_MS = 15_000;

/**
 * @typedef {object} Progress
 * @property {<T>(title: string, work: () => Promise<T>) => Promise<T>} step runs the work and prints how long it takes
 * @property {(text: string) => void} say prints one line
 */

/**
 * @param {{ write?: (text: string) => void, now?: () => number, quiet?: boolean }} [options] quiet prints nothing at all
 * @returns {Progress}
 */
export function createProgress({ write = (text) => process.stdout.write(text), now = () => performance.now(), quiet = false } = {}) {
	const print = quiet ? () => {} : write;
	const startedAt = now();
	const stamp = () => `[${String(Math.round((now() - startedAt) / 1000)).padStart(4)} s]`;
	return {
		async step(title, work) {
			const stepStartedAt = now();
			const seconds = () => Math.round((now() - stepStartedAt) / 1000);
			print(`${stamp()} ${title} ...\n`);
			const heartbeat = setInterval(() => print(`${stamp()}   still at it, ${seconds()} s so far\n`), HEARTBEAT_MS);
			try {
				return await work();
			} finally {
				clearInterval(heartbeat);
			}
		},
		say: (text) => print(`${stamp()} ${text}\n`),
	};
}
