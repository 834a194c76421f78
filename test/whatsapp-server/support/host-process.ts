import console from 'node:console';
import { runInThisContext } from 'node:vm';

const NOISE = /^(?:Closing (?:open )?session|Opening session|Removing old closed|Failed to decrypt|Session error|Session already|Migrating session|Decrypted message with closed)/;
const LEVELS = ['info', 'warn', 'error', 'log'] as const;
/** The client leaves timers of half a minute and more behind. */
const LONG = 30_000;

/** The Signal library prints sessions with their private keys: nothing of that reaches the output of tests. */
function quietSignalLibrary(): () => void {
	const undo = LEVELS.map((level) => {
		const print = console[level];
		console[level] = (...parts: unknown[]) => {
			if (!NOISE.test(String(parts[0]))) print.apply(console, parts);
		};
		return () => void (console[level] = print);
	});
	return () => undo.forEach((restore) => restore());
}

/** The client runs outside jest's context, with the process's own timers; its long ones no longer keep a finished process alive. */
function looseLongTimers(): () => void {
	const host = runInThisContext('globalThis') as typeof globalThis;
	const original = host.setTimeout;
	const loose = (work: (...args: unknown[]) => void, milliseconds?: number, ...args: unknown[]): NodeJS.Timeout => {
		const timer = original(work, milliseconds, ...args);
		return (milliseconds ?? 0) >= LONG ? timer.unref() : timer;
	};
	host.setTimeout = Object.assign(loose, original) as typeof original;
	return () => void (host.setTimeout = original);
}

/** Prepares the process that runs the client in tests; returns what undoes it. */
export function hostClients(): () => void {
	const undo = [quietSignalLibrary(), looseLongTimers()];
	return () => undo.forEach((restore) => restore());
}
