import { join } from 'node:path';
import { type Script, startScript } from '../../support/children';

/** An account that was linked beforehand, as the server knows it; bytes as base64. */
export interface Account {
	readonly number: string;
	readonly noiseKey: string;
	readonly identity: string;
	readonly registrationId: number;
	readonly signedPreKey: { readonly id: number; readonly value: string; readonly signature: string };
}

/** What the benchmarks ask of the server. Instants are milliseconds since the epoch with their fraction, taken before anything was done. */
export interface ServerCalls {
	url(): Promise<string>;
	/** The phone scans the code; when it did. */
	scan(number: string, qr: string): Promise<number>;
	/** Resolves when the account's device is ready and has everything. */
	settled(number: string): Promise<void>;
	/** When it was written; encryption for the device comes after it. */
	write(from: string, to: string, text: string): Promise<number>;
	lid(number: string): Promise<string>;
	shown(number: string, text: string): Promise<void>;
	register(accounts: readonly Account[]): Promise<void>;
	/** The link of the account goes dead; when it did. */
	halfOpen(number: string): Promise<number>;
	/** Every connection is gone without a goodbye; when. */
	drop(): Promise<number>;
	/** What the server could not handle. */
	errors(): Promise<number>;
}

interface Waiting {
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: Error) => void;
}

export interface BenchServer extends ServerCalls {
	stop(): void;
}

/** Starts the server in a process of its own, so that its cost is not counted. */
export function startBenchServer(): BenchServer {
	const script: Script = startScript(join(__dirname, 'server-process.ts'), null);
	const waiting = new Map<number, Waiting>();
	let asked = 0;
	const read = async (): Promise<void> => {
		for (;;) {
			const { id, result, error } = JSON.parse(await script.nextLine()) as { id: number; result: unknown; error?: string };
			const one = waiting.get(id);
			waiting.delete(id);
			if (error === undefined) one?.resolve(result);
			else one?.reject(new Error(error));
		}
	};
	read().catch((error: unknown) => waiting.forEach(({ reject }) => reject(error instanceof Error ? error : new Error(String(error)))));
	const call = async (name: string, args: readonly unknown[]): Promise<unknown> =>
		await new Promise((resolve, reject) => {
			const id = (asked += 1);
			waiting.set(id, { resolve, reject });
			script.process.stdin?.write(`${JSON.stringify({ id, call: name, args })}\n`);
		});
	return new Proxy({} as BenchServer, {
		get: (_target, name: string) => (name === 'stop' ? () => void script.process.kill('SIGTERM') : async (...args: unknown[]) => await call(name, args)),
	});
}
