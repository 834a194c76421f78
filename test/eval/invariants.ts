import type { DialogueRecord, Violation } from './record';
export function violationsOf(_record: DialogueRecord): readonly Violation[] { return []; }
