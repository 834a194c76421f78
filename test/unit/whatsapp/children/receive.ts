import { writeSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../../core/store';
import type { SessionKey } from '../../../../core/whatsapp';
import { TEST_KEYS } from '../../../support/engines';
import { hostClients } from '../../../whatsapp-server/support/host-process';
import { Receiver } from '../inbound/bench';

interface Argument {
	readonly config: StoreConfig;
	readonly key: SessionKey;
	readonly url: string;
}

/** Receives until it is killed, connecting anew whenever it is thrown out; prints its QR codes and when it is open. */
async function main({ config, key, url }: Argument): Promise<void> {
	hostClients();
	const store = await openStore(config, { keys: TEST_KEYS });
	const receiver = await Receiver.open(store, url, { key, owner: 'the only process' });
	for (let times = 0; ; times += 1) {
		receiver.connect();
		receiver.client.socket.ev.on('connection.update', ({ qr, connection }) => {
			if (qr !== undefined) writeSync(1, `qr ${qr}\n`);
			if (connection === 'open') writeSync(1, 'open\n');
		});
		await receiver.client.ending(times, 600_000);
	}
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
