export { createModelComposer, WORDING_MODES, type WordingMode } from './model-composer';
