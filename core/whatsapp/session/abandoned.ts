import { removeOld } from '../inbound/retention';
import { releaseLease, takeLease } from '../lease';
import { sessionsDesired } from './desired';
import type { Environment } from './environment';

/** Removes what is past its time of sessions that nobody runs any more: nothing is kept longer for that. `owner` names this work, no session's owner; what is left when `isOver` waits for the next time. Rejects with a StoreError. */
export async function tidyAbandoned({ store, clock, tempo }: Pick<Environment, 'store' | 'clock' | 'tempo'>, owner: string, isOver: () => boolean = () => false): Promise<void> {
	for (const key of await sessionsDesired(store, 'stop')) {
		if (isOver()) return;
		const lease = await takeLease(store, key, owner, tempo.lease);
		if (lease === null) continue;
		try {
			for (let gone = 1; gone > 0 && !isOver(); ) gone = await removeOld(store, lease, clock());
		} finally {
			await releaseLease(store, lease);
		}
	}
}
