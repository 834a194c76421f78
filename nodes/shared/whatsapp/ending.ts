import { endWhatsappSessions } from '../../../core/whatsapp/session';
import { processState } from '../process-state';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

interface Ending {
	/** Set once n8n was told to end. */
	under: Promise<void> | null;
}

const ending = (): Ending =>
	processState('whatsapp-ending', 1, () => {
		const state: Ending = { under: null };
		// before n8n's own listener, whose first steps close the triggers
		for (const signal of SIGNALS) process.prependOnceListener(signal, () => (state.under ??= endWhatsappSessions()));
		return state;
	});

/** Has all sessions ended in order when n8n is told to end: connections closed, and given back at once. n8n goes on for a while, and connects none any more. */
export function endWithProcess(): void {
	ending();
}

/** Resolves when the sessions have ended, at once while n8n runs on. */
export async function sessionsEnded(): Promise<void> {
	await ending().under;
}
