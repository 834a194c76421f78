export { type Bitrix24Parts, capabilitiesOf, createBitrix24Crm } from './adapter';
export { createFacts, type Facts } from './facts';
export { type Bitrix24ReaderOptions, createBitrix24Reader } from './rows';
export { createTokenSource, type PortalTokens, signedPort, type TokenKeeper, type TokenParts, type TokenSource } from './sign-in';
export type { Bitrix24Settings } from './settings';
export { createBitrix24Transport, ENTERPRISE_RATE_WINDOWS, type PortalParts, RATE_WINDOWS, restAddress, RULES } from './transport';
export * as office from './office';
