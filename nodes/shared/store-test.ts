import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { openStore, StoreError } from '../../core/store';
import { isQueueMode } from './host';
import { configOf, keysOf } from './store';

/** Opens the store a credential names and closes it again; the message says which part is wrong and what to do. */
export async function testStore(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const data = credential.data ?? {};
		const config = await configOf(data);
		if (config.engine === 'sqlite' && isQueueMode()) {
			return { status: 'Error', message: 'The embedded database cannot be shared by the workers of queue mode. Choose Postgres.' };
		}
		const store = await openStore(config, { keys: await keysOf(data, config) });
		await store.close();
		return { status: 'OK', message: 'The store can be read and written' };
	} catch (error) {
		return { status: 'Error', message: error instanceof StoreError ? error.message : 'The store could not be opened' };
	}
}
