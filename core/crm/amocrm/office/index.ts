export { createCard, listCards, readCard, updateCard, type CardFields, type CardQuery } from './cards';
export { createComplexLead, type ComplexFields, type ComplexLead } from './complex';
export { HOOK_SETTINGS, hookSignals, type HookEvent, type HookSignal } from './delivery';
export { addHook, hooks, removeHook, type Webhook } from './hooks';
export { CARD_PATHS, type CardKind } from './kinds';
export type { Office, Row } from './office';
export { addElement, catalogs, elements, lossReasons, pipelines, startBot, users } from './setup';
export { customFields, fieldValues, type FieldInput } from './values';
export { addNote, completeTask, createTask, notes, readTask, tasks, type NewTask, type Subject, type TaskQuery } from './work';
