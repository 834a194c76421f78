export * from './assistant';
export { createAssistant } from './engine';
export { createCatalogueCache } from './catalogue-loader';
export type { Catalogue } from './catalogue';
export * from './message';
