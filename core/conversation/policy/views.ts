import type { Appointment, Slot } from '../../booking';
import { serviceById, staffById, type Catalogue } from '../catalogue';
import type { OfferView, RecordView } from '../compose/utterance';
import type { OfferPayload } from '../payload';

/** An offer as the client sees it; names come from the catalogue only. */
export function offerView(ref: string, id: string, slot: OfferPayload | Slot, catalogue: Catalogue): OfferView {
	return {
		ref,
		id,
		start: slot.start,
		end: slot.end,
		staffName: staffById(catalogue, slot.staffId)?.name ?? '',
		serviceTitles: titlesOf(slot.serviceIds, catalogue),
		price: slot.price,
	};
}

/** A visit as the client sees it. */
export function recordView(ref: string, visit: Appointment, catalogue: Catalogue): RecordView {
	return {
		ref,
		start: visit.start,
		end: visit.end,
		staffName: staffById(catalogue, visit.staffId)?.name ?? null,
		serviceTitles: titlesOf(visit.serviceIds, catalogue),
		price: visit.price,
		status: visit.status,
	};
}

/** Titles of services that are in the catalogue; an archived one is left out rather than invented. */
export function titlesOf(serviceIds: readonly string[], catalogue: Catalogue): readonly string[] {
	return serviceIds.flatMap((id) => serviceById(catalogue, id)?.title ?? []);
}
