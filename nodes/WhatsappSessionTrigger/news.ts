import { NodeOperationError, type ITriggerFunctions } from 'n8n-workflow';
import { createDeliveries } from '../../core/store/delivery';
import type { SessionState } from '../../core/whatsapp';
import { createOutboxDesk, type Delivery, type DeliveryPlace } from '../../core/whatsapp/outbound';
import { storeSignals, type SessionStatus } from '../../core/whatsapp/session';
import { now } from '../shared/salon';
import type { OpenedSession } from '../shared/whatsapp/open';
import type { TriggerConfig } from './config';
import { emitOn } from './emission';

/** States somebody has to do something about. */
const ALARMS: readonly SessionState[] = ['logged_out', 'banned', 'passkey_required', 'conflict', 'client_outdated', 'stopped'];
/** Steps are written by several processes, and some while this one was away. */
const LOOK_BACK_MS = 600_000;
const OVERLAP_MS = 10_000;
const MOST_STEPS = 200;

/** What the trigger tells beside messages. Calls follow one another; none rejects. */
export interface News {
	state(status: SessionStatus): void;
	delivery(): void;
	/** Tells nothing more; what is being written is finished. */
	close(): void;
	/** Resolves when everything told so far is written. */
	idle(): Promise<void>;
}

export function newsOf(functions: ITriggerFunctions, { store, key }: OpenedSession, config: TriggerConfig): News {
	const deliveries = createDeliveries(store, { subscriber: `whatsapp:${functions.getWorkflow().id ?? ''}:${functions.getNode().id}` });
	const desk = createOutboxDesk(store, { ...key, signals: storeSignals(store) });
	let since = Date.now() - LOOK_BACK_MS;
	let queue = Promise.resolve();
	let isAsked = false;
	let isClosed = false;

	const next = (work: () => Promise<void>): void => {
		// a store that is away tells the same with the next change
		queue = queue.then(async () => (isClosed ? undefined : await work())).catch(() => undefined);
	};

	async function tellState(status: SessionStatus): Promise<void> {
		const { state, since: at, reason, sentence } = status;
		const [fresh] = await deliveries.fresh([`state:${key.tenant}:${key.session}:${state}:${at}`]);
		if (fresh === undefined) return;
		if (config.wantsState) emitOn(functions, 'state', { json: { event: 'sessionState', salonId: key.tenant, session: key.session, state, reason, sentence, isAlarm: ALARMS.includes(state), at: at === 0 ? now() : new Date(at).toISOString() } });
		if (!ALARMS.includes(state)) return;
		// the error workflow hears of it, and the trigger stays: it goes on when the number is paired again
		functions.saveFailedExecution(new NodeOperationError(functions.getNode(), `WhatsApp session "${key.session}" needs attention: ${state.replaceAll('_', ' ')}`, { description: sentence }));
	}

	async function tellSteps(): Promise<void> {
		isAsked = false;
		// steps are written by several processes, some later than others
		let last: DeliveryPlace = { at: since, key: '' };
		for (let isMore = true; isMore && !isClosed; ) {
			const steps = await desk.deliveries(last, MOST_STEPS);
			await tellFresh(steps);
			last = steps.at(-1) ?? last;
			isMore = steps.length === MOST_STEPS;
		}
		since = Math.max(since, last.at - OVERLAP_MS);
	}

	async function tellFresh(steps: readonly Delivery[]): Promise<void> {
		const fresh = new Set(await deliveries.fresh(steps.map((step) => `step:${step.key}`)));
		for (const step of steps.filter((one) => fresh.has(`step:${one.key}`))) {
			const { waId, chatId, kind, state, at, error } = step;
			emitOn(functions, 'delivery', { json: { event: 'delivery', salonId: key.tenant, session: key.session, messageId: waId, chatId, kind, state, error: error?.code ?? null, problem: error?.sentence ?? null, at: new Date(at).toISOString() } });
		}
	}

	return {
		state: (status) => next(() => tellState(status)),
		delivery() {
			if (!config.wantsDelivery || isAsked) return;
			isAsked = true;
			next(tellSteps);
		},
		close: () => void (isClosed = true),
		idle: () => queue,
	};
}
