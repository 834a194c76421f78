import * as fc from 'fast-check';
import { type CalendarInput, freeStarts } from '../../../core/calendar';
import { busyInterval, calendarInput, ZONE_DAYS } from './arbitraries';
import { bruteForceStarts, shiftDate } from './minute-grid';
import { checkProperty } from './property';

const asText = (input: CalendarInput): string[] => freeStarts(input).map((slot) => `${new Date(slot.start).toISOString()} ${slot.staffId}`);

describe('free starts', () => {
	it.each(ZONE_DAYS)('equal the minute grid in $zone around $date', (day) => {
		let offered = 0;
		checkProperty(
			`minute grid ${day.zone} ${day.date}`,
			fc.property(calendarInput([day]), (input) => {
				const starts = asText(input);
				offered += starts.length;
				expect(starts).toEqual(bruteForceStarts(input));
			}),
			50,
		);
		expect(offered).toBeGreaterThan(0);
	});

	it('never overlap busy time of the person, and end after they start', () => {
		checkProperty(
			'no overlap',
			fc.property(calendarInput(), (input) => {
				for (const slot of freeStarts(input)) {
					expect(Date.parse(slot.start)).toBeLessThan(Date.parse(slot.end));
					for (const busy of input.busy) {
						if (busy.calendar !== 'staff' || busy.id !== slot.staffId || busy.sharedBy !== undefined) continue;
						if (busy.visitId !== undefined && busy.visitId === input.excludeVisitId) continue;
						if (busy.start >= busy.end) continue;
						const overlap = Date.parse(slot.start) < Date.parse(busy.end) && Date.parse(busy.start) < Date.parse(slot.end);
						expect(overlap).toBe(false);
					}
				}
			}),
			400,
		);
	});

	it('are never more when one more visit is booked', () => {
		checkProperty(
			'monotone',
			fc.property(
				calendarInput().chain((input) => fc.tuple(fc.constant(input), busyInterval(input.from))),
				([input, extra]) => {
					const before = new Set(asText(input));
					for (const start of asText({ ...input, busy: [...input.busy, extra] })) expect(before).toContain(start);
				},
			),
			400,
		);
	});

	it('move by a day when everything moves by a day outside clock changes', () => {
		checkProperty(
			'shift',
			fc.property(calendarInput(ZONE_DAYS.filter((day) => day.plain)), (input) => {
				const later = (instant: string): string => new Date(Date.parse(instant) + 86_400_000).toISOString();
				const shifted: CalendarInput = {
					...input,
					now: later(input.now),
					from: shiftDate(input.from, 1),
					to: shiftDate(input.to, 1),
					busy: input.busy.map((busy) => ({ ...busy, start: later(busy.start), end: later(busy.end) })),
					staff: input.staff.map((member) => ({
						...member,
						schedule: {
							weekly: {
								1: member.schedule.weekly[7],
								2: member.schedule.weekly[1],
								3: member.schedule.weekly[2],
								4: member.schedule.weekly[3],
								5: member.schedule.weekly[4],
								6: member.schedule.weekly[5],
								7: member.schedule.weekly[6],
							},
							exceptions: Object.fromEntries(Object.entries(member.schedule.exceptions ?? {}).map(([date, plan]) => [shiftDate(date, 1), plan])),
						},
					})),
				};
				expect(asText(shifted)).toEqual(asText(input).map((line) => `${later(line.slice(0, 24))}${line.slice(24)}`));
			}),
			300,
		);
	});

	it('are sorted, unique and the same for any order of the lists', () => {
		checkProperty(
			'stable',
			fc.property(calendarInput(), (input) => {
				const starts = freeStarts(input);
				const keys = starts.map((slot) => `${new Date(slot.start).toISOString()} ${slot.staffId}`);
				expect(keys).toEqual([...new Set(keys)].sort());
				const reversed = { ...input, staff: [...input.staff].reverse(), busy: [...input.busy].reverse(), services: [...input.services].reverse() };
				expect(freeStarts(reversed)).toEqual(starts);
			}),
			300,
		);
	});
});
