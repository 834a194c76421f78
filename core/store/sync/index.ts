export { type Change, type ChangeFeed, createChangeFeed } from './changes';
export { type Applied, type Copy, createCopy, ENTITY_OF, LeaseLost, type PageToApply, type StreamState } from './copy';
export { type ChangeKind, cleaned, isTimely, type Kept, mergeTold, type Told, type Value } from './merge';
export { type EntityRules, type FieldRule, MERGE_RULES, type MergeClass, takenFields } from './rules';
export { createRunBook, type RunBook, type RunRow } from './runs';
export { toldOf } from './told';
export { type RowChange, upsertTold } from './upsert';
