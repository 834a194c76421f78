import { createBuiltinCrm } from '../../../core/crm/builtin';
import { openStore, type StoreConfig } from '../../../core/store';

/** A child process that books whatever its parent names, as fast as it can, and says how it ended. */
interface Order {
	readonly config: StoreConfig;
	readonly keys: readonly string[];
	readonly tenant: string;
	readonly clientId: string;
	readonly now: string;
}

interface Round {
	readonly serviceIds: readonly string[];
	readonly staffId: string;
	readonly start: string;
}

async function main(order: Order): Promise<void> {
	const store = await openStore(order.config, { keys: order.keys });
	const crm = createBuiltinCrm(store, order.tenant, () => order.now);
	process.on('message', (round: Round | 'end') => {
		if (round === 'end') {
			void store.close().then(() => process.disconnect());
			return;
		}
		void crm.createAppointment({ clientId: order.clientId, ...round }, `${process.pid} ${round.start}`).then((outcome) => {
			process.send?.(outcome.kind === 'refused' ? outcome.reason : outcome.kind);
		});
	});
	process.send?.('ready');
}

void main(JSON.parse(process.argv[2] ?? '{}') as Order);
