import { openStore, type StoreConfig } from '../../../core/store';
import { createLimiter } from '../../../core/store/limiter';

/** A child process that takes from a limit as fast as it can and tells the moments it was granted. */
interface Order {
	readonly config: StoreConfig;
	readonly keys: readonly string[];
	readonly scope: string;
	readonly windows: readonly { readonly requests: number; readonly perMs: number }[];
	readonly tries: number;
}

async function main({ config, keys, scope, windows, tries }: Order): Promise<void> {
	const store = await openStore(config, { keys });
	const limiter = createLimiter(store, { scope, windows });
	process.once('message', () => {
		void (async () => {
			let granted = 0;
			for (let index = 0; index < tries; index += 1) if ((await limiter.take('dialogue')).kind === 'granted') granted += 1;
			await store.close();
			process.send?.(granted);
			process.disconnect();
		})();
	});
	process.send?.('ready');
}

void main(JSON.parse(process.argv[2] ?? '{}') as Order);
