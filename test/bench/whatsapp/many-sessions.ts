import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type StoreConfig } from '../../../core/store';
import { startScript } from '../../support/children';
import type { Figure } from '../machine';
import { linkBeforehand, wantAll } from './accounts';
import type { HostArgument, HostMeasure } from './host-process';
import type { BenchServer } from './server-calls';

const KEYS = ['bench'];
const LOOK_MS = 200;
const SETTLE_MS = 10_000;
const IDLE_MS = 60_000;
const PATIENCE_MS = 1_800_000;
const MEGABYTE = 2 ** 20;

/** How many sessions each part has. */
export interface Sizes {
	/** The slope of memory is taken from here … */
	readonly base: number;
	/** … to here, and everything else of one process at this size. */
	readonly many: number;
	readonly held: number;
}

class Host {
	readonly #script;

	constructor(argument: HostArgument) {
		this.#script = startScript(join(__dirname, 'host-process.ts'), argument);
	}

	async ready(): Promise<void> {
		await this.#script.nextLine();
	}

	async ask(what: 'look' | 'measure'): Promise<HostMeasure> {
		this.#script.process.stdin?.write(`${what}\n`);
		return JSON.parse(await this.#script.nextLine()) as HostMeasure;
	}

	/** The first look that `fits`. */
	async until(fits: (measure: HostMeasure) => boolean, what: string): Promise<HostMeasure> {
		for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(LOOK_MS)) {
			const measure = await this.ask('look');
			if (fits(measure)) return measure;
		}
		throw new Error(`${what}: ${JSON.stringify(await this.ask('look'))}`);
	}

	/** Share of one processor over a while in which nothing happens, and how it stood at the end. */
	async idle(): Promise<{ readonly share: number; readonly after: HostMeasure }> {
		await this.ask('measure');
		// the collections before have left work behind, and code to be compiled anew
		await pause(SETTLE_MS);
		const before = await this.ask('look');
		await pause(IDLE_MS);
		const after = await this.ask('look');
		return { share: (after.cpu - before.cpu) / ((after.at - before.at) / 1000), after };
	}

	stop(): void {
		this.#script.process.kill('SIGTERM');
	}
}

const megabytes = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** What many sessions in one session host cost. */
export async function benchMany(config: StoreConfig, server: BenchServer, { base, many, held }: Sizes): Promise<readonly Figure[]> {
	const store = await openStore(config, { keys: KEYS });
	const more = async (from: number, to: number): Promise<void> => {
		await server.register(await linkBeforehand(store, from, to));
		await wantAll(store);
	};
	await more(0, base);
	const host = new Host({ config, keys: KEYS, url: await server.url() });
	try {
		await host.ready();
		await host.until(({ open }) => open === base, `${base} sessions are open`);
		await pause(SETTLE_MS);
		const few = await host.ask('measure');

		await more(base, many);
		await host.until(({ open }) => open === many, `${many} sessions are open`);
		await pause(SETTLE_MS);
		const all = await host.ask('measure');
		const slope = (all.rss - few.rss) / (many - base) / MEGABYTE;
		const { share, after } = await host.idle();

		const dropped = await server.drop();
		await host.until(({ open }) => open < many, 'the links are gone');
		const back = await host.until(({ open }) => open === many, 'all are open again');

		await more(many, held);
		const full = await host.until(({ open }) => open === held, `${held} sessions are open`);
		await pause(SETTLE_MS);
		const heldIdle = await host.idle();
		const heldCost = await host.ask('measure');

		const method = 'session host in a process of its own, SQLite, server in another process, accounts linked beforehand, without history and contacts';
		return [
			{ name: `${many} sessions in one process, RSS per further session`, value: `${slope.toFixed(2)} MB (${megabytes(few.rss)} with ${base}, ${megabytes(all.rss)} with ${many})`, goal: '<= 1.2 MB', met: slope <= 1.2, method: `${method}; after collections of garbage` },
			{ name: `${many} sessions in one process, CPU while nothing happens`, value: percent(share), goal: '<= 2 %', met: share <= 0.02 && after.open === many, method: `${method}; share of one processor over ${IDLE_MS / 1000} s, keep-alives included` },
			{ name: `${many} sessions, all reconnected after every link was dropped`, value: `${seconds(back.at - dropped)} (${(back.cpu - after.cpu).toFixed(1)} s of processor)`, goal: '<= 35 s', met: back.at - dropped <= 35_000, method: `${method}; backoff included, at most 8 handshakes at once` },
			{ name: `${held} sessions held in one session host`, value: `${heldIdle.after.open} open after ${(IDLE_MS + SETTLE_MS) / 1000} s, ${megabytes(heldCost.rss)}, ${percent(heldIdle.share)} of a processor, ${full.cpu.toFixed(0)} s of processor since the start`, goal: `${held} open`, met: heldIdle.after.open === held, method },
		];
	} finally {
		host.stop();
		await store.close();
	}
}
