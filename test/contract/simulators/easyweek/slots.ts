import { isoOf, json, momentOf, type Answer, type Route, route, type SimRequest, wallOf } from '../kit';
import { BASE, inLocation } from './catalogue';
import { failed, invalid } from './envelope';
import { DAYS, type Location, type Service, type World } from './world';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MAX_RANGE_DAYS = 93;

/** `GET /locations/{l}/time-slots`, in one of its two shapes. */
export function slotRoutes(world: World): readonly Route[] {
	return [route('GET', `${BASE}/locations/{location}/time-slots`, (request) => inLocation(world, request, (location) => slots(world, request, location)))];
}

function slots(world: World, request: SimRequest, location: Location): Answer {
	const service = world.services.get(request.query.get('service_uuid') ?? '');
	const [from, to] = [dayOf(request.query.get('range_start')), dayOf(request.query.get('range_end'))];
	if (service === undefined) return invalid({ service_uuid: 'The selected service uuid is invalid.' });
	if (from === null || to === null) return invalid({ [from === null ? 'range_start' : 'range_end']: 'The range is not a valid date.' });
	if (to < from || to - from > MAX_RANGE_DAYS * DAY) return invalid({ range_end: 'The range may not be greater than 3 months.' });
	const staffer = request.query.get('staffer_uuid') ?? undefined;
	if (staffer !== undefined && !world.staffers.has(staffer)) return failed(404, 'No query results for model [Staffer].');
	const zone = request.query.get('timezone') ?? location.zone;
	const dates: { readonly date: string; readonly starts: readonly number[] }[] = [];
	for (let day = from; day <= to; day += DAY) {
		const date = new Date(day).toISOString().slice(0, 10);
		const starts = startsOf(world, location, service, date, staffer);
		if (starts.length > 0 || world.switches.emptyDays === 'empty') dates.push({ date, starts });
	}
	return json(200, world.switches.slotShape === 'A' ? shapeA(world, location, service, zone, dates, staffer) : shapeB(zone, service, dates));
}

type Dates = readonly { readonly date: string; readonly starts: readonly number[] }[];

function shapeA(world: World, location: Location, service: Service, zone: string, dates: Dates, staffer?: string): unknown {
	const slot = (start: number): unknown => {
		const end = start + service.minutes * MINUTE;
		return { start: isoOf(start, zone), end: isoOf(end, zone), price: service.price, quantity: freeStaff(world, location, service, start, staffer).length };
	};
	return { data: { timezone: zone, currency: world.workspace.currency, dates: dates.map(({ date, starts }) => ({ date, slots: starts.map(slot) })) } };
}

/** The end is in seconds since midnight here, whatever its name says. */
function shapeB(zone: string, service: Service, dates: Dates): unknown {
	const interval = (start: number): unknown => {
		const clock = wallOf(start, zone).slice(11, 16);
		const [hours = 0, minutes = 0] = clock.split(':').map(Number);
		return { start_formatted: clock, end_formatted: String((hours * 60 + minutes + service.minutes) * 60) };
	};
	return { dates: dates.map(({ date, starts }) => ({ date, intervals: starts.map(interval) })) };
}

/** Free starts of a day; the past is cut off. */
function startsOf(world: World, location: Location, service: Service, date: string, staffer?: string): readonly number[] {
	return gridOf(location, date).filter(
		({ start, close }) => start > world.clock.now() && start + service.minutes * MINUTE <= close && freeStaff(world, location, service, start, staffer).length > 0,
	).map(({ start }) => start);
}

/** Every start of a day's grid with the end of its hours. */
function gridOf(location: Location, date: string): readonly { readonly start: number; readonly close: number }[] {
	const weekday = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'mon';
	return (location.hours[weekday] ?? []).flatMap(({ from, to }) => {
		const close = wallMoment(date, to, location.zone);
		const [first, last] = [minuteOf(from), minuteOf(to)];
		const starts: { start: number; close: number }[] = [];
		for (let minute = first; close !== null && minute < last; minute += location.stepMinutes) {
			const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
			const start = wallMoment(date, clock, location.zone);
			if (start !== null) starts.push({ start, close });
		}
		return starts;
	});
}

function wallMoment(date: string, clock: string, zone: string): number | null {
	if (clock !== '24:00') return momentOf(`${date}T${clock}:00`, zone);
	return momentOf(`${new Date(Date.parse(`${date}T00:00:00Z`) + DAY).toISOString().slice(0, 10)}T00:00:00`, zone);
}

function minuteOf(clock: string): number {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
}

/** Who of the location does this service and is free then. */
export function freeStaff(world: World, location: Location, service: Service, start: number, staffer?: string): readonly string[] {
	return [...world.staffers.values()]
		.filter((one) => one.location === location.uuid && (staffer === undefined || one.uuid === staffer))
		.filter((one) => one.services.has(service.uuid) && world.isFree(one.uuid, start, start + service.minutes * MINUTE))
		.map(({ uuid }) => uuid);
}

/** True for a start of the grid that lies ahead and ends within hours. */
export function isOpen(world: World, location: Location, start: number, minutes: number): boolean {
	const date = wallOf(start, location.zone).slice(0, 10);
	return start > world.clock.now() && gridOf(location, date).some((one) => one.start === start && start + minutes * MINUTE <= one.close);
}

function dayOf(text: string | null): number | null {
	const day = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0];
	const moment = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
	return Number.isNaN(moment) ? null : moment;
}
