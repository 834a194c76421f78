import { writeSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../../../core/store';
import { TEMPO, TEST_URL_VARIABLE, type Tempo } from '../../../../../core/whatsapp/session';
import { ServiceCore } from '../../../../../core/whatsapp/session/core';
import { TEST_KEYS } from '../../../../support/engines';
import { hostClients } from '../../../../whatsapp-server/support/host-process';

interface Argument {
	readonly config: StoreConfig;
	readonly url: string;
	readonly tempo: Partial<Tempo>;
}

const LOOK_MS = 10;

/** Runs every session of the store that is free, until it is told to end; prints the states of the first one, and `gone` when it has none any more. */
async function main({ config, url, tempo }: Argument): Promise<void> {
	hostClients();
	process.env[TEST_URL_VARIABLE] = url;
	const store = await openStore(config, { keys: TEST_KEYS });
	const core = new ServiceCore(store, { role: 'all', environment: { tempo: { ...TEMPO, ...tempo } } }, Promise.resolve());
	process.once('SIGTERM', () => void core.shutdown().then(() => process.exit(0)));
	let said = '';
	setInterval(() => {
		const [owner] = core.manager.owners;
		const now = owner === undefined ? 'gone' : owner.socket === null ? owner.state : 'open';
		if (now === said || (said === '' && now === 'gone')) return;
		said = now;
		writeSync(1, `${now}\n`);
	}, LOOK_MS);
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
