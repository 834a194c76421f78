export { branches, type BranchChoice } from './branches';
export { categories, schedules, type ScheduleDay } from './catalogue';
export { hookSignalOf, type HookSignal } from './delivery';
export { goodsTransactionOf, goodsTransactions, type GoodsQuery, type GoodsTransaction } from './goods';
export { addHook, HOOK_RESOURCES, hooks, type HookResource, type Hooks, removeHook } from './hooks';
export type { Office, Row } from './office';
export { record, RECORD_KINDS, type RecordKind } from './records';
export { bookingForm, type BookingForm, privacyPolicy } from './public';
export { type Attendance, ATTENDANCES, markVisit, visit, visitDetails } from './visits';
