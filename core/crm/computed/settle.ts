import type { Outcome, Refused } from '../../booking';
import { minuteOf } from '../../calendar';
import { type Claim, claimOf, clash, rivalsOf, SLOT_TAKEN, windowOf } from './claim';
import type { Context } from './context';
import type { HeldVisit } from './ports';
import type { Salon } from './salon';

/** How a visit that was written stands beside the others. */
export type Standing =
	| { readonly kind: 'stands'; readonly held: HeldVisit }
	/** It has to go. `twin` is a visit of the same operation that stays. */
	| { readonly kind: 'lost'; readonly held: HeldVisit; readonly reason: Refused; readonly twin: HeldVisit | null }
	| { readonly kind: 'unclear' };

const MOST_LOOKS = 5;
const PAUSE_MS = 800;

/**
 * Looks at a visit after its write. A CRM without a lock lets two visits into one time; of them the smaller rank stays:
 * - beside a smaller rank ours has lost at once;
 * - beside larger ones it waits for them to go, which those who keep this rule do, and gives way to one that stays: it was
 *   there first, or a person put it there;
 * - alone it stands. Whoever wrote later has seen the other by then, so two can never both find themselves alone.
 * A list that does not show the visit itself yet is too old to judge by.
 */
export async function settle(context: Context, salon: Salon, id: string, claim: Claim): Promise<Standing> {
	let rival: { readonly held: HeldVisit; readonly rivals: readonly HeldVisit[] } | null = null;
	for (let look = 1; look <= MOST_LOOKS; look += 1) {
		if (look > 1) await context.sleep(pause(context, rival === null));
		const taken = await context.source.taken(windowOf(salon, claim));
		if (taken.kind !== 'ok') return { kind: 'unclear' };
		const held = taken.value.visits.find(({ appointment }) => appointment.id === id);
		if (held === undefined || !isAt(held, claim)) {
			rival = null;
			continue;
		}
		const rivals = rivalsOf(salon, claim, taken.value, id);
		if (rivals.length === 0) return { kind: 'stands', held };
		rival = { held, rivals };
		if (rivals.some((one) => one.rank < held.rank)) break;
	}
	if (rival === null) return { kind: 'unclear' };
	const { held, rivals } = rival;
	const [first] = [...rivals].sort((a, b) => (a.rank < b.rank ? -1 : 1));
	const reason = first === undefined ? SLOT_TAKEN : (clash(claim, claimOf(salon, first.appointment)) ?? SLOT_TAKEN);
	return { kind: 'lost', held, reason, twin: rivals.find((one) => one.tag !== null && one.tag === held.tag) ?? null };
}

/** Whether a visit stands beside others that it cannot stand beside; reads only. */
export async function isContested(context: Context, salon: Salon, held: HeldVisit): Promise<Outcome<boolean>> {
	const claim = claimOf(salon, held.appointment);
	const taken = await context.source.taken(windowOf(salon, claim));
	return taken.kind === 'ok' ? { kind: 'ok', value: rivalsOf(salon, claim, taken.value, held.appointment.id).length > 0 } : taken;
}

/** Whether a visit takes the time and the person of a claim. */
export function isAt({ appointment }: HeldVisit, claim: Pick<Claim, 'staffId' | 'visit'>): boolean {
	return appointment.status !== 'cancelled' && appointment.staffId === claim.staffId && minuteOf(appointment.start) === claim.visit.start;
}

const MOST_UNDOS = 3;

/** Takes a write back until the CRM shows that it is; false when it cannot be made sure. `undo` may come several times. */
export async function takeBack(context: Context, id: string, undo: (held: HeldVisit | null) => Promise<Outcome<unknown>>, isBack: (held: HeldVisit | null) => boolean): Promise<boolean> {
	let seen: HeldVisit | null = null;
	for (let attempt = 1; attempt <= MOST_UNDOS; attempt += 1) {
		if (attempt > 1) await context.sleep(pause(context, false));
		await undo(seen);
		const after = await context.source.read(id);
		const isGone = after.kind === 'refused' && after.reason === 'not_found';
		if (after.kind === 'ok') seen = after.value;
		if ((after.kind === 'ok' && isBack(after.value)) || (isGone && isBack(null))) return true;
	}
	return false;
}

function pause({ source, random }: Context, isLagging: boolean): number {
	return (isLagging ? Math.max(source.lagMs, PAUSE_MS) : PAUSE_MS) + Math.floor(random() * PAUSE_MS);
}
