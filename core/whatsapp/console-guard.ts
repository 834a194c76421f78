import hostConsole from 'node:console';

/** What libsignal prints: whole sessions with their private keys, and errors with addresses of people. */
const KEPT_BACK = /^(?:Closing (?:open )?session|Opening session|Removing old closed|Failed to decrypt|Session error|Session already|Migrating session|Decrypted message with closed)/;
const LEVELS = ['debug', 'info', 'log', 'warn', 'error', 'trace'] as const;
const GUARD = Symbol.for('n8n-nodes-ai-admin:whatsapp-console@1');

/** How many lines were kept back since the process began. */
interface Guard {
	kept: number;
}

/**
 * Keeps what libsignal prints off every console of this process, for good; once a process, also after a reload of the package. It has to
 * stand before the client is loaded. Everything else is printed as before.
 */
export function guardConsole(): Readonly<Guard> {
	const holder = globalThis as typeof globalThis & { [GUARD]?: Guard };
	if (holder[GUARD] !== undefined) return holder[GUARD];
	const guard: Guard = { kept: 0 };
	holder[GUARD] = guard;
	// a host may have given this context a console of its own; the client prints on the process's
	for (const target of new Set([hostConsole, globalThis.console])) guardOne(target, guard);
	return guard;
}

function guardOne(target: Console, guard: Guard): void {
	for (const level of LEVELS) {
		const print = target[level].bind(target);
		target[level] = (...parts: unknown[]) => {
			const [first] = parts;
			if (typeof first === 'string' && KEPT_BACK.test(first)) guard.kept += 1;
			else print(...parts);
		};
	}
}
