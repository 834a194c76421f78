import * as v from 'valibot';
import { type Outcome, refused } from '../../../booking';
import { call } from '../calls';
import { isWireId } from '../context';
import { resultOf, WIRE_ID } from '../wire';
import type { Office } from './office';

export interface ToDo {
	readonly ownerTypeId: number;
	readonly ownerId: string;
	/** Instant with an offset. */
	readonly deadline: string;
	readonly title: string;
	readonly description?: string;
	readonly responsibleId?: string;
	/** Minutes before the deadline at which the employee is reminded. */
	readonly pingOffsets?: readonly number[];
}

const MADE = resultOf(v.pipe(v.looseObject({ id: WIRE_ID }), v.transform(({ id }) => ({ id }))));

/** Hangs a to-do on a record of the CRM. It reminds an employee and takes no time in the calendar. */
export async function addToDo({ transport }: Office, { ownerTypeId, ownerId, deadline, title, description, responsibleId, pingOffsets }: ToDo, operation: string): Promise<Outcome<{ readonly id: string }>> {
	if (!isWireId(ownerId)) return refused('not_found', 'There is no record with this ID to hang the to-do on.');
	if (responsibleId !== undefined && !isWireId(responsibleId)) return refused('invalid_request', 'The employee is named by the number of the portal’s user.');
	const more = { ...(description === undefined ? {} : { description }), ...(responsibleId === undefined ? {} : { responsibleId: Number(responsibleId) }), ...(pingOffsets === undefined ? {} : { pingOffsets }) };
	return transport.write(call('crm.activity.todo.add', MADE, { ownerTypeId, ownerId: Number(ownerId), deadline, title, ...more }), operation);
}
