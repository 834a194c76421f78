import { readFileSync, writeFileSync } from 'node:fs';
import { openStore, type StoreConfig } from '../../../../core/store';
import { createLock } from '../../../../core/store/lock';
import { waitForGo } from '../../../support/children';

/** Adds to a number in a file, again and again, reading and writing it apart: only a lock keeps every addition. */
async function main({ config, keys, file, rounds }: { readonly config: StoreConfig; readonly keys: readonly string[]; readonly file: string; readonly rounds: number }): Promise<void> {
	const store = await openStore(config, { keys });
	const lock = createLock(store, { tenant: 'salon' });
	await waitForGo();
	for (let round = 0; round < rounds; round += 1) {
		await lock.run(['chair', 'staff'], async () => {
			const seen = Number(readFileSync(file, 'utf8'));
			await new Promise((resolve) => setImmediate(resolve));
			writeFileSync(file, String(seen + 1));
			return { kind: 'ok', value: null };
		});
	}
	await store.close();
	process.stdout.write('done\n');
}

void main(JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof main>[0]);
