export * from './auth';
export { type ClientLibrary, loadClientLibrary } from './client-library';
export * from './connection';
export { WhatsappError, type WhatsappFailure } from './errors';
export { type Lease, releaseLease, renewLease, type SessionKey, takeLease } from './lease';
