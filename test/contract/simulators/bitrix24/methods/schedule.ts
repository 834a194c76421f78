import type { MethodTable } from '../world';

/** Hours of the whole portal. */
export const SCHEDULE_METHODS: MethodTable = {
	'calendar.settings.get': {
		scope: 'calendar',
		run: ({ portal: { workTime }, switches }) => {
			const minutes = switches.workTime === 'hours and minutes';
			return {
				result: {
					work_time_start: minutes ? workTime.startMinutes : workTime.start,
					work_time_end: minutes ? workTime.endMinutes : workTime.end,
					week_holidays: workTime.weekHolidays,
					year_holidays: workTime.yearHolidays,
					year_workdays: '31.12',
					week_start: 'MO',
				},
			};
		},
	},
	'timeman.schedule.get': {
		scope: 'timeman',
		run: ({ portal: { workTime } }) => ({
			result: {
				ID: 1,
				SHIFTS: [{ WORK_TIME_START: Number(workTime.start) * 3600, WORK_TIME_END: Number(workTime.end) * 3600, WORK_DAYS: '12345' }],
				CALENDAR: { EXCLUSIONS: [] },
			},
		}),
	},
};
