export { bestCard, folded } from './cards';
export { pageCursor, pageIn } from './page-cursor';
export { isRecord } from './record';
export { readersIn, row, skipped } from './rows';
export { sortedSlots } from './slots';
