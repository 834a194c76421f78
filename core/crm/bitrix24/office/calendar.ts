import * as v from 'valibot';
import { mapOutcome, type Outcome, refused } from '../../../booking';
import { accessibility, call } from '../calls';
import { isWireId } from '../context';
import { ANYTHING, pageOf, resultOf, WIRE_ID } from '../wire';
import type { Office, Row } from './office';

/** Entries of employees' calendars. Moments are instants with an offset; the portal's own way to show dates is not read. */

export interface NewEvent {
	readonly ownerId: string;
	readonly name: string;
	readonly from: string;
	readonly to: string;
	readonly description?: string;
	/** `busy`, `free`, `absent` or `quest`. */
	readonly accessibility?: string;
	/** Records of the CRM, such as `D_342` or `C_275`. */
	readonly crmFields?: readonly string[];
}

export type EventChange = Partial<Omit<NewEvent, 'ownerId'>>;

const NO_OWNER = refused('invalid_request', 'The employee is named by the number of the portal’s user.');
const NO_EVENT = refused('not_found', 'There is no such entry; read the calendar again.');
const ENTRY = v.looseObject({ ID: WIRE_ID });

/** What stands in an employee's calendar on these days, both inclusive; nothing here is paged. */
export async function events({ transport }: Office, { ownerId, from, to }: { readonly ownerId: string; readonly from: string; readonly to: string }): Promise<Outcome<readonly Row[]>> {
	if (!isWireId(ownerId)) return NO_OWNER;
	const answer = await transport.read(call('calendar.event.get', pageOf(ENTRY), { type: 'user', ownerId: Number(ownerId), from, to }));
	return mapOutcome(answer, ({ items }) => items);
}

/** Puts an entry into an employee's calendar. */
export async function createEvent({ transport }: Office, event: NewEvent, operation: string): Promise<Outcome<{ readonly id: string }>> {
	if (!isWireId(event.ownerId)) return NO_OWNER;
	const parameters = { type: 'user', ownerId: Number(event.ownerId), ...fieldsOf(event), skip_time: 'N', auto_detect_section: 'Y' };
	return mapOutcome(await transport.write(call('calendar.event.add', resultOf(WIRE_ID), parameters), operation), (id) => ({ id }));
}

/** Changes an entry; what is not named stays. */
export async function updateEvent({ transport }: Office, id: string, ownerId: string, change: EventChange, operation: string): Promise<Outcome<{ readonly id: string }>> {
	if (!isWireId(ownerId)) return NO_OWNER;
	if (!isWireId(id)) return NO_EVENT;
	const parameters = { id: Number(id), type: 'user', ownerId: Number(ownerId), ...fieldsOf(change) };
	return mapOutcome(await transport.write(call('calendar.event.update', ANYTHING, parameters), operation), () => ({ id }));
}

/** Takes an entry out of its calendar. */
export async function deleteEvent({ transport }: Office, id: string, operation: string): Promise<Outcome<{ readonly id: string; readonly deleted: true }>> {
	if (!isWireId(id)) return NO_EVENT;
	const deleted = await transport.write(call('calendar.event.delete', resultOf(v.literal(true)), { id: Number(id) }), operation);
	return mapOutcome(deleted, () => ({ id, deleted: true as const }));
}

/** Taken time of one employee. */
export interface BusyTime {
	readonly userId: string;
	readonly from: string;
	readonly to: string;
	readonly allDay: boolean;
	readonly accessibility: string;
}

/** When employees are not free on these days, both inclusive, in UTC. */
export async function busyTimes({ transport }: Office, userIds: readonly string[], from: string, to: string): Promise<Outcome<readonly BusyTime[]>> {
	if (userIds.length === 0 || userIds.some((id) => !isWireId(id))) return NO_OWNER;
	return mapOutcome(await transport.read(accessibility(userIds, from, to)), (calendars) =>
		Object.entries(calendars).flatMap(([userId, entries]) =>
			entries.map((entry): BusyTime => ({
				userId,
				from: new Date(entry.DATE_FROM_TS_UTC * 1000).toISOString(),
				to: new Date(entry.DATE_TO_TS_UTC * 1000).toISOString(),
				allDay: entry.DT_SKIP_TIME === true,
				accessibility: entry.ACCESSIBILITY,
			})),
		),
	);
}

function fieldsOf({ name, from, to, description, accessibility: busy, crmFields }: EventChange): Row {
	const named = { name, from, to, description, accessibility: busy, crm_fields: crmFields };
	return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
