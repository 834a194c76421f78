import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Outcome, RefusalReason } from '../../core/booking';
import { StoreError } from '../../core/store';
import { WhatsappError } from '../../core/whatsapp/errors';

/** An outcome that is not `ok`, on its way to the router that turns it into a node error. */
export class OutcomeError extends Error {
	constructor(
		readonly outcome: Exclude<Outcome<never>, { kind: 'ok' }>,
		/** What to do after a write whose effect is not known, where no operation key makes a repeat safe. */
		readonly afterUnknown?: string,
	) {
		super(outcome.kind);
	}
}

/** A parameter the operator must change; `todo` says how. */
export class ParameterError extends Error {
	constructor(
		message: string,
		readonly todo: string,
	) {
		super(message);
	}
}

/** What could be done only in part: where the workflow goes on, `item` is in the details of its error. */
export class PartialError extends ParameterError {
	constructor(
		message: string,
		todo: string,
		readonly item: object,
	) {
		super(message, todo);
	}
}

/** Something that may work later; `todo` says what to look at meanwhile. */
export class UnavailableError extends Error {
	constructor(
		message: string,
		readonly todo: string,
	) {
		super(message);
	}
}

/** The value of an outcome; throws {@link OutcomeError} for every other kind. `afterUnknown` is for writes without an operation key. */
export function valueOf<T>(outcome: Outcome<T>, afterUnknown?: string): T {
	if (outcome.kind === 'ok') return outcome.value;
	throw new OutcomeError(outcome, afterUnknown);
}

/** What happened, for each reason a CRM refuses; the refusal's own sentence says what to do. */
const REFUSED: Record<RefusalReason, string> = {
	slot_taken: 'The time is already taken',
	slot_in_past: 'The time is in the past',
	too_soon: 'The time is too soon to be booked',
	too_far: 'The time is too far ahead to be booked',
	outside_hours: 'The time is outside working hours',
	staff_unqualified: 'The staff member does not do this service',
	staff_inactive: 'The staff member is not available for booking',
	service_inactive: 'The service is not available for booking',
	resource_busy: 'A room or device the service needs is busy',
	self_overlap: 'The client already has a visit at this time',
	client_blocked: 'The client may not book',
	client_invalid: 'The client cannot be used for a booking',
	phone_invalid: 'The phone is not a valid number',
	name_missing: 'The client needs a name',
	not_found: 'The record was not found',
	not_own: 'The record belongs to another client',
	already_cancelled: 'The appointment is already cancelled',
	too_late_to_change: 'It is too late to change the appointment',
	version_conflict: 'The appointment was changed meanwhile',
	not_allowed: 'The CRM does not allow this',
	credential_invalid: 'The CRM does not accept the credential',
	invalid_request: 'The parameters are not valid',
	unsupported: 'The CRM cannot do this',
};

/** Any failure of an item as a node error with its index and a sentence that says what to do. */
export function toNodeError(node: INode, error: unknown, itemIndex: number): NodeOperationError | NodeApiError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof OutcomeError) return fromOutcome(node, error, itemIndex);
	if (error instanceof PartialError) return new NodeOperationError(node, error.message, { itemIndex, description: error.todo });
	if (error instanceof ParameterError) {
		return new NodeOperationError(node, error.message, { itemIndex, description: error.todo, failure: { cause: 'configuration-invalid' } });
	}
	if (error instanceof UnavailableError) return apiError(node, itemIndex, error.message, { description: error.todo, failure: { cause: 'temporarily-unavailable' } });
	if (error instanceof WhatsappError) return new NodeOperationError(node, 'The WhatsApp session cannot be used', { itemIndex, description: error.message });
	if (error instanceof StoreError) {
		return new NodeOperationError(node, 'The store of the booking assistant cannot be used', { itemIndex, description: error.message });
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
		description: 'This looks like a defect of the node. Please report it with the parameters used.',
		failure: { cause: 'node-defect' },
	});
}

function fromOutcome(node: INode, { outcome, afterUnknown }: OutcomeError, itemIndex: number): NodeOperationError | NodeApiError {
	if (outcome.kind === 'refused') {
		return new NodeOperationError(node, REFUSED[outcome.reason], {
			itemIndex,
			description: `${outcome.message} [${outcome.reason}]`,
			...(outcome.reason === 'credential_invalid' ? { failure: { cause: 'credential-invalid' as const } } : {}),
		});
	}
	if (outcome.kind === 'unknown') {
		return apiError(node, itemIndex, 'It is not known whether the change was saved', {
			description: afterUnknown ?? 'Read the record back before you repeat the operation. With the same Operation Key a repeat has no second effect.',
		});
	}
	const { cause, retryAt } = outcome;
	return apiError(node, itemIndex, 'The CRM is not available', {
		description: `${cause} Nothing was changed; try again ${retryAt === undefined ? 'later' : `after ${retryAt}`}.`,
		failure: { cause: 'temporarily-unavailable', ...(retryAt === undefined ? {} : { resetsAtEpochMs: Date.parse(retryAt) }) },
	});
}

function apiError(node: INode, itemIndex: number, message: string, options: Pick<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>, 'description' | 'failure'>): NodeApiError {
	const response: JsonObject = { message };
	return new NodeApiError(node, response, { itemIndex, message, ...options });
}
