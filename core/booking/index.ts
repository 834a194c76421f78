export * from './capabilities';
export * from './lead-desk';
export { majorOf, minorOf, sumOf } from './money';
export * from './outcome';
export * from './port';
export * from './types';
export * from './synced';
