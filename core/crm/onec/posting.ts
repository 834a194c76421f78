import { mapOutcome, type OperationKey, type Outcome, ok, refused, unknown } from '../../booking';
import * as calls from './calls';
import type { Context } from './context';
import { type ObjectWire, valueIn } from './wire';

/** Posting documents. An action that is done twice has one effect, so an unclear one is looked at and done again once. */

type Action = 'Post' | 'Unpost';
type Base = Pick<Context, 'transport' | 'facts'>;

const NOT_DONE: Readonly<Record<Action, Outcome<never>>> = {
	Post: refused('not_allowed', 'The document could not be posted; post one like it by hand to see what the configuration demands.'),
	Unpost: refused('not_allowed', 'The document could not be unposted; a person has to change it in 1C.'),
};

/** Brings a document to the wished state; the value is its state before. What is not so after two attempts is refused. */
export async function setPosted(context: Base, set: string, id: string, posted: boolean, key: OperationKey): Promise<Outcome<boolean>> {
	const action: Action = posted ? 'Post' : 'Unpost';
	const held = await readPosted(context, set, id);
	if (held.kind !== 'ok' || held.value === posted) return held;
	for (let attempt = 1; attempt <= 2; attempt += 1) {
		const done = await act(context, action, set, id, key);
		if (done.kind !== 'unknown') return done.kind === 'ok' ? held : done;
		const after = await readPosted(context, set, id);
		if (after.kind !== 'ok') return done;
		if (after.value === posted) return held;
	}
	return NOT_DONE[action];
}

async function readPosted({ transport }: Base, set: string, id: string): Promise<Outcome<boolean>> {
	return mapOutcome(await transport.read(calls.object('posted', set, id)), isPosted);
}

/** Posts a document that may be posted already, so that its movements follow its fields. */
export async function postAgain(context: Base, set: string, id: string, key: OperationKey): Promise<Outcome<boolean>> {
	const done = await act(context, 'Post', set, id, key);
	if (done.kind !== 'unknown') return done.kind === 'ok' ? ok(true) : done;
	const again = await act(context, 'Post', set, id, key);
	return again.kind === 'ok' ? ok(true) : again.kind === 'refused' ? again : unknown(key);
}

/** True for a document that is posted. */
export function isPosted(wire: ObjectWire): boolean {
	return valueIn(wire, 'Posted') === true;
}

/** Versions differ in whether an action has parentheses: the form a base does not know does nothing. */
async function act({ transport, facts: { learned } }: Base, action: Action, set: string, id: string, key: OperationKey): Promise<Outcome<unknown>> {
	const known = learned.parentheses;
	for (const parentheses of known === null ? [false, true] : [known]) {
		const done = await transport.write(calls.act(action, set, id, parentheses), key);
		if (done.kind === 'ok') learned.parentheses = parentheses;
		if (done.kind !== 'refused') return done;
		if (done.reason !== 'unsupported') return done.reason === 'slot_taken' || done.reason === 'version_conflict' ? done : NOT_DONE[action];
	}
	return NOT_DONE[action];
}
