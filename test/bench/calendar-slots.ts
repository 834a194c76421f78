import { freeStarts, type BusyInterval, type CalendarInput } from '../../core/calendar';
import type { Figure } from './machine';

const DAY = { hours: [{ from: '10:00', to: '20:00' }], breaks: [{ from: '14:00', to: '15:00' }] };

/** Free starts of one service for 20 people over 30 days, a third of the time busy. */
export function benchSlots(seconds = 3): readonly Figure[] {
	const input = salon();
	freeStarts(input);
	let starts = 0;
	let runs = 0;
	const began = performance.now();
	while (performance.now() - began < seconds * 1000) {
		starts += freeStarts(input).length;
		runs++;
	}
	const took = (performance.now() - began) / 1000;
	return [
		{
			name: 'free starts, 20 staff x 30 days',
			value: `${Math.round(starts / took).toLocaleString('en')} slots/s (${((took / runs) * 1000).toFixed(1)} ms a query of ${Math.round(starts / runs)})`,
			goal: '-',
			met: true,
			method: `whole query repeated for ${seconds} s, 15-minute step, 8 busy intervals a person and day`,
		},
	];
}

/** Ten hours a day with a lunch break, eight visits of 25 minutes a person and day. */
function salon(): CalendarInput {
	const ids = Array.from({ length: 20 }, (_unused, index) => `s${index}`);
	const days = Array.from({ length: 30 }, (_unused, index) => new Date(Date.UTC(2026, 10, 23 + index)).toISOString().slice(0, 10));
	const weekly = { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY, 6: DAY, 7: DAY };
	return {
		zone: 'Europe/Moscow',
		now: '2026-11-22T10:00:00+03:00',
		from: days[0] ?? '',
		to: days[29] ?? '',
		noticeMinutes: 0,
		horizonDays: 60,
		stepMinutes: 15,
		services: [{ id: 'cut', durationMinutes: 45, bufferAfterMinutes: 5 }],
		staff: ids.map((id) => ({ id, schedule: { weekly }, services: { cut: {} } })),
		busy: ids.flatMap((id, person) => days.flatMap((date) => visits(id, person, date))),
	};
}

function visits(id: string, person: number, date: string): BusyInterval[] {
	return Array.from({ length: 8 }, (_unused, slot) => {
		const from = Date.parse(`${date}T07:00:00Z`) + (slot * 75 + person) * 60_000;
		return { calendar: 'staff', id, start: new Date(from).toISOString(), end: new Date(from + 25 * 60_000).toISOString() };
	});
}
