import { momentOf, wallOf } from '../../kit';
import { calendarError, missingParameter } from '../errors';
import { readMoment } from '../listing';
import { type Fields, integerOf, integersOf, parameter, requiredInteger, requiredText, textsOf } from '../parameters';
import type { Portal } from '../portal';
import type { CalendarEvent } from '../records';
import type { MethodCall, MethodTable } from '../world';

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** Calendars of users: entries and who is busy when. Nothing here refuses an overlap. */
export const CALENDAR_METHODS: MethodTable = {
	'calendar.event.add': {
		scope: 'calendar',
		run: (call) => {
			const owner = ownerOf(call);
			const period = periodOf(call, call.parameters, null);
			if (period === null) throw calendarError('Не заданы даты события');
			const auto = parameter(call.parameters, 'auto_detect_section');
			if (auto !== undefined && auto !== 'Y' && parameter(call.parameters, 'section') === undefined) throw calendarError('Не указан календарь');
			const event: CalendarEvent = {
				...period, id: call.portal.nextId('calendar'), ownerId: owner, name: requiredName(call), zone: call.portal.zone, repeats: 0, ...rest(call.parameters, null),
			};
			call.portal.calendar.set(event.id, event);
			announce(call, 'ADD', event.id);
			return { result: event.id };
		},
	},
	'calendar.event.update': {
		scope: 'calendar',
		run: (call) => {
			const event = eventOf(call);
			if (ownerOf(call) !== event.ownerId) throw calendarError('Доступ запрещен');
			const name = parameter(call.parameters, 'name');
			Object.assign(event, periodOf(call, call.parameters, event), rest(call.parameters, event), name === undefined ? {} : { name: String(name) });
			announce(call, 'UPDATE', event.id);
			return { result: event.id };
		},
	},
	'calendar.event.delete': {
		scope: 'calendar',
		run: (call) => {
			const { id } = eventOf(call);
			call.portal.calendar.delete(id);
			announce(call, 'DELETE', id);
			return { result: true };
		},
	},
	'calendar.event.get': {
		scope: 'calendar',
		run: (call) => {
			const owner = ownerOf(call);
			const now = call.portal.clock.now() / 1000;
			const from = secondsOf(call, 'from') ?? now - 30 * DAY_SECONDS;
			const to = secondsOf(call, 'to') ?? now + 90 * DAY_SECONDS;
			const events = [...call.portal.calendar.values()].filter(({ ownerId }) => ownerId === owner);
			return { result: events.flatMap((event) => instancesOf(event, from, to, call.switches.recurringEvents === 'expanded').map((instance) => shown(call, instance))) };
		},
	},
	'calendar.accessibility.get': {
		scope: 'calendar',
		run: (call) => {
			const users = integersOf(parameter(call.parameters, 'users'));
			if (users.length === 0) throw missingParameter('users');
			const from = secondsOf(call, 'from');
			// both dates are whole days
			const to = secondsOf(call, 'to', 1);
			if (from === null || to === null) throw missingParameter('from');
			return { result: Object.fromEntries(users.map((user) => [String(user), busyOf(call, user, from, to)])) };
		},
	},
	'calendar.resource.booking.list': { scope: 'calendar', run: () => ({ result: [] }) },
};

function busyOf(call: MethodCall, user: number, from: number, to: number): readonly Fields[] {
	const events = [...call.portal.calendar.values()].filter(({ ownerId, attendees }) => ownerId === user || attendees.includes(user));
	const busy = events.flatMap((event) => instancesOf(event, from, to, true)).map((event) => ({ ...shown(call, event), ACCESSIBILITY: event.accessibility }));
	if (call.switches.absencesInAccessibility === 'hidden') return busy;
	const away = call.portal.absences
		.filter((absence) => absence.userId === user && utcDay(absence.from) < to && utcDay(absence.to) + DAY_SECONDS > from)
		.map((absence) => shown(call, absenceEvent(call.portal, user, absence.from, absence.to)));
	return [...busy, ...away];
}

function absenceEvent(portal: Portal, ownerId: number, from: string, to: string): CalendarEvent {
	return { id: 0, ownerId, name: 'Отпуск', fromSeconds: utcDay(from), toSeconds: utcDay(to), zone: portal.zone, allDay: true, accessibility: 'absent', description: '', crmFields: [], attendees: [], repeats: 0 };
}

/** Entries inside a window; a weekly one as its instances or once, with its rule. */
function instancesOf(event: CalendarEvent, from: number, to: number, expanded: boolean): readonly CalendarEvent[] {
	const count = expanded ? event.repeats + 1 : 1;
	return Array.from({ length: count }, (_, index) => ({ ...event, fromSeconds: event.fromSeconds + index * WEEK_SECONDS, toSeconds: event.toSeconds + index * WEEK_SECONDS })).filter(
		({ fromSeconds, toSeconds, allDay }) => fromSeconds < to && toSeconds + (allDay ? DAY_SECONDS : 0) > from,
	);
}

