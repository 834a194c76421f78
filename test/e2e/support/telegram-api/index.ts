export { Person, type PersonOptions } from './person';
export { startTelegramApi, type TelegramApi } from './server';
export type { Sent } from './world';
