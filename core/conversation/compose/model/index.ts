export { createModelComposer, type WordingMode } from './model-composer';
