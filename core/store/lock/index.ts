export { createLock, type LockOptions, type WorkLease, type WorkLock } from './lock';
