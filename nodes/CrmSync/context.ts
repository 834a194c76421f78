import type { IExecuteFunctions } from 'n8n-workflow';
import { BUILTIN } from '../shared/crm-registry';
import { textOf } from '../shared/fields';
import { instanceTimeout } from '../shared/host';
import type { OperationContext } from '../shared/operation';
import type { OpenContext } from '../shared/router';
import { readSalon } from '../shared/salon';
import { openNodeStore, type OpenedStore } from '../shared/store';
import { openSyncAccount, type SyncAccount } from '../shared/sync-account';

/** What an operation of CRM Sync works with. */
export interface SyncContext extends OperationContext {
	/** The salon is the key of its copy. */
	readonly tenant: string;
	readonly opened: OpenedStore;
	/** Opens the CRM that is chosen. */
	account(): Promise<SyncAccount>;
	readonly signal: AbortSignal | undefined;
	/** Milliseconds since the epoch; null where n8n ends no execution by itself. */
	readonly executionEndsAt: number | null;
	/** Counts, no person. Pages are for whoever debugs, the end of a run is for everybody. */
	log(level: 'debug' | 'info', message: string, meta: Readonly<Record<string, string | number | null>>): void;
}

/** A run must end well before n8n ends it. */
const TIMEOUT_SHARE = 0.8;

/** Opens the salon of each item; all items of an execution share its time. */
export function syncOpener(functions: IExecuteFunctions): OpenContext<SyncContext> {
	const executionEndsAt = endOf(functions, Date.now());
	return async (_functions, i) => {
		const tenant = readSalon(functions, i);
		const opened = await openNodeStore(functions, i);
		return {
			parameters: functions,
			tenant,
			opened,
			account: () => openSyncAccount(textOf(functions.getNodeParameter('crm', i, BUILTIN)), { functions, itemIndex: i, tenant, opened }),
			signal: functions.getExecutionCancelSignal(),
			executionEndsAt,
			log: (level, message, meta) => functions.logger[level](message, meta),
		};
	};
}

function endOf(functions: IExecuteFunctions, startedAt: number): number | null {
	const own = functions.getWorkflowSettings().executionTimeout;
	const seconds = own === undefined || own === 0 ? instanceTimeout() : own;
	return seconds === null || seconds < 0 ? null : startedAt + seconds * 1000 * TIMEOUT_SHARE;
}
