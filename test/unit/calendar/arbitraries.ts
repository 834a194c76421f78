import * as fc from 'fast-check';
import type { WallRange, Zone } from '../../../core/booking';
import type { BusyInterval, CalendarInput, CalendarService, CalendarStaff, DayPlan } from '../../../core/calendar';
import { shiftDate } from './minute-grid';

/** Days around clock changes (and plain ones) in zones whose offsets and changes are not whole hours too. */
export const ZONE_DAYS: readonly { zone: Zone; date: string; plain: boolean }[] = [
	{ zone: 'Europe/Berlin', date: '2026-03-29', plain: false },
	{ zone: 'Europe/Berlin', date: '2026-10-25', plain: false },
	{ zone: 'America/New_York', date: '2026-03-08', plain: false },
	{ zone: 'America/New_York', date: '2026-11-01', plain: false },
	{ zone: 'Australia/Lord_Howe', date: '2026-04-05', plain: false },
	{ zone: 'Australia/Lord_Howe', date: '2026-10-04', plain: false },
	{ zone: 'Asia/Kolkata', date: '2026-06-15', plain: true },
	{ zone: 'Asia/Kathmandu', date: '2026-12-31', plain: true },
	{ zone: 'Europe/Moscow', date: '2026-11-24', plain: true },
];

const pad = (value: number): string => String(value).padStart(2, '0');
const wall = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

const wallRange: fc.Arbitrary<WallRange> = fc
	.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 0, max: 96 }))
	.map(([from, to]) => ({ from: wall(from * 15), to: wall(to * 15) }));

const dayPlan: fc.Arbitrary<DayPlan> = fc.record({
	hours: fc.array(wallRange, { maxLength: 2 }),
	breaks: fc.array(
		fc.tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 5, max: 55 })).map(([from, length]) => ({ from: wall(from), to: wall(from + length) })),
		{ maxLength: 2 },
	),
});

const services = fc.uniqueArray(
	fc.record({
		id: fc.constantFrom('cut', 'color', 'class'),
		durationMinutes: fc.integer({ min: 1, max: 30 }).map((units) => units * 5),
		bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 10),
		bufferAfterMinutes: fc.constantFrom(0, 0, 5, 25),
		capacity: fc.constantFrom(1, 1, 3),
		resourceIds: fc.subarray(['chair', 'lamp']),
	}),
	{ minLength: 1, maxLength: 2, selector: (service: CalendarService) => service.id },
);

const overrides = fc.record({ durationMinutes: fc.integer({ min: 1, max: 24 }).map((units) => units * 5) }, { requiredKeys: [] });

function staff(date: string): fc.Arbitrary<CalendarStaff[]> {
	const exceptions = fc.dictionary(fc.constantFrom(shiftDate(date, -1), date, shiftDate(date, 1)), dayPlan, { maxKeys: 1 });
	const weekly = fc.record({ 1: dayPlan, 2: dayPlan, 3: dayPlan, 4: dayPlan, 5: dayPlan, 6: dayPlan, 7: dayPlan }, { requiredKeys: [] });
	return fc.uniqueArray(
		fc.record({
			id: fc.constantFrom('anna', 'boris', 'vera'),
			schedule: fc.record({ weekly, exceptions }),
			services: fc.record({ cut: overrides, color: overrides, class: overrides }, { requiredKeys: ['cut', 'class'] }),
		}),
		{ minLength: 1, maxLength: 2, selector: (member: CalendarStaff) => member.id },
	);
}

export function busyInterval(date: string): fc.Arbitrary<BusyInterval> {
	const base = Date.parse(`${date}T00:00:00Z`);
	return fc
		.record({
			target: fc.constantFrom('anna', 'boris', 'vera', 'chair', 'lamp'),
			start: fc.integer({ min: -1440, max: 2880 }),
			length: fc.integer({ min: -10, max: 300 }),
			shared: fc.constantFrom(undefined, 'class', 'cut'),
			heads: fc.constantFrom(1, 1, 2),
			visitId: fc.constantFrom(undefined, 'moved', 'kept'),
		})
		.map(({ target, start, length, shared, heads, visitId }) => ({
			calendar: target === 'chair' || target === 'lamp' ? 'resource' : 'staff',
			id: target,
			start: new Date(base + start * 60_000).toISOString(),
			end: new Date(base + (start + length) * 60_000).toISOString(),
			heads,
			sharedBy: shared,
			visitId,
		}));
}

/** Questions of one to two days around one of the zone days. */
export function calendarInput(days = ZONE_DAYS): fc.Arbitrary<CalendarInput> {
	return fc.constantFrom(...days).chain(({ zone, date }) =>
		fc.record({
			zone: fc.constant(zone),
			now: fc.integer({ min: -2880, max: 1440 }).map((minute) => new Date(Date.parse(`${date}T00:00:30Z`) + minute * 60_000).toISOString()),
			from: fc.constant(date),
			to: fc.constantFrom(date, shiftDate(date, 1)),
			noticeMinutes: fc.constantFrom(0, 30, 61),
			horizonDays: fc.constantFrom(0, 1, 2, 30),
			stepMinutes: fc.constantFrom(5, 15, 20, 30, 45, 60),
			services,
			staff: staff(date),
			resources: fc.constant([
				{ id: 'chair', capacity: 2 },
				{ id: 'lamp', capacity: 1 },
			]),
			busy: fc.array(busyInterval(date), { maxLength: 6 }),
			excludeVisitId: fc.constantFrom(undefined, 'moved'),
		}),
	);
}
