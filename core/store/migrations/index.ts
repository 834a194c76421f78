import { conversation } from './0001-conversation';
import { builtinCrm } from './0002-builtin-crm';
import { assistant } from './0003-assistant';
import { limiter } from './0004-limiter';
import { lock } from './0005-lock';
import { delivery } from './0006-delivery';
import { collect } from './0007-collect';
import { sync } from './0008-sync';
import { whatsapp } from './0009-whatsapp';
import { whatsappMessages } from './0010-whatsapp-messages';
import { months } from './0011-months';
import { syncQueries } from './0012-sync-queries';
import { clientProfile } from './0013-client-profile';
import { syncReaders } from './0014-sync-readers';
import { outreach } from './0015-outreach';
import { outreachSilence } from './0016-outreach-silence';
import { syncSlices } from './0017-sync-slices';
import type { Migration } from './migration';

/** Every step of the schema, oldest first. Steps are only ever added at the end. */
export const MIGRATIONS: readonly Migration[] = [conversation, builtinCrm, assistant, limiter, lock, delivery, collect, sync, whatsapp, whatsappMessages, months, syncQueries, clientProfile, syncReaders, outreach, outreachSilence, syncSlices];
