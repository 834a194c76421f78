export * from './capabilities';
export * from './lead-desk';
export { majorOf, minorOf, NO_CURRENCY, sumOf } from './money';
export * from './outcome';
export * from './port';
export * from './types';
export * from './synced';
