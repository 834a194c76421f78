import type { Appointment, Outcome } from '../../../core/booking';
import type { OpenRow } from '../../contract/simulators/onec/rows';
import { valueOf } from '../../contract/support/bench';
import { type Base, type BaseOptions, openBase, RESERVATION } from '../../contract/support/onec-base';
import { DAY, on, PHONE, VENDOR_SALON } from '../../contract/support/vendor-bench';

/** A field of its own for the mark of an operation. */
export const MARKER = { marker: 'Маркер' };

/** A base with a client, and short ways to book in it and to look into it past the adapter. */
export interface Desk {
	readonly base: Base;
	readonly clientId: string;
	book(time?: string, key?: string, more?: object): Promise<Outcome<Appointment>>;
	move(id: string, time: string, key?: string): Promise<Outcome<Appointment>>;
	rows(): readonly OpenRow[];
	live(): readonly OpenRow[];
	/** Wall times of the reserved cells. */
	cells(): readonly string[];
	/** Free starts of a person on the day. */
	free(staff: string): Promise<readonly string[]>;
}

/** Opens a base whose visits have a marker, unless the options say otherwise. */
export async function openDesk(options: BaseOptions = {}): Promise<Desk> {
	const base = await openBase(VENDOR_SALON, { mapping: { visit: MARKER }, ...options });
	const clientId = valueOf(await base.crm.createClient({ name: 'Вера', phone: PHONE })).id;
	const rows = (): readonly OpenRow[] => [...base.sim.state.rowsOf(base.sets.visit).values()];
	return {
		base, clientId, rows,
		book: (time = '12:00', key = `book ${time}`, more = {}) => base.crm.createAppointment({ clientId, serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on(time), ...more }, key),
		move: (id, time, key = 'move') => base.crm.rescheduleAppointment(id, { start: on(time) }, key),
		live: () => rows().filter(({ DeletionMark }) => DeletionMark !== true),
		cells: () => [...base.sim.state.rowsOf(RESERVATION.entity).values()].map((row) => String(row['Ячейка']).slice(11, 16)).sort(),
		free: async (staff) => valueOf(await base.crm.slots({ serviceIds: [base.serviceId('cut')], staffId: base.staffId(staff), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16)),
	};
}
