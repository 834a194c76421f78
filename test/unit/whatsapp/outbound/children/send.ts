import { writeSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../../../core/store';
import { loadClientLibrary, type SessionKey, takeLease } from '../../../../../core/whatsapp';
import { createSignals } from '../../../../../core/whatsapp/session/signals';
import { TEST_KEYS } from '../../../../support/engines';
import { hostClients } from '../../../../whatsapp-server/support/host-process';
import { runSession } from '../stored-client';

interface Argument {
	readonly config: StoreConfig;
	readonly key: SessionKey;
	readonly url: string;
}

/** Runs the session until it is killed; prints a line when it has logged in. */
async function main({ config, key, url }: Argument): Promise<void> {
	hostClients();
	const store = await openStore(config, { keys: TEST_KEYS });
	const lease = await takeLease(store, key, 'child');
	if (lease === null) throw new Error('the session is held');
	const { client } = await runSession(store, await loadClientLibrary(), lease, createSignals({ notices: null }), url);
	await client.open();
	writeSync(1, 'open\n');
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
