import type { Transport } from '../http';
import { unsupported } from './handoff';

/** Stands where a route has no API: whatever is sent is refused, and nothing leaves. */
export function closedTransport(): Transport {
	const refuse = async () => unsupported('DIKIDI has no API: raw requests go to a gateway of the owner’s own. Set Route to Gateway.');
	const closed: Transport = { read: refuse, write: refuse, inLane: () => closed };
	return closed;
}
