export { createSync, type Sync } from './engine';
export type { Progress, StreamReport, StreamStatus, SyncKind, SyncOrder, SyncParts, SyncReport } from './order';
export { type Change, type ChangeFeed, createChangeFeed } from '../store/sync';
