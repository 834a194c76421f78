import * as v from 'valibot';

/** What a pending action will write, frozen when the client is shown its summary. */
const OfferedSlot = v.object({
	offerId: v.string(),
	start: v.string(),
	staffId: v.string(),
	serviceIds: v.pipe(v.array(v.string()), v.minLength(1)),
});

const CreatePayload = v.object({
	kind: v.literal('create'),
	slot: OfferedSlot,
	client: v.object({
		id: v.nullable(v.string()),
		name: v.nullable(v.string()),
		phone: v.nullable(v.string()),
		/** Whether the channel vouches for the phone. */
		verified: v.boolean(),
	}),
	guestName: v.nullable(v.string()),
});

const ReschedulePayload = v.object({
	kind: v.literal('reschedule'),
	appointmentId: v.string(),
	clientId: v.string(),
	version: v.string(),
	slot: OfferedSlot,
	previousStart: v.string(),
});

const CancelPayload = v.object({
	kind: v.literal('cancel'),
	appointmentId: v.string(),
	clientId: v.string(),
	version: v.string(),
	start: v.string(),
});

const Payload = v.variant('kind', [CreatePayload, ReschedulePayload, CancelPayload]);

export type CreatePayload = v.InferOutput<typeof CreatePayload>;
export type ReschedulePayload = v.InferOutput<typeof ReschedulePayload>;
export type CancelPayload = v.InferOutput<typeof CancelPayload>;
export type PendingPayload = v.InferOutput<typeof Payload>;
export type OfferedSlot = v.InferOutput<typeof OfferedSlot>;

/** Reads a stored payload. Throws when the row was not written by this code: nothing may be written from it. */
export function readPayload(text: string): PendingPayload {
	return v.parse(Payload, JSON.parse(text));
}

/** What stands in an offer row: exactly what the CRM said was free. */
const OfferPayload = v.object({
	start: v.string(),
	end: v.string(),
	staffId: v.string(),
	serviceIds: v.array(v.string()),
	price: v.nullable(v.object({ min: v.number(), max: v.number(), currency: v.string() })),
	purpose: v.picklist(['create', 'reschedule']),
});
export type OfferPayload = v.InferOutput<typeof OfferPayload>;

/** Reads a stored offer; throws like {@link readPayload}. */
export function readOffer(text: string): OfferPayload {
	return v.parse(OfferPayload, JSON.parse(text));
}
