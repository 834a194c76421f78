export { createCollector, type Collector, type CollectorOptions, type ClosedTurn, type Closing } from './collector';
export { collectAloneIn, type Collected, type CollectedMessage, collectIn, type CollectRules, mergeChatsIn } from './turns';