function shown(call: MethodCall, event: CalendarEvent): Fields {
	const display = (seconds: number): string => displayDate(wallOf(seconds * 1000, event.allDay ? 'UTC' : call.portal.zone), call.switches.displayDates === 'slashed', event.allDay);
	return {
		ID: String(event.id), NAME: event.name, OWNER_ID: String(event.ownerId), CAL_TYPE: 'user',
		DATE_FROM: display(event.fromSeconds), DATE_TO: display(event.toSeconds),
		DATE_FROM_TS_UTC: String(event.fromSeconds), DATE_TO_TS_UTC: String(event.toSeconds),
		DT_SKIP_TIME: event.allDay ? 'Y' : 'N', TZ_FROM: event.zone, TZ_TO: event.zone, ACCESSIBILITY: event.accessibility, DESCRIPTION: event.description,
		RRULE: event.repeats === 0 ? '' : { FREQ: 'WEEKLY', COUNT: String(event.repeats + 1) }, UF_CRM_CAL_EVENT: event.crmFields.length === 0 ? false : event.crmFields,
	};
}

/** `10.08.2026 11:00:00`, or `08/10/2026 11:00:00 am`. */
function displayDate(wall: string, slashed: boolean, allDay: boolean): string {
	const [year, month, day] = wall.slice(0, 10).split('-');
	const [hour = '00', minute, second] = wall.slice(11).split(':');
	if (!slashed) return allDay ? `${day}.${month}.${year}` : `${day}.${month}.${year} ${hour}:${minute}:${second}`;
	const twelve = String(Number(hour) % 12 === 0 ? 12 : Number(hour) % 12).padStart(2, '0');
	return allDay ? `${month}/${day}/${year}` : `${month}/${day}/${year} ${twelve}:${minute}:${second} ${Number(hour) < 12 ? 'am' : 'pm'}`;
}

function ownerOf(call: MethodCall): number {
	if (requiredText(call.parameters, 'type') !== 'user') throw calendarError('Неизвестный тип календаря');
	const owner = requiredInteger(call.parameters, 'ownerId');
	if (!call.portal.users.has(owner)) throw calendarError('Доступ запрещен');
	return owner;
}

function eventOf(call: MethodCall): CalendarEvent {
	const event = call.portal.calendar.get(requiredInteger(call.parameters, 'id'));
	if (event === undefined) throw calendarError('Событие не найдено');
	return event;
}

function requiredName(call: MethodCall): string {
	const name = parameter(call.parameters, 'name');
	if (typeof name !== 'string' || name === '') throw calendarError('Не задан обязательный параметр "name"');
	return name;
}

function periodOf(call: MethodCall, parameters: Fields, old: CalendarEvent | null): Pick<CalendarEvent, 'fromSeconds' | 'toSeconds' | 'allDay'> | null {
	const allDay = parameter(parameters, 'skip_time') === 'Y' || (parameter(parameters, 'skip_time') === undefined && old?.allDay === true);
	const from = endOf(call, 'from', allDay) ?? old?.fromSeconds ?? null;
	const to = endOf(call, 'to', allDay) ?? old?.toSeconds ?? null;
	if (from === null || to === null) return null;
	if (to < from) throw calendarError('Дата окончания раньше даты начала');
	return { fromSeconds: from, toSeconds: to, allDay };
}

/** A moment with an offset is itself; without one it is the wall time of `timezone_…`, else of the caller. */
function endOf(call: MethodCall, name: 'from' | 'to', allDay: boolean): number | null {
	const stamp = integerOf(parameter(call.parameters, `${name}_ts`));
	if (stamp !== null) return stamp;
	const text = parameter(call.parameters, name);
	if (typeof text !== 'string' || text === '') return null;
	if (allDay) return utcDay(text.slice(0, 10));
	const callersZone = call.portal.users.get(call.caller.userId)?.zone ?? '';
	const zone = String(parameter(call.parameters, `timezone_${name}`) ?? '') || callersZone || call.portal.zone;
	const moment = readMoment(text, zone);
	if (moment === null) throw calendarError('Неверный формат даты');
	return Math.floor(moment / 1000);
}

function rest(parameters: Fields, old: CalendarEvent | null): Pick<CalendarEvent, 'accessibility' | 'description' | 'crmFields' | 'attendees'> {
	const given = (name: string): unknown => parameter(parameters, name);
	const attendees = given('attendees') === undefined ? null : integersOf(given('attendees'));
	return {
		accessibility: String(given('accessibility') ?? old?.accessibility ?? 'busy'),
		description: String(given('description') ?? old?.description ?? ''),
		crmFields: given('crm_fields') === undefined ? (old?.crmFields ?? []) : textsOf(given('crm_fields')),
		// a meeting without a list of people loses the people it had
		attendees: attendees ?? (given('is_meeting') === 'Y' ? [] : (old?.attendees ?? [])),
	};
}

/** Midnight of a date parameter, or of so many days later. */
function secondsOf(call: MethodCall, name: string, daysLater = 0): number | null {
	const text = parameter(call.parameters, name);
	const midnight = typeof text === 'string' ? Date.parse(`${text.slice(0, 10)}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(midnight)) return null;
	const moment = momentOf(new Date(midnight + daysLater * DAY_SECONDS * 1000).toISOString().slice(0, 19), call.portal.zone);
	return moment === null ? null : moment / 1000;
}

function utcDay(date: string): number {
	return Date.parse(`${date}T00:00:00Z`) / 1000;
}

function announce({ portal }: MethodCall, what: 'ADD' | 'UPDATE' | 'DELETE', id: number): void {
	portal.emit({ name: `ONCALENDARENTRY${what}`, id, family: 'calendar' });
}
