import type { Instant } from '../booking';
import { Availability, type CalendarInput, type CalendarService, type CalendarStaff, paddedOverlap, visitShape, type VisitShape } from './availability';
import { includesMinute, type MinuteRange } from './ranges';

/** One service of a chain with its person and time. */
export interface ChainLink {
	readonly serviceId: string;
	readonly staffId: string;
	readonly start: Instant;
	readonly end: Instant;
}

/** Several services for one client in one stay. Links are in order of time. */
export interface Chain {
	readonly start: Instant;
	readonly end: Instant;
	readonly links: readonly ChainLink[];
}

/** `sequence`: one after another without a wait, in any order. `parallel`: all at the same moment, by different people. */
export type ChainMode = 'sequence' | 'parallel';

/** Every order of this many services is tried; more would be too many orders and too long a stay. */
export const MAX_CHAIN_SERVICES = 4;

interface Option {
	readonly service: CalendarService;
	readonly staff: CalendarStaff;
	readonly shape: VisitShape;
	readonly starts: readonly MinuteRange[];
}

/** Everybody who can do one of the services. */
type Group = readonly Option[];

interface Placed {
	readonly option: Option;
	readonly start: number;
}

/**
 * For each start on the grid the best chain that covers all services, sorted by start: the one that ends first, then
 * the one with fewest people, then by service and staff id. All orders are searched. Two links of the same person, or
 * with a shared resource, keep their buffers apart, as separate visits would have to. Only the first link lies inside
 * `from..to`; all links lie inside the horizon.
 *
 * Throws `RangeError` as `freeStarts` does, and for more than {@link MAX_CHAIN_SERVICES} services.
 */
export function freeChains(input: CalendarInput, mode: ChainMode = 'sequence'): Chain[] {
	if (input.services.length > MAX_CHAIN_SERVICES) throw new RangeError(`A chain has at most ${MAX_CHAIN_SERVICES} services; book the rest as a second visit`);
	if (input.services.length === 0) return [];
	const availability = new Availability(input);
	const groups = input.services.map((service) => optionsOf(availability, service)).sort((a, b) => ((a[0]?.service.id ?? '') < (b[0]?.service.id ?? '') ? -1 : 1));
	if (groups.some((options) => options.length === 0)) return [];
	const starts = new Set(groups.flatMap((options) => options.flatMap((option) => availability.gridStarts(option.starts))));
	return [...starts].sort((a, b) => a - b).flatMap((start) => {
		const best = bestChain(availability, groups, start, mode);
		return best === null ? [] : [format(availability, best)];
	});
}

function optionsOf(availability: Availability, service: CalendarService): Option[] {
	return [...availability.input.staff]
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.flatMap((staff) => {
			const shape = visitShape(staff, [service]);
			if (shape === null) return [];
			const starts = availability.startRanges(staff, shape);
			return starts.length === 0 ? [] : [{ service, staff, shape, starts }];
		});
}

function bestChain(availability: Availability, groups: readonly Group[], start: number, mode: ChainMode): readonly Placed[] | null {
	let best: { placed: readonly Placed[]; end: number; people: number } | null = null;
	const search = (left: readonly Group[], at: number, placed: readonly Placed[]): void => {
		const end = Math.max(start, ...placed.map(endOf));
		const people = new Set(placed.map(({ option }) => option.staff.id)).size;
		const earliestEnd = mode === 'parallel' ? end : left.reduce((sum, group) => sum + shortest(group), end);
		if (best !== null && (earliestEnd > best.end || (earliestEnd === best.end && people >= best.people))) return;
		if (left.length === 0) {
			best = { placed, end, people };
			return;
		}
		// In parallel every order is the same set of links, so the first open service is the only branch.
		for (const group of mode === 'parallel' ? left.slice(0, 1) : left) {
			for (const option of group) {
				const next = { option, start: at };
				// A link after midnight may lie past the dates asked for, but not past what may be booked: it is a visit of its own.
				if (!includesMinute(option.starts, at) || !availability.withinHorizon(at) || placed.some((link) => collide(link, next, mode))) continue;
				search(left.filter((other) => other !== group), mode === 'parallel' ? at : endOf(next), [...placed, next]);
			}
		}
	};
	search(groups, start, []);
	return (best as { placed: readonly Placed[] } | null)?.placed ?? null;
}

function shortest(group: Group): number {
	return Math.min(...group.map(({ shape }) => shape.duration));
}

function endOf({ option, start }: Placed): number {
	return start + option.shape.duration;
}

function collide(one: Placed, other: Placed, mode: ChainMode): boolean {
	const samePerson = one.option.staff.id === other.option.staff.id;
	if (mode === 'parallel' && samePerson) return true;
	const sharedResource = one.option.shape.resourceIds.some((id) => other.option.shape.resourceIds.includes(id));
	return (samePerson || sharedResource) && paddedOverlap({ start: one.start, shape: one.option.shape }, { start: other.start, shape: other.option.shape });
}

function format({ clock }: Availability, placed: readonly Placed[]): Chain {
	const links = placed.map((link) => ({
		serviceId: link.option.service.id,
		staffId: link.option.staff.id,
		start: clock.format(link.start),
		end: clock.format(endOf(link)),
	}));
	const first = Math.min(...placed.map(({ start }) => start));
	const last = Math.max(...placed.map(endOf));
	return { start: clock.format(first), end: clock.format(last), links };
}
