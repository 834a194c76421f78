import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { type CalendarInput, type CalendarStaff, type Chain, freeChains, freeStarts } from '../../../core/calendar';
import { calendarInput } from './arbitraries';
import { checkProperty } from './property';

const day = (from: string, to: string): { weekly: { 2: { hours: { from: string; to: string }[] } } } => ({ weekly: { 2: { hours: [{ from, to }] } } });
const base: CalendarInput = {
	zone: 'Europe/Moscow',
	now: '2026-11-20T12:00:00+03:00',
	from: '2026-11-24',
	to: '2026-11-24',
	noticeMinutes: 0,
	horizonDays: 60,
	stepMinutes: 30,
	services: [
		{ id: 'nails', durationMinutes: 60 },
		{ id: 'hair', durationMinutes: 90 },
	],
	staff: [
		{ id: 'anna', schedule: day('10:00', '11:30'), services: { hair: {} } },
		{ id: 'vera', schedule: day('11:30', '13:00'), services: { nails: {} } },
	],
	busy: [],
};
const shape = (chains: readonly Chain[]): string[] => chains.map((chain) => chain.links.map((link) => `${link.start.slice(11, 16)} ${link.serviceId} ${link.staffId}`).join(', '));

const nextDate = (date: string): string => DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? date;

describe('chains of services', () => {
	it('are found in any order of the services', () => {
		expect(shape(freeChains(base))).toEqual(['10:00 hair anna, 11:30 nails vera']);
	});

	it('prefer the early end, then fewer people', () => {
		const staff: CalendarStaff[] = [
			{ id: 'anna', schedule: day('10:00', '12:30'), services: { hair: {}, nails: {} } },
			{ id: 'vera', schedule: day('10:00', '12:30'), services: { nails: {} } },
		];
		expect(shape(freeChains({ ...base, staff }))).toEqual(['10:00 hair anna, 11:30 nails anna']);
		const quick: CalendarStaff[] = [staff[0], { id: 'vera', schedule: day('10:00', '12:30'), services: { nails: { durationMinutes: 45 } } }].flatMap((one) => one ?? []);
		expect(shape(freeChains({ ...base, staff: quick }))[0]).toBe('10:00 hair anna, 11:30 nails vera');
	});

	it('run in parallel only by different people and without a shared resource', () => {
		const staff: CalendarStaff[] = [
			{ id: 'anna', schedule: day('10:00', '11:30'), services: { hair: {}, nails: {} } },
			{ id: 'vera', schedule: day('10:00', '11:30'), services: { nails: {} } },
		];
		expect(shape(freeChains({ ...base, staff }, 'parallel'))).toEqual(['10:00 hair anna, 10:00 nails vera']);
		expect(freeChains({ ...base, staff: staff.slice(0, 1) }, 'parallel')).toEqual([]);
		const services = base.services.map((service) => ({ ...service, resourceIds: ['chair'] }));
		expect(freeChains({ ...base, staff, services, resources: [{ id: 'chair', capacity: 5 }] }, 'parallel')).toEqual([]);
	});

	it('keep the buffers of one person apart', () => {
		const staff = [{ id: 'anna', schedule: day('10:00', '14:00'), services: { hair: {}, nails: {} } }];
		expect(freeChains({ ...base, staff })).not.toEqual([]);
		const services = base.services.map((service) => ({ ...service, bufferAfterMinutes: 5 }));
		expect(freeChains({ ...base, staff, services })).toEqual([]);
	});

	it('may pass midnight of the last date asked for, but not of the horizon', () => {
		const staff: CalendarStaff[] = [{ id: 'anna', schedule: { weekly: { 2: { hours: [{ from: '22:30', to: '02:00' }] } } }, services: { hair: {}, nails: {} } }];
		const night = { ...base, staff, stepMinutes: 30 };
		expect(shape(freeChains(night)).slice(0, 2)).toEqual(['22:30 hair anna, 00:00 nails anna', '23:00 hair anna, 00:30 nails anna']);
		expect(shape(freeChains({ ...night, horizonDays: 4 }))).toEqual(['22:30 nails anna, 23:30 hair anna']);
	});

	it('stop at four services', () => {
		const services = [1, 2, 3, 4, 5].map((index) => ({ id: `s${index}`, durationMinutes: 10 }));
		expect(() => freeChains({ ...base, services })).toThrow(RangeError);
	});

	it('have links that are free on their own, cover each service once and follow without a wait', () => {
		checkProperty(
			'chains',
			fc.property(calendarInput(), (input) => {
				for (const chain of freeChains(input).slice(0, 4)) {
					expect(chain.links.map((link) => link.serviceId).sort()).toEqual(input.services.map((service) => service.id).sort());
					chain.links.slice(1).forEach((link, index) => expect(link.start).toBe(chain.links[index]?.end));
					for (const link of chain.links) {
						const services = input.services.filter((service) => service.id === link.serviceId);
						// A link may begin after the last date asked for, when the first one ends at midnight.
						const free = freeStarts({ ...input, services, stepMinutes: 1, to: nextDate(input.to) });
						const doubled = !free.some((slot) => slot.start.slice(0, 16) === link.start.slice(0, 16) && slot.start !== link.start);
						if (doubled) expect(free).toContainEqual({ start: link.start, end: link.end, staffId: link.staffId });
					}
				}
			}),
			60,
		);
	});
});
