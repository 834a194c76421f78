import * as v from 'valibot';
import type { Instant } from '../../booking';

/** What a dialogue remembers of its scripts; a new session begins with {@link NO_SCRIPTS}. JSON, part of the state. */
export interface ScriptState {
	/** Script id -> times it was said. */
	readonly used: Readonly<Record<string, number>>;
	/** When the client last said no; nothing is sold after it in this dialogue. */
	readonly refusedAt: Instant | null;
}

export const NO_SCRIPTS: ScriptState = { used: {}, refusedAt: null };

const Stored = v.object({
	used: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))),
	refusedAt: v.nullable(v.string()),
});

/** Reads the stored part of a state; a missing or damaged one counts as refused: silence is the safe reading. */
export function readScriptState(stored: unknown, now: Instant): ScriptState {
	if (stored === undefined || stored === null) return NO_SCRIPTS;
	const parsed = v.safeParse(Stored, stored);
	return parsed.success ? parsed.output : { used: {}, refusedAt: now };
}

/** The state after a script was really said. */
export function afterUse(state: ScriptState, id: string): ScriptState {
	return { ...state, used: { ...state.used, [id]: (state.used[id] ?? 0) + 1 } };
}

/** The state after the client said no. */
export function afterRefusal(state: ScriptState, now: Instant): ScriptState {
	return { ...state, refusedAt: now };
}
