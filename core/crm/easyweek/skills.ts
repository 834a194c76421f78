import { type Outcome, ok, type StaffMember } from '../../booking';
import { dateOf, minuteOf, zoneClock } from '../../calendar';
import * as calls from './calls';
import type { Context } from './context';
import type { Branch, Catalogue } from './facts';
import { mapAll } from './pages';

/** What is known of one person and one service. */
type Known = boolean | null;

/**
 * Who does what. The vendor has no list of it: a person does a service when free starts of it are offered with the
 * person, which costs a question for each pair. What was learnt is kept for hours.
 */
export interface Skills {
	known(context: Context, serviceId: string, staffId: string): Known;
	learn(context: Context, serviceId: string, staffId: string, does: boolean): void;
}

const KEPT_MS = 21_600_000;
/** Somebody back from a long leave is not left out for longer. */
const KEPT_NO_MS = 3_600_000;
const MOST_PAIRS = 20_000;
/** Pairs asked about for one list of people; the rest is asked about with the next ones. */
const MOST_QUESTIONS = 12;
/** The vendor offers starts of less than three months at once. */
const MOST_DAYS = 85;

export function createSkills(): Skills {
	const cells = new Map<string, { readonly at: number; readonly does: boolean }>();
	return {
		known: ({ settings, clock }, serviceId, staffId) => {
			if (settings.staffServices !== undefined) return settings.staffServices[staffId]?.includes(serviceId) ?? false;
			const cell = cells.get(`${staffId} ${serviceId}`);
			const age = cell === undefined ? -1 : Date.parse(clock()) - cell.at;
			return cell !== undefined && age >= 0 && age < (cell.does ? KEPT_MS : KEPT_NO_MS) ? cell.does : null;
		},
		learn: ({ clock }, serviceId, staffId, does) => {
			if (cells.size >= MOST_PAIRS) cells.clear();
			cells.set(`${staffId} ${serviceId}`, { at: Date.parse(clock()), does });
		},
	};
}

/** Whether the person does the service, asked of the vendor when it is not known: somebody without one free time until the horizon does not. */
export async function isSkilled(context: Context, { zone }: Branch, serviceId: string, staffId: string): Promise<Outcome<boolean>> {
	const known = context.facts.skills.known(context, serviceId, staffId);
	if (known !== null) return ok(known);
	const today = zoneClock(zone).wall(minuteOf(context.clock())).day;
	const last = today + Math.min(context.settings.bookingHorizonDays + 1, MOST_DAYS);
	const answer = await context.transport.read(
		calls.timeSlots(context.locationId, { service_uuid: serviceId, staffer_uuid: staffId, range_start: dateOf(today), range_end: dateOf(last), timezone: zone }),
	);
	if (answer.kind !== 'ok') return answer;
	const does = answer.value.dates.some(({ free }) => free.length > 0);
	context.facts.skills.learn(context, serviceId, staffId, does);
	return ok(does);
}

/** People with what they do. Of a large location only some pairs are asked about at once; until then a person counts as doing a service, and a search for free times tells. */
export async function skilledStaff(context: Context, branch: Branch, { services, staff }: Catalogue): Promise<Outcome<readonly StaffMember[]>> {
	const pairs = staff.flatMap((person) => services.filter(({ bookableOnline }) => bookableOnline).map(({ id }) => ({ serviceId: id, staffId: person.id })));
	const open = pairs.filter(({ serviceId, staffId }) => context.facts.skills.known(context, serviceId, staffId) === null);
	const learnt = await mapAll(open.slice(0, MOST_QUESTIONS), ({ serviceId, staffId }) => isSkilled(context, branch, serviceId, staffId));
	if (learnt.kind !== 'ok') return learnt;
	return ok(
		staff.map((person): StaffMember => {
			const does = pairs.filter(({ serviceId, staffId }) => staffId === person.id && context.facts.skills.known(context, serviceId, staffId) !== false);
			return { id: person.id, name: person.name, position: person.position, active: true, bookable: person.bookable, services: does.map(({ serviceId }) => ({ serviceId })) };
		}),
	);
}
