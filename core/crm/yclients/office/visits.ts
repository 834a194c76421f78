import * as v from 'valibot';
import { type Outcome, ok } from '../../../booking';
import { path } from '../../http';
import { isWireId } from '../context';
import { dataOf, DONE, RECORD, WIRE_ID } from '../wire';
import type { Office, Row } from './office';
import { NOT_FOUND } from './refusals';

const ANY = v.looseObject({});
const VISIT_RECORD = v.looseObject({ ...RECORD.entries, visit_id: WIRE_ID });

/** How a client's coming is marked. */
export const ATTENDANCES = { confirmed: 2, arrived: 1, waiting: 0, noShow: -1 } as const;
export type Attendance = keyof typeof ATTENDANCES;

interface Found {
	readonly visitId: string;
	readonly attendance: unknown;
	readonly comment: string;
}

/** The visit a record belongs to: what came of it, with the records of the same visit. */
export async function visit(office: Office, recordId: string): Promise<Outcome<Row>> {
	const found = await find(office, recordId);
	if (found.kind !== 'ok') return found;
	return office.transport.read({ name: 'visit', method: 'GET', path: path`visits/${found.value.visitId}`, schema: dataOf(ANY) });
}

/** Services, goods and payments of a record's visit. */
export async function visitDetails(office: Office, recordId: string): Promise<Outcome<Row>> {
	const found = await find(office, recordId);
	if (found.kind !== 'ok') return found;
	return office.transport.read({ name: 'visit_details', method: 'GET', path: path`visit/details/${office.companyId}/${recordId}/${found.value.visitId}`, schema: dataOf(ANY) });
}

/** Marks a visit; the comment stays when none is given. The value is the visit read back. */
export async function markVisit(office: Office, recordId: string, mark: { readonly attendance: Attendance; readonly comment?: string }): Promise<Outcome<Row>> {
	const found = await find(office, recordId);
	if (found.kind !== 'ok') return found;
	const { visitId, comment } = found.value;
	const json = { attendance: ATTENDANCES[mark.attendance], comment: mark.comment ?? comment };
	const done = await office.transport.write({ name: 'mark_visit', method: 'PUT', path: path`visits/${visitId}/${recordId}`, json, schema: DONE }, `mark ${recordId}`);
	return done.kind === 'ok' ? visit(office, recordId) : done;
}

async function find({ transport, companyId }: Office, recordId: string): Promise<Outcome<Found>> {
	if (!isWireId(recordId)) return NOT_FOUND;
	const record = await transport.read({ name: 'record', method: 'GET', path: path`record/${companyId}/${recordId}`, schema: dataOf(VISIT_RECORD) });
	if (record.kind !== 'ok') return record;
	const { visit_id: visitId, attendance, comment } = record.value;
	return ok({ visitId, attendance, comment });
}
