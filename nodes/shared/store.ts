import { join } from 'node:path';
import { NodeOperationError, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';
import { createConversationStore, sharedStore, type ConversationStore, type Store, type StoreConfig } from '../../core/store';
import { host, isQueueMode, keyFile } from './host';
import { processState } from './process-state';

export const STORE_CREDENTIAL = 'aiAdminStoreApi';
const DEFAULT_FILE = 'ai-admin.sqlite';

/** What every kind of node function offers that the store needs. */
export interface StoreHost {
	getNode(): INode;
	getCredentials<T extends object = ICredentialDataDecryptedObject>(type: string, itemIndex?: number): Promise<T>;
}

/** The store of this process, with what is kept beside it. */
export interface OpenedStore {
	readonly store: Store;
	readonly conversations: ConversationStore;
}

/** A credential of the store, as its form gives it: any field may be empty. */
export type StoreCredential = Partial<Record<'engine' | 'file' | 'connectionString' | 'schema' | 'encryptionKey' | 'earlierKeys', unknown>>;

/**
 * Opens the store the node's credential names, or the file in n8n's folder when it has none. One store a process and
 * configuration. Throws a node error when the place does not fit the way n8n runs, and StoreError when it cannot be opened.
 */
export async function openNodeStore(context: StoreHost, itemIndex?: number): Promise<OpenedStore> {
	const node = context.getNode();
	const chosen = node.credentials?.[STORE_CREDENTIAL] !== undefined;
	const credential: StoreCredential = chosen ? await context.getCredentials<StoreCredential>(STORE_CREDENTIAL, itemIndex) : {};
	const config = await configOf(credential);
	if (config.engine === 'sqlite' && isQueueMode()) {
		throw new NodeOperationError(node, 'The embedded database cannot be shared by the workers of queue mode', {
			itemIndex,
			description: 'Create a "Booking Assistant Store API" credential with a Postgres connection and choose it in this node.',
			failure: { cause: 'configuration-invalid' },
		});
	}
	const keys = await keysOf(credential, config);
	if (keys.length === 0) {
		throw new NodeOperationError(node, 'There is no key to encrypt the store with', {
			itemIndex,
			description: 'Fill in Encryption Key in the store credential.',
			failure: { cause: 'configuration-invalid' },
		});
	}
	return openedOf(await sharedStore(config, { keys }));
}

/** The store a credential describes. */
export async function configOf(credential: StoreCredential): Promise<StoreConfig> {
	if (credential.engine === 'postgres') {
		const schema = text(credential.schema);
		return { engine: 'postgres', connectionString: text(credential.connectionString), ...(schema === '' ? {} : { schema }) };
	}
	const path = text(credential.file);
	return { engine: 'sqlite', path: path === '' ? join((await host()).folder, DEFAULT_FILE) : path };
}

/** Keys of the store: the credential's own, else the instance's, else the one beside the file. The first seals. */
export async function keysOf(credential: StoreCredential, config: StoreConfig): Promise<readonly string[]> {
	const own = [text(credential.encryptionKey), ...text(credential.earlierKeys).split('\n').map((line) => line.trim())].filter((key) => key !== '');
	const { instanceKey } = await host();
	// The instance's key stays in the list, so that a key set later still opens what was sealed before.
	if (instanceKey !== null) return [...own, instanceKey];
	if (own.length > 0) return own;
	return config.engine === 'sqlite' ? [await keyFile(config.path)] : [];
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

const opened = (): WeakMap<Store, OpenedStore> => processState('opened-stores', 1, () => new WeakMap<Store, OpenedStore>());

function openedOf(store: Store): OpenedStore {
	const known = opened().get(store);
	if (known !== undefined) return known;
	const fresh = { store, conversations: createConversationStore(store) };
	opened().set(store, fresh);
	return fresh;
}
