import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from '../../../../core/booking';
import { now } from '../../salon';
import type { Signal } from './trigger';

/** An event with the record as it was read after it: null for one that is gone, and with a problem where it could not be read. */
export function eventItem({ event, change, id }: Signal, record: Outcome<object>): INodeExecutionData {
	return { json: { event, change, id, record: (record.kind === 'ok' ? record.value : null) as IDataObject | null, problem: problemOf(record), receivedAt: now() } };
}

function problemOf(record: Outcome<object>): string | null {
	if (record.kind === 'ok' || (record.kind === 'refused' && record.reason === 'not_found')) return null;
	if (record.kind === 'refused') return record.message;
	return record.kind === 'unavailable' ? `${record.cause} Read the record later.` : 'The record could not be read. Read it later.';
}
