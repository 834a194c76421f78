export { createToolDesk, type DeskParts, type SlotRequest, type ToolDesk } from './desk';
export type { ToolResult } from './result';
export type { CancelRequest, CreateRequest, RescheduleRequest } from './writing';
