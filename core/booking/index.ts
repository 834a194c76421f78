export * from './capabilities';
export * from './outcome';
export * from './port';
export * from './types';
