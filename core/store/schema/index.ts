import type { AssistantTables } from './assistant';
import type { BuiltinCrmTables } from './builtin-crm';
import type { CollectTables } from './collect';
import type { ConversationTables } from './conversation';
import type { DeliveryTables } from './delivery';
import type { LimiterTables } from './limiter';
import type { LockTables } from './lock';
import type { OutreachTables } from './outreach';
import type { SyncTables } from './sync';
import type { WhatsappTables } from './whatsapp';

/** Applied migrations. */
export interface SchemaMigrationTable {
	id: string;
	checksum: string;
	applied_at: string;
}

/** Keys that have sealed something in this database: a start without any of them is refused. */
export interface StoreKeyTable {
	key_id: string;
	first_used_at: string;
}

/** Every table, one name space; each key starts with the tenant, except for these two tables of the store itself, the limiter's and the webhooks'. */
export interface Database extends ConversationTables, BuiltinCrmTables, AssistantTables, LimiterTables, LockTables, DeliveryTables, CollectTables, SyncTables, OutreachTables, WhatsappTables {
	schema_migration: SchemaMigrationTable;
	store_key: StoreKeyTable;
}

export type { AssistantTables, BuiltinCrmTables, CollectTables, ConversationTables, DeliveryTables, LimiterTables, LockTables, OutreachTables, SyncTables, WhatsappTables };
