export type { WhatsappServiceOptions } from './core';
export type { Log, LogLevel } from './log';
export type { Role } from './manager';
export { explain, type Language, sentenceOf } from './sentences';
export * from './service';
export { parseSettings, SESSION_SETTINGS, type SessionSettings, type SessionSettingsInput, TEST_URL_VARIABLE } from './settings';
export { storeSignals } from './signals';
export { TEMPO, type Tempo, type Timers } from './tempo';
export { endWhatsappSessions, whatsappService } from './whatsapp-service';
