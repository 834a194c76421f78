import { openStore, type StoreConfig } from '../../../../core/store';
import { waitForGo } from '../../../support/children';
import { TEST_KEYS } from '../../../support/engines';

interface Argument {
	readonly config: StoreConfig;
	readonly tenant: string;
	readonly times: number;
}

/** Adds one to a number many times: read, then write what was read plus one. */
async function main({ config, tenant, times }: Argument): Promise<void> {
	const store = await openStore(config, { keys: TEST_KEYS });
	await waitForGo();
	for (let time = 0; time < times; time++) {
		await store.write(async (trx) => {
			const { turns } = await trx
				.selectFrom('conversation')
				.select('turns')
				.where('tenant', '=', tenant)
				.$if(store.dialect === 'postgres', (query) => query.forUpdate())
				.executeTakeFirstOrThrow();
			await trx.updateTable('conversation').set({ turns: turns + 1 }).where('tenant', '=', tenant).execute();
		});
	}
	await store.close();
	process.stdout.write('done\n');
}

void main(JSON.parse(process.argv[2] ?? '') as Argument);
