import type { Act } from '../acts';
import { serviceById, staffById, staffFor } from '../catalogue';
import type { UsualVisit } from '../habits';
import { EMPTY_VISIT, type Question } from '../state';
import type { TurnWork } from '../work';
import { titlesOf } from './views';
import { slotValue } from './words';

type UsualQuestion = Extract<Question, { kind: 'usual' }>;

/**
 * Asks whether to book as usual; false when there is nothing to ask. Only a client whose phone the channel vouches for
 * is asked, once a session, and never over what the client has said of the visit: a habit fills, it does not choose.
 */
export async function askUsual(work: TurnWork): Promise<boolean> {
	const { question } = work.state;
	const usual = question?.kind === 'usual' ? question : await usualOf(work);
	if (usual === null) return false;
	const person = usual.staffId === null ? undefined : staffById(work.catalogue, usual.staffId);
	work.say('ask_usual', { serviceTitles: titlesOf(usual.serviceIds, work.catalogue), staff: person ?? null });
	work.set({ phase: 'collecting', question: { kind: 'usual', serviceIds: usual.serviceIds, staffId: usual.staffId } });
	return true;
}

async function usualOf(work: TurnWork): Promise<UsualVisit | null> {
	const { habits } = work.tools;
	const { client, visit, usualLookedUp } = work.state;
	if (habits === null || usualLookedUp || !client.phoneVerified || client.phone === null) return null;
	if (visit !== null && (visit.guest !== null || visit.serviceCandidates !== null)) return null;
	work.set({ usualLookedUp: true });
	try {
		const usual = await habits.usualVisit(work.turn.chat.tenant, { phone: client.phone, clientId: client.clientId, now: work.now });
		work.log('usual', { found: usual !== null });
		return usual === null ? null : bookable(work, usual);
	} catch {
		work.log('context_unread', { read: 'usual' });
		return null;
	}
}

/** The habit as it can be booked today: with services that are still done, by the person the client has named or is used to. */
function bookable({ state, catalogue }: TurnWork, { serviceIds, staffId }: UsualVisit): UsualVisit | null {
	const known = serviceIds.length > 0 && serviceIds.every((id) => serviceById(catalogue, id) !== undefined);
	const able = staffFor(catalogue, serviceIds);
	if (!known || able.length === 0) return null;
	const named = state.visit?.staff?.value ?? null;
	if (named !== null && named !== 'any' && !able.some(({ id }) => id === named)) return null;
	return { serviceIds, staffId: named === null && able.some(({ id }) => id === staffId) ? staffId : null };
}

/** Whether these acts go along with booking as usual: a yes, or a day or a person and nothing that speaks against it. */
export function takesUsual({ state }: TurnWork, acts: readonly Act[]): boolean {
	if (state.question?.kind !== 'usual') return false;
	if (acts.some((act) => act.type === 'no' || act.type === 'correct' || act.type === 'manage' || namesOther(act))) return false;
	return acts.some((act) => act.type === 'yes' || ((act.type === 'fill' || act.type === 'book') && (act.whenText !== undefined || act.staffText !== undefined)));
}

function namesOther(act: Act): boolean {
	return (act.type === 'fill' || act.type === 'book') && (act.serviceText !== undefined || act.forOther !== undefined);
}

/** Begins the usual visit, or fills it into the one in hand. Nothing is written by it: a time, a summary and a yes follow. */
export function takeUsual(work: TurnWork, { serviceIds, staffId }: UsualQuestion): void {
	const visit = work.state.visit ?? EMPTY_VISIT;
	work.progress = true;
	work.log('usual_taken', { services: serviceIds.length, staff: staffId !== null });
	work.set({
		question: null,
		manage: null,
		visit: {
			...visit,
			services: visit.services ?? slotValue(work, serviceIds, 'crm'),
			staff: visit.staff ?? (staffId === null ? null : slotValue(work, staffId, 'crm')),
		},
	});
}

/** The client wants something else, or nothing: the question is over and not put again in this session. */
export function leaveUsual(work: TurnWork): void {
	work.progress = true;
	work.set({ question: null });
}
