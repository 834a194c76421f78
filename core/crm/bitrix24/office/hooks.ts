import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { mapOutcome, type Outcome, ok, refused } from '../../../booking';
import { call } from '../calls';
import { ANYTHING } from '../wire';
import type { Office } from './office';

/** Events of a portal. An application binds them itself; without one an outgoing webhook is made by hand. */

/** What can be heard of, by the portal's names. */
const EVENTS = {
	ONBOOKINGADD: ['appointment', 'create'],
	ONBOOKINGUPDATE: ['appointment', 'update'],
	ONBOOKINGDELETE: ['appointment', 'delete'],
	ONCRMCONTACTADD: ['client', 'create'],
	ONCRMCONTACTUPDATE: ['client', 'update'],
	ONCRMCONTACTDELETE: ['client', 'delete'],
	ONCRMDEALADD: ['deal', 'create'],
	ONCRMDEALUPDATE: ['deal', 'update'],
	ONCRMDEALDELETE: ['deal', 'delete'],
	ONCRMLEADADD: ['lead', 'create'],
	ONCRMLEADUPDATE: ['lead', 'update'],
	ONCRMLEADDELETE: ['lead', 'delete'],
} as const satisfies Record<string, readonly [string, string]>;
type EventName = keyof typeof EVENTS;

/** That a record changed, as a delivery tells it: nothing of it is believed but the id, which is read back. */
export interface HookSignal {
	/** The same for an event delivered twice. */
	readonly key: string;
	readonly event: (typeof EVENTS)[EventName][0];
	readonly change: (typeof EVENTS)[EventName][1];
	readonly id: string;
	/** The portal's host, in small letters. */
	readonly domain: string;
}

const ID = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/)));
const TEXT = v.fallback(v.pipe(v.string(), v.maxLength(300)), '');
const DELIVERY = v.looseObject({
	event: v.pipe(v.string(), v.maxLength(100), v.toUpperCase()),
	/** Booking events hold the id one level higher than those of the CRM. */
	data: v.union([v.pipe(v.looseObject({ FIELDS: v.looseObject({ ID }) }), v.transform(({ FIELDS }) => FIELDS.ID)), v.pipe(v.looseObject({ ID }), v.transform((data) => data.ID))]),
	ts: v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
	auth: v.fallback(v.looseObject({ domain: TEXT, application_token: TEXT }), { domain: '', application_token: '' }),
});

/** Reads a delivery, JSON or the vendor's form with brackets; null for anything else. Never throws. */
export function hookSignalOf(body: unknown): HookSignal | null {
	const parsed = v.safeParse(DELIVERY, unbracketed(body));
	if (!parsed.success || !Object.hasOwn(EVENTS, parsed.output.event)) return null;
	const { event: name, data: id, ts, auth } = parsed.output;
	const [event, change] = EVENTS[name as EventName];
	const key = createHash('sha256').update(JSON.stringify([name, id, ts, auth.domain])).digest('hex').slice(0, 32);
	return { key, event, change, id, domain: auth.domain.toLowerCase() };
}

/** The token by which a portal shows that a delivery is its own; empty where there is none. */
export function applicationTokenIn(body: unknown): string {
	const parsed = v.safeParse(v.looseObject({ auth: v.looseObject({ application_token: v.pipe(v.string(), v.maxLength(300)) }) }), unbracketed(body));
	return parsed.success ? parsed.output.auth.application_token : '';
}

/** `data[FIELDS][ID]` as nested objects, where the host did not do it; other bodies as they are. */
function unbracketed(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || !Object.keys(body).some((key) => key.includes('['))) return body;
	const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
	for (const [key, value] of Object.entries(body).slice(0, 200)) {
		const path = key.split('[').map((part) => part.replace(/\]$/, '')).slice(0, 5);
		let holder = root;
		for (const part of path.slice(0, -1)) {
			const inner = holder[part];
			holder = holder[part] = (typeof inner === 'object' && inner !== null ? inner : Object.create(null)) as Record<string, unknown>;
		}
		holder[path.at(-1) ?? ''] = value;
	}
	return root;
}

const BOUND = v.looseObject({ event: v.pipe(v.string(), v.toUpperCase()), handler: v.string(), offline: v.optional(v.unknown()) });
const BOUND_LIST = v.pipe(v.object({ result: v.array(BOUND) }), v.transform(({ result }) => result));

const NO_APPLICATION = refused('unsupported', 'Only an application binds its events; make an outgoing webhook in the portal by hand.');

/** Names of the events behind the values of a trigger. */
export function eventNames(values: readonly string[]): readonly string[] {
	return Object.entries(EVENTS).filter(([, [value]]) => values.includes(value)).map(([name]) => name);
}

/** Which of the application's events go to an address; `unsupported` for a webhook. */
export async function boundEvents({ transport }: Office, handler: string): Promise<Outcome<readonly string[]>> {
	const bound = await transport.read(call('event.get', BOUND_LIST));
	if (bound.kind === 'refused' && bound.reason === 'not_allowed') return NO_APPLICATION;
	return mapOutcome(bound, (rows) => rows.filter((row) => row.handler === handler).map(({ event }) => event));
}

/** Binds what is not bound yet; binding twice would deliver twice. */
export async function bindEvents(office: Office, handler: string, names: readonly string[]): Promise<Outcome<readonly string[]>> {
	const bound = await boundEvents(office, handler);
	if (bound.kind !== 'ok') return bound;
	for (const event of names.filter((name) => !bound.value.includes(name))) {
		const done = await office.transport.write(call('event.bind', ANYTHING, { event, handler }), `bind ${event}`);
		if (done.kind !== 'ok') return done;
	}
	return ok(names);
}

/** Takes an address out of all events; what others hear stays. */
export async function unbindEvents(office: Office, handler: string): Promise<Outcome<null>> {
	const bound = await boundEvents(office, handler);
	if (bound.kind !== 'ok') return bound;
	for (const event of new Set(bound.value)) {
		const done = await office.transport.write(call('event.unbind', ANYTHING, { event, handler }), `unbind ${event}`);
		if (done.kind !== 'ok') return done;
	}
	return ok(null);
}
