import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** A real Node process that runs a TypeScript file of the tests. */
export interface Script {
	readonly process: ChildProcess;
	/** The next line it prints; rejects with its errors when it ends without one. */
	nextLine(): Promise<string>;
	/** Every line it printed that `nextLine` did not take, once it has ended. */
	remainingLines(): Promise<readonly string[]>;
	/** Lets a script that waits in `waitForGo` run on. */
	go(): void;
}

/** Starts `file` with `argument` as JSON in `process.argv[2]`. */
export function startScript(file: string, argument: unknown): Script {
	const child = spawn(process.execPath, ['-r', join(__dirname, 'register.js'), file, JSON.stringify(argument)], {
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const lines: Interface = createInterface({ input: child.stdout });
	const unread: string[] = [];
	const readers: Array<() => void> = [];
	let errors = '';
	let ended = false;
	const wake = () => readers.splice(0).forEach((reader) => reader());
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	lines.on('line', (line) => {
		unread.push(line);
		wake();
	});
	// `close` comes after the last line was read from the pipe.
	child.on('close', () => {
		ended = true;
		wake();
	});
	const change = () => new Promise<void>((resolve) => readers.push(resolve));

	return {
		process: child,
		async nextLine() {
			while (unread.length === 0 && !ended) await change();
			const line = unread.shift();
			if (line === undefined) throw new Error(`${file} ended: ${errors}`);
			return line;
		},
		async remainingLines() {
			while (!ended) await change();
			return unread.splice(0);
		},
		go: () => void child.stdin.write('go\n'),
	};
}

/** In a script: says `ready` and waits until the parent calls `go()`, so that several scripts start together. */
export async function waitForGo(): Promise<void> {
	process.stdout.write('ready\n');
	await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
	process.stdin.destroy();
}
