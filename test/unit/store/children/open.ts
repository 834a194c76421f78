import { openStore, StoreError, type StoreConfig } from '../../../../core/store';
import { waitForGo } from '../../../support/children';
import { TEST_KEYS } from '../../../support/engines';

interface Argument {
	readonly config: StoreConfig;
	/** Gives the rights of root up for those of this user; after loading, since the user may not read this repository. */
	readonly uid?: number;
}

/** Opens the store once told to, and prints the migrations it finds, or the code of the failure. */
async function main({ config, uid }: Argument): Promise<void> {
	await waitForGo();
	if (uid !== undefined) process.setuid?.(uid);
	try {
		const store = await openStore(config, { keys: TEST_KEYS });
		const applied = await store.db.selectFrom('schema_migration').select('id').orderBy('id').execute();
		process.stdout.write(`${applied.map((row) => row.id).join(',')}\n`);
		await store.close();
	} catch (error) {
		process.stdout.write(`${error instanceof StoreError ? error.code : String(error)}\n`);
	}
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
