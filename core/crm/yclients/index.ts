export { capabilitiesOf, createYclientsCrm, type YclientsParts } from './adapter';
export type { YclientsSettings } from './context';
export { createYclientsTransport, RATE_WINDOWS, rulesOf, signingHeaders, YCLIENTS, type Brand, type Keys } from './transport';
