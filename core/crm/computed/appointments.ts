import { type Appointment, type AppointmentQuery, type Outcome, ok } from '../../booking';
import { minuteOf } from '../../calendar';
import { inputs } from '../http';
import type { Context } from './context';

/** Visits that begin in the window, by start. */
export async function appointments(context: Context, query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
	const parsed = inputs.parseInput(inputs.APPOINTMENT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { clientId, staffId, from, to, includeCancelled } = parsed.value;
	const salon = await context.salon();
	if (salon.kind !== 'ok') return salon;
	const listed = await context.source.list(parsed.value, salon.value);
	if (listed.kind !== 'ok') return listed;
	const [first, last] = [minuteOf(from, 'up'), minuteOf(to, 'up')];
	const asked = new Map<string, Appointment>();
	for (const { appointment } of listed.value) {
		const start = minuteOf(appointment.start);
		// a filter the vendor did not understand must not turn a stranger's visit into the client's
		const isOf = (clientId === undefined || appointment.clientId === clientId) && (staffId === undefined || appointment.staffId === staffId);
		if (isOf && start >= first && start < last && (includeCancelled || appointment.status !== 'cancelled')) asked.set(appointment.id, appointment);
	}
	return ok([...asked.values()].sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || (a.id < b.id ? -1 : 1)));
}
