export { keepSteps } from './kept-steps';
export { linkingOf, type Linking } from './creds';
export { resealSession } from './reseal';
export { beginLinking, dropAside, openSessionAuth, putAside, type SessionAuth, type SessionAuthParts } from './session-auth';
