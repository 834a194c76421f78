export { capabilitiesOf, createEasyweekCrm, type EasyweekCrm, type EasyweekParts } from './adapter';
export type { EasyweekSettings } from './context';
export { createFacts, type Facts } from './facts';
export type { Replacement } from './replace';
export { BASE_URL, createEasyweekTransport, RATE_WINDOWS, RULES, signingHeaders, VENDOR, type Keys } from './transport';
export { createEasyweekReader, type EasyweekReaderOptions } from './rows';
export * as workspace from './workspace';
