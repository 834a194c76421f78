import { conversation } from './0001-conversation';
import { builtinCrm } from './0002-builtin-crm';
import { assistant } from './0003-assistant';
import { limiter } from './0004-limiter';
import { lock } from './0005-lock';
import { delivery } from './0006-delivery';
import { collect } from './0007-collect';
import { sync } from './0008-sync';
import { whatsapp } from './0009-whatsapp';
import type { Migration } from './migration';

/** Every step of the schema, oldest first. Steps are only ever added at the end. */
export const MIGRATIONS: readonly Migration[] = [conversation, builtinCrm, assistant, limiter, lock, delivery, collect, sync, whatsapp];
