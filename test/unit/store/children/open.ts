import { openStore, StoreError, type StoreConfig } from '../../../../core/store';
import { waitForGo } from '../../../support/children';
import { TEST_KEYS } from '../../../support/engines';

/** Opens the store once told to, and prints the migrations it finds, or the code of the failure. */
async function main(config: StoreConfig): Promise<void> {
	await waitForGo();
	try {
		const store = await openStore(config, { keys: TEST_KEYS });
		const applied = await store.db.selectFrom('schema_migration').select('id').orderBy('id').execute();
		process.stdout.write(`${applied.map((row) => row.id).join(',')}\n`);
		await store.close();
	} catch (error) {
		process.stdout.write(`${error instanceof StoreError ? error.code : String(error)}\n`);
	}
}

void main(JSON.parse(process.argv[2] ?? '') as StoreConfig);
