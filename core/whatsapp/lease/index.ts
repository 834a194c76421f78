export { holdLease, type Lease, LEASE_MS, releaseLease, renewLease, type SessionKey, takeLease } from './lease';
