import type { ClientLibrary } from '../client-library';
import type { Store } from '../../store';
import type { Clock, HalfParts, Inbound, Outbound, Signals } from '../ports';
import type { HandshakeGate } from './gate';
import type { Log } from './log';
import type { Tempo, Timers } from './tempo';
import type { ClientVersions } from './versions';

/** Everything the sessions of one process and store share. */
export interface Environment {
	readonly store: Store;
	readonly signals: Signals;
	readonly clock: Clock;
	readonly timers: Timers;
	/** Numbers in [0, 1). */
	readonly random: () => number;
	readonly tempo: Tempo;
	readonly log: Log;
	readonly gate: HandshakeGate;
	readonly versions: ClientVersions;
	readonly loadClient: () => Promise<ClientLibrary>;
	readonly createInbound: (parts: HalfParts) => Inbound;
	readonly createOutbound: (parts: HalfParts) => Outbound;
}
