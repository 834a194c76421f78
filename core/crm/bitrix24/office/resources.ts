import { type Outcome, ok, refused } from '../../../booking';
import { call } from '../calls';
import { isWireId } from '../context';
import { readResourceList } from '../people';
import { slots } from '../stream-rows';
import { ANYTHING } from '../wire';
import type { Office, Row } from './office';

/** One stretch of a resource's week. */
export interface ScheduleRow {
	/** Minutes after midnight in the zone. */
	readonly from: number;
	readonly to: number;
	/** IANA zone. */
	readonly timezone: string;
	/** `Mon` to `Sun`. */
	readonly weekDays: readonly string[];
	/** Minutes between two offered starts. */
	readonly slotSize: number;
}

const NO_RESOURCE = refused('not_found', 'There is no such resource; read the resources again.');

/** Resources of online booking, everything the portal tells of them. */
export async function resources({ transport }: Office): Promise<Outcome<readonly Row[]>> {
	return readResourceList({ transport });
}

/** Hours of a resource as the portal keeps them. */
export async function schedule({ transport }: Office, resourceId: string): Promise<Outcome<readonly Row[]>> {
	if (!isWireId(resourceId)) return NO_RESOURCE;
	return transport.read(slots(resourceId));
}

/** Replaces all hours of a resource; what is read back is the answer. */
export async function setSchedule(office: Office, resourceId: string, rows: readonly ScheduleRow[], operation: string): Promise<Outcome<readonly Row[]>> {
	if (!isWireId(resourceId)) return NO_RESOURCE;
	const id = Number(resourceId);
	const saved = await office.transport.write(call('booking.v1.resource.slots.set', ANYTHING, { resourceId: id, resourceID: id, slots: rows }), operation);
	if (saved.kind !== 'ok') return saved;
	const after = await schedule(office, resourceId);
	return after.kind === 'ok' ? ok(after.value) : after;
}
