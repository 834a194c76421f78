import type { Store } from '../../../core/store';
import type { SessionKey } from '../../../core/whatsapp';
import { whatsappService, type WhatsappService } from '../../../core/whatsapp/session';
import { host } from '../host';
import { openNodeStore, type OpenedStore, type StoreHost } from '../store';
import { endWithProcess } from './ending';

/** A number of a salon with everything nodes do with it. */
export interface OpenedSession {
	readonly opened: OpenedStore;
	readonly store: Store;
	readonly key: SessionKey;
	readonly service: WhatsappService;
}

/** Set to `host` where separate session hosts hold the connections: then no process of n8n opens one. */
const WHERE_VARIABLE = 'AI_ADMIN_WHATSAPP_SESSIONS';

/** Opens the store of a node and the sessions in it. Errors as in `openNodeStore`. */
export async function openSession(context: StoreHost, tenant: string, session: string, itemIndex?: number): Promise<OpenedSession> {
	const opened = await openNodeStore(context, itemIndex);
	const { store } = opened;
	const service = whatsappService(store, { role: await roleHere() });
	endWithProcess();
	return { opened, store, key: { tenant, session }, service };
}

/** Two processes of n8n must not connect one number: workers only ask the one that has it. */
async function roleHere(): Promise<'wanted' | 'none'> {
	if (process.env[WHERE_VARIABLE] === 'host') return 'none';
	const { processKind } = await host();
	return processKind === null || processKind === 'main' ? 'wanted' : 'none';
}
