import { writeSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../../core/store';
import type { SessionKey } from '../../../../core/whatsapp';
import { TEST_KEYS } from '../../../support/engines';
import { linkSession, reopenSession } from '../bench';

interface Argument {
	readonly config: StoreConfig;
	readonly key: SessionKey;
	/** The first process links the session, the others go on with it. */
	readonly first: boolean;
	/** Last number an earlier process wrote. */
	readonly after: number;
}

/** Writes keys and the account, each with a number that grows, until it is killed; prints a number when both are saved. */
async function main({ config, key, first, after }: Argument): Promise<void> {
	const store = await openStore(config, { keys: TEST_KEYS });
	const { auth } = first ? await linkSession(store, key) : await reopenSession(store, key);
	writeSync(1, `${auth.state.creds.registrationId}\n`);
	for (let number = after + 1; ; number += 1) {
		const value = Buffer.from(String(number).padEnd(3000, ' '));
		const session = Object.fromEntries(Array.from({ length: 20 }, (_, place) => [`peer${place}.0`, value]));
		await auth.state.keys.set({ session, 'lid-mapping': { number: String(number) } });
		auth.state.creds.nextPreKeyId = number;
		await auth.saveCreds();
		writeSync(1, `${number}\n`);
	}
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
