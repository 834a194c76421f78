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
export { createLimiter, createMemoryLimiter } from './store/limiter';
export { createLock } from './store/lock';
export { createBuiltinCrm } from './crm/builtin';
export { createBuiltinReader, seedDemoSalon } from './crm/builtin';
export * as http from './crm/http';
export * as computed from './crm/computed';
export * as amocrm from './crm/amocrm';
export * as bitrix24 from './crm/bitrix24';
export * as dikidi from './crm/dikidi';
export * as easyweek from './crm/easyweek';
export * as onec from './crm/onec';
export * as yclients from './crm/yclients';
export * from './conversation';
export * from './sync';
export * as outreach from './outreach';
export * as profile from './profile';
export * as report from './report';
export * as whatsapp from './whatsapp';
