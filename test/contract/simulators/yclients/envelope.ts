import { type Answer, json } from '../kit';
import type { VendorSwitches } from './switches';

/** A refusal of the vendor; thrown by handlers, written by {@link failure}. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: { readonly errors?: Readonly<Record<string, readonly string[]>>; readonly code?: number; readonly id?: number; readonly conflict?: boolean } = {},
	) {
		super(message);
	}
}

/** `data` in the v2 envelope; `meta` is `[]` unless a route has one. */
export function success(data: unknown, meta: unknown = [], status = 200): Answer {
	return json(status, { success: true, data, meta });
}

/** The failure envelope; the code sits where the switch puts it. */
export function failure(switches: VendorSwitches, { status, message, details }: Refusal): Answer {
	const { errors, code, id, conflict } = details;
	const meta: Record<string, unknown> = { message };
	if (errors !== undefined) meta.errors = errors;
	if (conflict !== undefined) meta.conflict = conflict;
	const body: Record<string, unknown> = { success: false, data: null, meta };
	if (code !== undefined) CODE_PLACES[switches.codePosition](body, meta, id === undefined ? { code } : { code, id });
	return json(status, body);
}

type CodePlace = (body: Record<string, unknown>, meta: Record<string, unknown>, code: { readonly code: number; readonly id?: number }) => void;

const CODE_PLACES: Readonly<Record<VendorSwitches['codePosition'], CodePlace>> = {
	none: () => undefined,
	meta: (_body, meta, code) => void Object.assign(meta, code),
	errors: (body, meta, code) => void (body.errors = { ...code, message: meta.message }),
	'meta-errors': (_body, meta, code) => void (meta.errors = code),
	root: (body, _meta, code) => void Object.assign(body, code),
};
