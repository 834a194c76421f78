export { capabilitiesOf, createOnecCrm, type OnecCrm, type OnecParts } from './adapter';
export { type BaseMapping, parseMapping } from './base-mapping';
export { checkMapping, discover, type Discovery, type Missing } from './discover';
export { createFacts, type Facts } from './facts';
export { interfaceUrl, isPlainHttp } from './odata';
export { type PresetName, PRESET_NAMES, PRESETS } from './presets';
export { createOnecTransport, RATE_WINDOWS, RULES, signingHeaders } from './transport';
export * as office from './office';
export { wallOf } from './wall-time';
