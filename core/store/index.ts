export * from './assistant';
export * from './conversation-store';
export { createConversationStore } from './conversations';
export { StoreError, type StoreFailure } from './errors';
export { openStore, sharedStore, type StoreConfig, type StoreOptions } from './open';
export type { Database } from './schema';
export type { Dialect, Notices, Store, Vault, WriteOptions } from './store';
