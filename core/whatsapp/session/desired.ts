import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import type { Environment } from './environment';
import { noteWanted } from './records';
import { nameOfSession, type WantedSessions } from './wanted';

type Parts = Pick<Environment, 'store' | 'signals' | 'clock'>;

/** What is noted for processes that run sessions for others. Rejects with a StoreError, as all of these. */
export async function sessionsDesired({ db }: Store, desired: 'run' | 'stop'): Promise<readonly SessionKey[]> {
	return await db.selectFrom('wa_session').select(['tenant', 'session']).where('desired', '=', desired).execute();
}

/** Forgets what nobody of this process wanted for long enough, and notes its end where it was listened to: who only sends ends nothing. */
export async function noteEnded(parts: Parts, wanted: WantedSessions): Promise<void> {
	for (const { key, wasHeard } of wanted.expire(parts.clock())) if (wasHeard) await note(parts, key, 'stop');
}

/** What is listened to here stays noted, also when another process that gave it up noted its end meanwhile. */
export async function keepNoted(parts: Parts, wanted: WantedSessions): Promise<void> {
	const heard = new Set(wanted.all().filter(({ subscribers }) => subscribers.size > 0).map(({ key }) => nameOfSession(key)));
	if (heard.size === 0) return;
	for (const key of await sessionsDesired(parts.store, 'stop')) if (heard.has(nameOfSession(key))) await note(parts, key, 'run');
}

async function note({ store, signals, clock }: Parts, key: SessionKey, desired: 'run' | 'stop'): Promise<void> {
	await noteWanted(store, key, desired, null, clock());
	signals.send('state', key, 'desired');
}
