import type { BookingCrm, NewAppointment } from '../../../core/booking';

/** A child process that books what its parent names through a vendor's adapter of its own, and says how it ended. */
interface Order {
	/** Path of the module that exports `openRival`. */
	readonly module: string;
	readonly order: unknown;
}

/** One booking to race for. */
export interface ProcessRound extends NewAppointment {
	readonly key: string;
}

async function main({ module, order }: Order): Promise<void> {
	const { openRival } = (await import(module)) as { openRival(order: unknown): BookingCrm | Promise<BookingCrm> };
	const crm = await openRival(order);
	process.on('message', (message: ProcessRound | 'end') => {
		if (message === 'end') {
			process.disconnect();
			return;
		}
		const { key, ...wish } = message;
		void crm.createAppointment(wish, key).then((outcome) => process.send?.(outcome.kind === 'refused' ? outcome.reason : outcome.kind));
	});
	process.send?.('ready');
}

void main(JSON.parse(process.argv[2] ?? '{}') as Order);
