import { classifyAnswer } from '../../language/answer';
import { boundsOf, type Catalogue } from '../catalogue';
import { commitPending, finishEarlier, type CommitResult, type CommitTools } from '../commit';
import { readPayload } from '../payload';
import type { DeskContext } from './desk';
import type { DeskTurn } from './desk-turn';
import { visitForModel } from './desk-views';
import { crmRefused, deskRefused, deskUnavailable, deskUnknown, type ToolResult } from './result';

const DONE_WORD = { create: 'booked', reschedule: 'rescheduled', cancel: 'cancelled' } as const;

/**
 * Writes the open pending action when the client's own message, a later one than that in which the action was made, is
 * a plain yes. A no drops it. Writes of earlier calls whose end nobody saw are looked up first.
 */
export async function confirm(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, pendingId: string): Promise<ToolResult> {
	const { pending } = turn.turn;
	const earlier = await reconcile(context, turn, catalogue, pending?.id ?? null);
	if (earlier === 'unknown') return deskUnknown();
	const { done } = turn.state;
	if (pending === null) {
		if (done?.pendingId !== pendingId) return deskRefused('nothing_to_confirm');
		return { status: 'ok', result: DONE_WORD[done.kind], appointmentId: done.appointmentId, note: 'This was already done; nothing was written twice.' };
	}
	if (pending.id !== pendingId) return deskRefused('other_pending');
	if (turn.state.openedBy === null || turn.state.openedBy === context.messageId) return deskRefused('same_message');
	const answer = classifyAnswer(context.clientMessage);
	if (answer === 'no') {
		turn.closePending = 'cancelled';
		return { status: 'ok', result: 'dropped', note: 'The client said no. Nothing was written.' };
	}
	if (answer !== 'yes') return deskRefused('not_a_yes');
	turn.log('confirmed', { pending: pending.id, kind: pending.kind, shownTurn: pending.createdTurn });
	const result = await commitPending(commitTools(context, turn, catalogue), turn.turn, pending);
	if (result.kind === 'newer' || result.kind === 'fenced') return told(result, pending.kind, catalogue);
	turn.closePending = result.kind === 'done' ? 'done' : result.kind === 'unknown' ? 'confirmed' : 'refused';
	if (result.kind === 'done') turn.set({ done: { pendingId, kind: pending.kind, appointmentId: result.appointment.id } });
	return told(result, pending.kind, catalogue);
}

function told(result: CommitResult, kind: keyof typeof DONE_WORD, catalogue: Catalogue): ToolResult {
	switch (result.kind) {
		case 'done':
			return { status: 'ok', result: DONE_WORD[kind], appointment: visitForModel(result.appointment, catalogue) };
		case 'refused':
			return crmRefused(result.reason);
		case 'unavailable':
			return deskUnavailable();
		case 'unknown':
			return deskUnknown();
		case 'newer':
		case 'fenced':
			return deskRefused('chat_busy');
	}
}

/** Ends what an earlier call left open; the open pending action's own operation is left to the commit. */
async function reconcile(context: DeskContext, turn: DeskTurn, catalogue: Catalogue, pendingId: string | null): Promise<'clear' | 'unknown'> {
	let clear = true;
	for (const operation of turn.turn.unresolved) {
		if (operation.key === pendingId) continue;
		const result = await finishEarlier(commitTools(context, turn, catalogue), turn.turn, operation, readPayload(operation.payload));
		if (result.kind === 'unknown') clear = false;
		if (result.kind === 'done') turn.set({ done: { pendingId: operation.pendingId, kind: operation.kind, appointmentId: result.appointment.id } });
	}
	return clear ? 'clear' : 'unknown';
}

function commitTools(context: DeskContext, turn: DeskTurn, catalogue: Catalogue): CommitTools {
	const { store, crm, clock, sleep } = context;
	return { store, crm, clock, sleep, bounds: boundsOf(catalogue, turn.now), log: (kind, data) => turn.log(kind, data) };
}
