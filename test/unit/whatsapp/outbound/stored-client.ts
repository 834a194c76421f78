import type { Store } from '../../../../core/store';
import { type ClientLibrary, createOutbound, keepSteps, type Lease, openSessionAuth, type Outbound, type Signals } from '../../../../core/whatsapp';
import { parseSettings } from '../../../../core/whatsapp/session/settings';
import { TestClient } from '../../../whatsapp-server/support/client';
import { StoredAuth } from '../stored-auth';
import { QUICK } from './sessions';

/** A linked session of the store with its sending half, which logs in whenever its link went. */
export async function runSession(store: Store, client: ClientLibrary, lease: Lease, signals: Signals, url: string): Promise<{ readonly outbound: Outbound; readonly client: TestClient }> {
	const auth = await openSessionAuth({ store, client, lease, onFailure: fail });
	if (auth === null) throw new Error('the session is not linked');
	const outbound = createOutbound({ store, client, lease, signals, settings: () => parseSettings(QUICK), clock: Date.now, health: () => undefined, onFailure: fail });
	const linked = new TestClient(url, new StoredAuth(auth), { getMessage: async (key) => await outbound.message(key), makeSignalRepository: keepSteps(client.DEFAULT_CONNECTION_CONFIG.makeSignalRepository, auth.state.keys) });
	const connect = (): void => {
		const { socket } = linked.start();
		socket.ev.on('connection.update', ({ connection }) => {
			if (connection === 'open') outbound.opened(socket);
			if (connection !== 'close') return;
			outbound.closed();
			setTimeout(connect, 20);
		});
	};
	connect();
	return { outbound, client: linked };
}

function fail(error: Error): never {
	throw error;
}
