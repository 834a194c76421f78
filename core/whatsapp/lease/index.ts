export { heldSessions, holdLease, type Lease, leaseHolder, releaseLease, renewLease, renewLeases, type SessionKey, takeLease } from './lease';
