import * as v from 'valibot';

/** What a chat of an AI agent remembers between tool calls. `kind` tells it from a dialogue's state. */
const DeskState = v.object({
	v: v.literal(1),
	kind: v.literal('tools'),
	/** Id of the client's message in which the open pending action was made. */
	openedBy: v.nullable(v.string()),
	/** Name for the card of a new client, already checked. */
	name: v.nullable(v.string()),
	/** Phone the client typed; nobody vouches for it. */
	typedPhone: v.nullable(v.string()),
	/** The last write that was proven, so that a repeated confirmation is answered instead of repeated. */
	done: v.nullable(v.object({ pendingId: v.string(), kind: v.picklist(['create', 'reschedule', 'cancel']), appointmentId: v.string() })),
});

export type DeskState = v.InferOutput<typeof DeskState>;

const FRESH_DESK: DeskState = { v: 1, kind: 'tools', openedBy: null, name: null, typedPhone: null, done: null };

/** Reads the state of a chat; a row of another kind or a damaged one starts afresh: a fresh state permits no write. */
export function readDeskState(text: string | null): DeskState {
	if (text === null) return FRESH_DESK;
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), DeskState), text);
	return parsed.success ? parsed.output : FRESH_DESK;
}
