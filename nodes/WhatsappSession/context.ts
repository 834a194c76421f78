import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import { createOutboxDesk, type OutboxDesk } from '../../core/whatsapp/outbound';
import { storeSignals } from '../../core/whatsapp/session';
import type { OperationContext } from '../shared/operation';
import { readSalon } from '../shared/salon';
import { openSession, type OpenedSession } from '../shared/whatsapp/open';
import { sessionOf } from '../shared/whatsapp/session-field';

/** What an operation works with. The router carries JSON only, so files of items are kept here by index. */
export interface SessionContext extends OperationContext, OpenedSession {
	readonly functions: IExecuteFunctions;
	readonly files: Map<number, IBinaryKeyData>;
	readonly desk: OutboxDesk;
}

/** Opens the session an item names; `files` is shared by all items of the node. */
export async function openContext(functions: IExecuteFunctions, i: number, files: Map<number, IBinaryKeyData>): Promise<SessionContext> {
	const session = await openSession(functions, readSalon(functions, i), sessionOf(functions.getNodeParameter('session', i, '')), i);
	const { store, key } = session;
	return { ...session, functions, parameters: functions, files, desk: createOutboxDesk(store, { ...key, signals: storeSignals(store), clock: Date.now }) };
}
