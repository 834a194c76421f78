export { createCollector, type Collected, type Collector, type CollectorOptions, type CollectRules, type ClosedTurn, type Closing } from './collector';
