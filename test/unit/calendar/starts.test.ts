import { type CalendarInput, freeStarts } from '../../../core/calendar';
import { startCpuClock } from '../../support/cpu';

const DAY = { hours: [{ from: '10:00', to: '12:00' }] };
const base: CalendarInput = {
	zone: 'Europe/Moscow',
	now: '2026-11-20T12:00:00+03:00',
	from: '2026-11-24',
	to: '2026-11-24',
	noticeMinutes: 0,
	horizonDays: 60,
	stepMinutes: 30,
	services: [{ id: 'cut', durationMinutes: 60 }],
	staff: [{ id: 'anna', schedule: { weekly: { 2: DAY } }, services: { cut: {} } }],
	busy: [],
};
const times = (input: CalendarInput): string[] => freeStarts(input).map((slot) => slot.start.slice(11, 16));
const withPlan = (weekly: NonNullable<CalendarInput['staff'][0]>['schedule']['weekly'], exceptions = {}): CalendarInput['staff'] => [
	{ id: 'anna', schedule: { weekly, exceptions }, services: { cut: {} } },
];

describe('free starts by example', () => {
	it('fit into working hours to the last minute', () => {
		expect(freeStarts(base)[0]).toEqual({ start: '2026-11-24T10:00:00+03:00', end: '2026-11-24T11:00:00+03:00', staffId: 'anna' });
		expect(times(base)).toEqual(['10:00', '10:30', '11:00']);
	});

	it('touch busy time but never share a minute with it, buffers included', () => {
		const busy = [{ calendar: 'staff' as const, id: 'anna', start: '2026-11-24T11:00:00+03:00', end: '2026-11-24T11:15:00+03:00' }];
		expect(times({ ...base, busy })).toEqual(['10:00']);
		const buffered = [{ id: 'cut', durationMinutes: 60, bufferAfterMinutes: 5 }];
		expect(times({ ...base, services: buffered, busy })).toEqual([]);
		expect(times({ ...base, services: buffered })).toEqual(['10:00', '10:30', '11:00']);
	});

	it('use the duration of the person', () => {
		const staff = [{ id: 'anna', schedule: { weekly: { 2: DAY } }, services: { cut: { durationMinutes: 105 } } }];
		expect(times({ ...base, staff })).toEqual(['10:00']);
	});

	it('count notice and horizon inclusively', () => {
		const now = '2026-11-24T09:00:00+03:00';
		expect(times({ ...base, now, noticeMinutes: 60 })).toContain('10:00');
		expect(times({ ...base, now, noticeMinutes: 61 })).not.toContain('10:00');
		expect(times({ ...base, now: '2026-11-24T09:00:01+03:00', noticeMinutes: 60 })).not.toContain('10:00');
		expect(times({ ...base, now: '2026-11-20T23:59:00+03:00', horizonDays: 4 })).toHaveLength(3);
		expect(times({ ...base, now: '2026-11-20T23:59:00+03:00', horizonDays: 3 })).toHaveLength(0);
	});

	it('run through midnight and belong to the date of the wall clock', () => {
		const night = withPlan({ 1: { hours: [{ from: '22:00', to: '02:00' }], breaks: [{ from: '00:30', to: '01:00' }] } });
		expect(times({ ...base, staff: night, from: '2026-11-23', to: '2026-11-23' })).toEqual(['22:00', '22:30', '23:00', '23:30']);
		expect(times({ ...base, staff: night })).toEqual(['01:00']);
	});

	it('end a day at 24:00, and read 23:59 as that', () => {
		for (const to of ['24:00', '00:00', '23:59']) {
			expect(times({ ...base, staff: withPlan({ 2: { hours: [{ from: '22:00', to }] } }) })).toEqual(['22:00', '22:30', '23:00']);
		}
	});

	it('let an exception replace the date, the night before included', () => {
		const night = { 1: { hours: [{ from: '22:00', to: '02:00' }] }, 2: DAY };
		expect(times({ ...base, staff: withPlan(night) })).toContain('00:00');
		expect(times({ ...base, staff: withPlan(night, { '2026-11-24': { hours: [] } }) })).toEqual([]);
		const moved = withPlan(night, { '2026-11-24': { hours: [{ from: '15:00', to: '16:00' }] } });
		expect(times({ ...base, staff: moved })).toEqual(['15:00']);
	});

	it('share a group service up to its capacity, and only with itself', () => {
		const services = [{ id: 'cut', durationMinutes: 120, capacity: 2 }];
		const visit = { calendar: 'staff' as const, id: 'anna', start: '2026-11-24T10:00:00+03:00', end: '2026-11-24T12:00:00+03:00' };
		expect(times({ ...base, services, busy: [{ ...visit, sharedBy: 'cut' }] })).toEqual(['10:00']);
		expect(times({ ...base, services, busy: [{ ...visit, sharedBy: 'cut' }, { ...visit, sharedBy: 'cut' }] })).toEqual([]);
		expect(times({ ...base, services, busy: [{ ...visit, sharedBy: 'yoga' }] })).toEqual([]);
		expect(times({ ...base, services, busy: [visit] })).toEqual([]);
	});

	it('need a place on every resource; an unknown resource has none', () => {
		const services = [{ id: 'cut', durationMinutes: 60, resourceIds: ['chair'] }];
		const busy = [{ calendar: 'resource' as const, id: 'chair', start: '2026-11-24T10:00:00+03:00', end: '2026-11-24T10:30:00+03:00' }];
		expect(times({ ...base, services, busy, resources: [{ id: 'chair', capacity: 1 }] })).toEqual(['10:30', '11:00']);
		expect(times({ ...base, services, busy, resources: [{ id: 'chair', capacity: 2 }] })).toHaveLength(3);
		expect(times({ ...base, services })).toEqual([]);
	});

	it('align to the wall clock of zones with odd offsets', () => {
		const staff = withPlan({ 2: { hours: [{ from: '10:10', to: '12:10' }] } });
		expect(times({ ...base, zone: 'Asia/Kathmandu', staff })).toEqual(['10:30', '11:00']);
	});

	it('answer 20 people over 30 days at more than 50,000 starts a second', () => {
		const weekly = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, { hours: [{ from: '09:00', to: '21:00' }], breaks: [{ from: '13:00', to: '13:30' }] }]));
		const staff = Array.from({ length: 20 }, (_, index) => ({ id: `s${index}`, schedule: { weekly }, services: { cut: {} } }));
		const busy = staff.flatMap(({ id }) =>
			Array.from({ length: 120 }, (_, index) => ({
				calendar: 'staff' as const,
				id,
				start: new Date(Date.UTC(2026, 10, 24) + index * 6 * 3_600_000).toISOString(),
				end: new Date(Date.UTC(2026, 10, 24, 1) + index * 6 * 3_600_000).toISOString(),
			})),
		);
		const input = { ...base, to: '2026-12-23', stepMinutes: 15, staff, busy };
		// The best of several runs: the machine may be busy with something else during one of them.
		const runs = Array.from({ length: 5 }, () => {
			const spent = startCpuClock();
			return { count: freeStarts(input).length, ms: spent() };
		});
		const count = runs[0]?.count ?? 0;
		const ms = Math.min(...runs.map((run) => run.ms));
		process.stdout.write(`free starts: ${count} in ${ms.toFixed(1)} ms\n`);
		expect(count).toBeGreaterThan(10_000);
		expect(count / (ms / 1000)).toBeGreaterThan(50_000);
	});
});
