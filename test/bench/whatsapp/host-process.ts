import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { StoreConfig } from '../../../core/store';
import { startSessionHost } from '../../../core/whatsapp/host/host';
import { TEST_URL_VARIABLE } from '../../../core/whatsapp/session';

export interface HostArgument {
	readonly config: StoreConfig;
	readonly keys: readonly string[];
	readonly url: string;
}

/** How a host stands, with what it has cost since it began. */
export interface HostMeasure {
	readonly at: number;
	readonly open: number;
	readonly sessions: number;
	/** After a collection of garbage. */
	readonly rss: number;
	/** Seconds of the processor since it began. */
	readonly cpu: number;
}

const COLLECTIONS = 3;

function collector(): () => void {
	setFlagsFromString('--expose-gc');
	return runInNewContext('gc') as () => void;
}

/** A session host that tells its cost whenever it is asked by a line: `look` without a collection of garbage, `measure` after one. */
async function main({ config, keys, url }: HostArgument): Promise<void> {
	process.env[TEST_URL_VARIABLE] = url;
	const host = await startSessionHost({ store: config, keys, maxSessions: Infinity, healthPort: null }, () => undefined);
	const collect = collector();
	process.stdout.write('ready\n');
	for await (const line of createInterface({ input: process.stdin })) {
		for (let time = 0; line === 'measure' && time < COLLECTIONS; time += 1) {
			collect();
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		const { sessions, states } = host.health();
		const { user, system } = process.cpuUsage();
		const measure: HostMeasure = { at: performance.timeOrigin + performance.now(), open: (states['open'] ?? 0) + (states['degraded'] ?? 0), sessions, rss: process.memoryUsage.rss(), cpu: (user + system) / 1e6 };
		process.stdout.write(`${JSON.stringify(measure)}\n`);
	}
	await host.stop();
	process.exit(0);
}

void main(JSON.parse(process.argv[2] ?? '') as HostArgument);
