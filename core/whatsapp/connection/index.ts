export { Backoff } from './backoff';
export { type Ending, endingOf } from './ending';
export { type Reaction, reactionTo, type RestingState } from './reaction';
export { hearFailures } from './unheard';
export { type Watchdog, type WatchdogLimits, watchSocket } from './watchdog';
