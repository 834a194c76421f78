import { type Outcome, ok, type Zone } from '../../booking';
import type { VendorStaff } from '../computed';
import { folded } from '../reading';
import { readEach } from './batch';
import * as calls from './calls';
import type { Context } from './context';
import { joinName } from './names';
import { PAGE_SIZE } from './pages';
import { scheduleOf } from './schedule';
import type { ResourceWire, SlotRowWire, UserWire } from './wire';

/** Who can be booked, with what their schedules tell of the salon. */
export interface People {
	/** Null leaves the list to the salon plan. */
	readonly staff: readonly VendorStaff[] | null;
	readonly zone: Zone | null;
	readonly stepMinutes: number | null;
}

/** Resources of online booking with their hours. One without hours cannot be booked. */
export async function readResources(context: Context): Promise<Outcome<People>> {
	const { transport, settings } = context;
	const all = await readResourceList(context);
	if (all.kind !== 'ok') return all;
	const types = settings.mode === 'booking' ? settings.resourceTypeIds : [];
	const resources = all.value.filter(({ typeId }) => types.length === 0 || (typeId !== null && typeId !== undefined && types.includes(typeId)));
	const rows = await readEach(transport, resources.map(({ id }) => calls.resourceSlots(id)));
	if (rows.kind !== 'ok') return rows;
	const slots = rows.value.map(({ items }) => items);
	const zone = settings.plan.company.zone ?? usual(slots.flat().map(({ timezone }) => timezone));
	const sizes = slots.flat().flatMap(({ slotSize }) => (slotSize === null || slotSize === undefined ? [] : [slotSize]));
	return ok({
		zone,
		stepMinutes: sizes.length === 0 ? null : Math.min(...sizes),
		staff: resources.map((resource, index) => staffOf(context, resource, slots[index] ?? [], zone)),
	});
}

/** All resources of online booking. */
export async function readResourceList({ transport }: Pick<Context, 'transport'>): Promise<Outcome<readonly ResourceWire[]>> {
	const found = new Map<string, ResourceWire>();
	for (;;) {
		const answer = await transport.read(calls.resources(found.size));
		if (answer.kind !== 'ok') return answer;
		const before = found.size;
		for (const resource of answer.value.items) found.set(resource.id, resource);
		// some portals do not page this list: then the next page brings nothing new
		if (answer.value.items.length < PAGE_SIZE || found.size === before) return ok([...found.values()]);
	}
}

function staffOf({ settings, clock }: Context, { id, name, description }: ResourceWire, rows: readonly SlotRowWire[], zone: Zone | null): VendorStaff {
	const position = description.trim();
	const schedule = scheduleOf(rows, zone, { now: clock(), holidays: Object.keys(settings.plan.company.exceptions) });
	return { id, name: name.trim(), position: position === '' ? null : position, schedule, active: true };
}

/** Employees of the portal; their hours are the plan's. */
export async function readEmployees({ transport, settings }: Context): Promise<Outcome<People>> {
	const none: People = { staff: null, zone: null, stepMinutes: null };
	if (settings.mode === 'crm' && settings.visits.people === 'plan') return ok(none);
	const users: UserWire[] = [];
	for (;;) {
		const answer = await transport.read(calls.users(users.at(-1)?.ID ?? '0'));
		if (answer.kind !== 'ok') return answer;
		const known = new Set(users.map(({ ID }) => ID));
		const fresh = answer.value.items.filter(({ ID }) => !known.has(ID));
		users.push(...fresh);
		if (answer.value.items.length < PAGE_SIZE || fresh.length === 0) break;
	}
	const named = settings.plan.staff;
	const isNamed = ({ id, name }: VendorStaff): boolean => named.some((row) => (row.id === undefined ? folded(row.name) === folded(name) : row.id === id));
	const employees = users.map(employeeOf);
	// a portal has people who serve nobody: once the plan names some, it names all
	return ok({ ...none, staff: named.length === 0 ? employees : employees.filter(isNamed) });
}

/** A user as one of the salon's people. */
export function employeeOf({ ID, ACTIVE, NAME, LAST_NAME, WORK_POSITION }: UserWire): VendorStaff {
	const position = WORK_POSITION.trim();
	return { id: ID, name: joinName({ name: NAME, lastName: LAST_NAME }), position: position === '' ? null : position, active: ACTIVE !== false };
}

function usual(values: readonly string[]): string | null {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
