import { type AppointmentReader, type BookingCrm, mapOutcome, type Service, type StaffMember } from '../../booking';
import { appointments } from './appointments';
import { createAppointment, findByOperation } from './booking';
import { cancelAppointment, rescheduleAppointment } from './changes';
import type { Context } from './context';
import type { Salon } from './salon';
import { availableDates, slots } from './slots';

export type ComputedParts = Omit<Context, 'sleep' | 'random'> & Partial<Pick<Context, 'sleep' | 'random'>>;

/** The operations of the booking port that a plan and a source of visits are enough for; clients and streams are the vendor's own. */
export function computedOperations(parts: ComputedParts): Omit<BookingCrm, 'capabilities' | 'findClient' | 'createClient' | 'updateClient' | 'stream'> & AppointmentReader {
	const context: Context = { sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), random: Math.random, ...parts };
	return {
		company: async () => mapOutcome(await context.salon(), ({ company }) => company),
		services: async () => mapOutcome(await context.salon(), ({ services }) => services.map(serviceOf)),
		staff: async () => mapOutcome(await context.salon(), ({ staff }) => staff.map(memberOf)),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		appointments: (query) => appointments(context, query),
		appointment: async (id) => mapOutcome(await context.source.read(id), ({ appointment }) => appointment),
		createAppointment: (appointment, key) => createAppointment(context, appointment, key),
		rescheduleAppointment: (id, to, key) => rescheduleAppointment(context, id, to, key),
		cancelAppointment: (id, key) => cancelAppointment(context, id, key),
		findByOperation: (key) => findByOperation(context, key),
	};
}

function serviceOf({ bufferBeforeMinutes: _before, bufferAfterMinutes: _after, ...service }: Salon['services'][number]): Service {
	return service;
}

function memberOf({ schedule: _schedule, ...member }: Salon['staff'][number]): StaffMember {
	return member;
}
