import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { AppointmentReader, BookingCrm } from '../../../core/booking';
import type { OperationContext } from '../operation';

/** What an operation on any booking CRM works with. */
export interface BookingContext extends OperationContext, AppointmentReader {
	readonly crm: BookingCrm;
	/** The salon's IANA zone; times without an offset are read in it. */
	zone(): Promise<string>;
	/** A key that is the same when this very call is repeated, and differs for every other. */
	operationKey(kind: string, payload: unknown, itemIndex: number): string;
}

/** Makes operation keys of one execution of a node. */
export function operationKeys(functions: IExecuteFunctions): BookingContext['operationKey'] {
	return (kind, payload, itemIndex) => {
		const run: unknown = functions.getWorkflowDataProxy(itemIndex).$runIndex;
		const call = [functions.getExecutionId(), functions.getNode().id, run, itemIndex, kind, payload];
		return `n8n:${createHash('sha256').update(JSON.stringify(call)).digest('hex')}`;
	};
}
