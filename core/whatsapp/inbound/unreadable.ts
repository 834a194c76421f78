import type { SessionKey } from '../lease';
import type { Signals } from '../ports';

const UNREADABLE = 'unreadable';

/** Tells the process that runs the session that a turn cannot be opened, from whichever process found it. */
export const tellUnreadable = (signals: Signals, key: SessionKey): void => signals.send('turns', key, UNREADABLE);

/** Returns what ends it. */
export const onUnreadableTurn = (signals: Signals, key: SessionKey, told: () => void): (() => void) =>
	signals.on('turns', key, (detail) => {
		if (detail === UNREADABLE) told();
	});
