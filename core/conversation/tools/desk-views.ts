import type { Appointment, Slot } from '../../booking';
import { formatDuration, formatPrice } from '../../language/render';
import { serviceById, staffById, type Catalogue } from '../catalogue';
import { cleanStaffName, cleanTitle } from '../compose/display';

/** Names of the CRM are other people's text: a model sees them cleaned, and never sees notes, comments or phones. */
export function serviceForModel(service: Catalogue['services'][number]): Record<string, unknown> {
	return {
		serviceId: service.id,
		title: cleanTitle(service.title),
		category: service.category === null ? null : cleanTitle(service.category),
		price: service.price === null ? null : formatPrice(service.price, 'en'),
		duration: formatDuration(service.durationMinutes, 'en'),
	};
}

/** A person with what they do. */
export function staffForModel(person: Catalogue['staff'][number]): Record<string, unknown> {
	return {
		staffId: person.id,
		name: cleanStaffName(person.name),
		position: person.position === null ? null : cleanTitle(person.position),
		serviceIds: person.services.map((cell) => cell.serviceId),
	};
}

/** A free start; `slotId` is the only way to book it. */
export function slotForModel(slotId: string, slot: Slot, catalogue: Catalogue): Record<string, unknown> {
	return {
		slotId,
		start: slot.start,
		end: slot.end,
		staffId: slot.staffId,
		staffName: cleanStaffName(staffById(catalogue, slot.staffId)?.name ?? ''),
		price: slot.price === null ? null : formatPrice(slot.price, 'en'),
	};
}

/** A visit of the client. */
export function visitForModel(visit: Appointment, catalogue: Catalogue): Record<string, unknown> {
	return {
		appointmentId: visit.id,
		start: visit.start,
		end: visit.end,
		status: visit.status,
		services: visit.serviceIds.flatMap((id) => {
			const service = serviceById(catalogue, id);
			return service === undefined ? [] : [cleanTitle(service.title)];
		}),
		staffName: cleanStaffName(staffById(catalogue, visit.staffId)?.name ?? ''),
	};
}
