import { type Outcome, ok, refused, unavailable, unknown } from '../../../booking';
import { path } from '../../http';
import { uuidOf } from '../context';
import { VENDOR } from '../transport';
import { ANY_RECORD, DONE, singleOf } from '../wire';
import type { Row, Workspace } from './workspace';

/** Records that are read one by one. */
export type RecordKind = 'booking' | 'customer' | 'order';

const PATHS: Readonly<Record<RecordKind, (id: string) => string>> = {
	booking: (id) => path`bookings/${id}`,
	customer: (id) => path`customers/${id}`,
	order: (id) => path`orders/${id}`,
};

/** One record of the workspace by its uuid, as the vendor gives it. */
export async function record({ transport }: Pick<Workspace, 'transport'>, kind: RecordKind, id: string): Promise<Outcome<Row>> {
	const uuid = uuidOf(id);
	const none = refused('not_found', `There is no ${kind} with this id; its id is a uuid, not the number that webhooks and the back office show.`);
	if (uuid === null) return none;
	const answer = await transport.read({ name: kind, method: 'GET', path: PATHS[kind](uuid), schema: singleOf(ANY_RECORD) });
	if (answer.kind === 'refused' && answer.reason === 'not_found') return none;
	return answer.kind === 'ok' && answer.value.uuid !== uuid ? unavailable(`${VENDOR} answered about another ${kind}.`) : answer;
}

/** What is told of a visit that has taken place; whatever is absent the vendor fills in. */
export interface Completion {
	/** The cash account the money went to. */
	readonly accountId?: string;
	readonly staffId?: string;
	/** Minor units. */
	readonly paidAmount?: number;
	readonly notes?: string;
}

/** Marks a booking as one that has taken place, and reads it back; one that is marked already stays as it is. */
export async function completeBooking(workspace: Workspace, id: string, { accountId, staffId, paidAmount, notes }: Completion): Promise<Outcome<Row>> {
	const before = await record(workspace, 'booking', id);
	if (before.kind !== 'ok') return before;
	if (before.value.is_canceled === true) return refused('already_cancelled', 'The booking is cancelled; one that is cancelled cannot have taken place.');
	if (before.value.is_completed === true) return before;
	const ids = { account_uuid: accountId, staffer_uuid: staffId };
	for (const value of Object.values(ids)) {
		if (value !== undefined && uuidOf(value) === null) return refused('invalid_request', 'The cash account and the staff member are named by their uuids.');
	}
	const { uuid } = before.value;
	const operation = `complete ${uuid}`;
	const json = { ...ids, paid_amount: paidAmount, internal_notes: notes };
	const done = await workspace.transport.write({ name: 'complete_booking', method: 'PUT', path: path`bookings/${uuid}/status/complete`, json, schema: DONE }, operation);
	if (done.kind === 'refused' || done.kind === 'unavailable') return done;
	const after = await record(workspace, 'booking', uuid);
	return after.kind === 'ok' && after.value.is_completed === true ? ok(after.value) : unknown(operation);
}
