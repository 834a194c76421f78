export { heldSessions, holdLease, type Lease, LEASE_MS, leaseHolder, releaseLease, renewLease, renewLeases, type SessionKey, takeLease } from './lease';
