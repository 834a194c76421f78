import type { SessionStatus } from '../../../core/whatsapp/session';

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Where a session stands, as nodes put it out. */
export interface SessionItem {
	readonly salonId: string;
	readonly session: string;
	readonly state: string;
	readonly since: string | null;
	readonly reason: string | null;
	/** What it means and what to do. */
	readonly sentence: string;
	readonly phone: string | null;
	readonly lastFrameAt: string | null;
	readonly waitingIn: number;
	readonly waitingOut: number;
	readonly queueAgeSeconds: number;
	/** Whether any process runs it. */
	readonly isRunning: boolean;
}

export function sessionItem(status: SessionStatus): SessionItem {
	return {
		salonId: status.tenant,
		session: status.session,
		state: status.state,
		since: instant(status.since === 0 ? null : status.since),
		reason: status.reason,
		sentence: status.sentence,
		phone: status.phone,
		lastFrameAt: instant(status.lastFrameAt),
		waitingIn: status.backlogIn,
		waitingOut: status.backlogOut,
		queueAgeSeconds: Math.round(status.queueAgeMs / 1000),
		isRunning: status.owner !== null,
	};
}
