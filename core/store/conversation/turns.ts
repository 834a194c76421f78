import type { ConversationStore } from '../conversation-store';
import { laterInstant, utcInstant } from '../instant';
import type { Store } from '../store';
import { finishTurn } from './finish';
import { chatColumns } from './rows';
import { startTurn } from './start';

/** A power cut that takes the lease back takes nothing else: the messages still wait. */
const REPEATABLE = { survives: 'kill' } as const;

/** Taking, keeping and leaving a chat: the lease, and what a turn needs to know at its start. */
export function turnsOf(store: Store): Pick<ConversationStore, 'beginTurn' | 'finishTurn' | 'abandonTurn' | 'renewLease'> {
	return {
		beginTurn(chat, owner, at, leaseMs, isDead = () => false) {
			return store.write((trx) => startTurn(trx, store.vault, { chat, owner, now: at, leaseMs }, isDead), REPEATABLE);
		},

		finishTurn: (turn, changes, options) => finishTurn(store, turn, changes, options),

		async abandonTurn(turn) {
			await store.write((trx) =>
				trx
					.updateTable('conversation')
					.set({ lease_owner: null, lease_until: null })
					.where((eb) => eb.and({ ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }))
					.execute(),
			);
		},

		async renewLease(turn, now, leaseMs) {
			const until = laterInstant(utcInstant(now), leaseMs);
			const { numUpdatedRows } = await store.write((trx) =>
				trx
					.updateTable('conversation')
					.set({ lease_until: until })
					.where((eb) => eb.and({ ...chatColumns(turn.chat), fence: turn.fence, lease_owner: turn.owner }))
					.executeTakeFirst(),
			);
			return numUpdatedRows > 0n;
		},
	};
}
