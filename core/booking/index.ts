export * from './capabilities';
export * from './lead-desk';
export * from './outcome';
export * from './port';
export * from './types';
export * from './synced';
