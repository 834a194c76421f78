export { capabilitiesOf, createAmocrmCrm, type AmocrmCrm, type AmocrmParts } from './adapter';
export { AMOCRM, apiUrlOf, hostOf, KOMMO, type Brand } from './brands';
export { createFacts, type Facts } from './facts';
export { type AmocrmReaderOptions, createAmocrmReader } from './rows';
export { LOST, WON, type AmocrmSettings } from './settings';
export { createTokenSource, type TokenKeeper, type TokenPair, type TokenParts, type TokenSource } from './tokens';
export { createAmocrmTransport, RATE_WINDOWS, rulesOf, type AmocrmTransportParts } from './transport';
export * as office from './office';
