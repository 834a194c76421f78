/**
 * The product without n8n: book, parse a date, open the store or run the assistant from a script. Documented in
 * docs/api.md.
 */
export * from './booking';
export { parseWhen, type Expectation, type ParsedWhen } from './language/parse-when';
export type { DayPart, WhenOptions, WhenQuestion } from './language/when';
export { parsePhone } from './language/phone';
export { classifyAnswer } from './language/answer';
export * as calendar from './calendar';
export * from './store';
export { createBuiltinCrm } from './crm/builtin';
export { seedDemoSalon } from './crm/builtin';
export * from './conversation';
