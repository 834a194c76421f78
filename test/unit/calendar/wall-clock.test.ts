import { dateOf, dayOf, minuteOf, wallMinute, weekdayOf, zoneClock } from '../../../core/calendar';

const iso = (minute: number | null): string | null => (minute === null ? null : new Date(minute * 60_000).toISOString());

describe('wall clock', () => {
	it.each([
		['Europe/Berlin', '2026-03-29', '02:30', null, '2026-03-29T01:00:00.000Z'],
		['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T00:30:00.000Z'],
		['America/New_York', '2026-03-08', '02:00', null, '2026-03-08T07:00:00.000Z'],
		['America/New_York', '2026-11-01', '01:00', '2026-11-01T05:00:00.000Z', '2026-11-01T05:00:00.000Z'],
		['Australia/Lord_Howe', '2026-10-04', '02:15', null, '2026-10-03T15:30:00.000Z'],
		['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T14:45:00.000Z'],
		['Asia/Kathmandu', '2026-12-31', '00:00', '2026-12-30T18:15:00.000Z', '2026-12-30T18:15:00.000Z'],
		// The island skipped a whole day.
		['Pacific/Apia', '2011-12-30', '12:00', null, '2011-12-30T10:00:00.000Z'],
	])('%s %s %s is %s and bounds at %s', (zone, date, time, at, boundary) => {
		const clock = zoneClock(zone);
		expect(iso(clock.at(dayOf(date), wallMinute(time)))).toBe(at);
		expect(iso(clock.boundary(dayOf(date), wallMinute(time)))).toBe(boundary);
	});

	it('writes instants with the offset of the moment', () => {
		const clock = zoneClock('America/New_York');
		expect(clock.format(minuteOf('2026-11-01T05:30:00Z'))).toBe('2026-11-01T01:30:00-04:00');
		expect(clock.format(minuteOf('2026-11-01T06:30:00Z'))).toBe('2026-11-01T01:30:00-05:00');
		expect(zoneClock('Asia/Kathmandu').format(minuteOf('2026-01-01T00:00:00Z'))).toBe('2026-01-01T05:45:00+05:45');
	});

	it('counts days and weekdays before and after the epoch', () => {
		expect(dayOf('1970-01-01')).toBe(0);
		expect(dateOf(dayOf('2028-02-29'))).toBe('2028-02-29');
		expect([weekdayOf(dayOf('2026-11-21')), weekdayOf(dayOf('2026-11-22')), weekdayOf(dayOf('1969-12-29'))]).toEqual([6, 7, 1]);
	});

	it('refuses what is not a date, time, instant or zone', () => {
		for (const bad of ['2026-02-29', '2026-13-01', '26-01-01', '']) expect(() => dayOf(bad)).toThrow(RangeError);
		for (const bad of ['24:01', '7:00', '12:60', '']) expect(() => wallMinute(bad)).toThrow(RangeError);
		for (const bad of ['2026-11-24T15:00:00', '2026-11-24', 'soon']) expect(() => minuteOf(bad)).toThrow(RangeError);
		expect(() => zoneClock('Mars/Olympus')).toThrow(RangeError);
	});
});
