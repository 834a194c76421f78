import type { Appointment, BookingCrm, Instant } from '../booking';
import type { PendingPayload } from './payload';

/** What the CRM shows of an intended effect. */
export type Effect =
	| { readonly kind: 'found'; readonly appointment: Appointment }
	| { readonly kind: 'none' }
	/** More than one visit fits: a person must look. */
	| { readonly kind: 'several' }
	/** The CRM could not be asked. */
	| { readonly kind: 'unreadable' };

/**
 * Looks for the effect of a write: by its key where the CRM keeps it, else in the narrow window of staff, start and
 * client. Reads only.
 */
export async function lookUpEffect(crm: BookingCrm, key: string, payload: PendingPayload, id?: string): Promise<Effect> {
	if (crm.capabilities.findByOperation) {
		const found = await crm.findByOperation(key);
		if (found.kind !== 'ok') return { kind: 'unreadable' };
		return found.value === null ? { kind: 'none' } : shows(found.value, payload) ? { kind: 'found', appointment: found.value } : { kind: 'none' };
	}
	const at = payload.kind === 'cancel' ? payload.start : payload.slot.start;
	const listed = await crm.appointments({
		...window(at),
		...(payload.kind === 'create' ? { staffId: payload.slot.staffId } : { clientId: payload.clientId }),
		includeCancelled: payload.kind === 'cancel',
	});
	if (listed.kind !== 'ok') return { kind: 'unreadable' };
	const clientIds = await clientsOf(crm, payload);
	if (clientIds === null) return { kind: 'unreadable' };
	const fitting = listed.value.filter(
		(visit) => shows(visit, payload) && clientIds.includes(visit.clientId) && (id === undefined || visit.id === id),
	);
	const [only] = fitting;
	if (only === undefined) return { kind: 'none' };
	return fitting.length === 1 ? { kind: 'found', appointment: only } : { kind: 'several' };
}

/** The cards the effect may stand on: a stranger's visit at the same time is never taken for the client's own. */
async function clientsOf(crm: BookingCrm, payload: PendingPayload): Promise<readonly string[] | null> {
	if (payload.kind !== 'create') return [payload.clientId];
	if (payload.client.id !== null) return [payload.client.id];
	if (payload.client.phone === null) return [];
	const cards = await crm.findClient(payload.client.phone);
	return cards.kind === 'ok' ? cards.value.map((card) => card.id) : null;
}

function window(at: Instant): { from: Instant; to: Instant } {
	const ms = Date.parse(at);
	return { from: new Date(ms - 60_000).toISOString(), to: new Date(ms + 60_000).toISOString() };
}

/** Whether a visit shows the effect the payload asked for. */
function shows(visit: Appointment, payload: PendingPayload): boolean {
	if (payload.kind === 'cancel') return visit.id === payload.appointmentId && visit.status === 'cancelled';
	const placed =
		visit.status !== 'cancelled' &&
		Date.parse(visit.start) === Date.parse(payload.slot.start) &&
		visit.staffId === payload.slot.staffId;
	if (payload.kind === 'reschedule') return placed && visit.id === payload.appointmentId;
	const sameServices =
		visit.serviceIds.length === payload.slot.serviceIds.length &&
		payload.slot.serviceIds.every((service) => visit.serviceIds.includes(service));
	return placed && sameServices;
}
