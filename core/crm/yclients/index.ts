export { capabilitiesOf, createYclientsCrm, type YclientsCrm, type YclientsParts } from './adapter';
export type { YclientsSettings } from './context';
export { createFacts, type Facts } from './facts';
export { createYclientsReader } from './rows';
export { ALTEGIO, type Brand, YCLIENTS } from './brands';
export { createYclientsTransport, RATE_WINDOWS, rulesOf, signingHeaders, type Keys } from './transport';
export * as office from './office';
