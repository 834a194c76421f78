import { after, manage, no, fill } from './lines';
import { scenarios, visit, wanted } from './scenario';

const told = ['effect'];
const pedicure = visit('pedicure', 'olga', '11-26 15:00');

export const MOVING = [
	...scenarios('moving', 'ru', {
		'day-and-time': { visits: { one: pedicure }, opens: [manage('move', 'перенесите мою запись на [w:пятницу в 16:00]')], end: { moved: { one: wanted('pedicure', '11-27', { time: '16:00' }) } }, says: told },
		'no-day-yet': { visits: { one: pedicure }, opens: [manage('move', 'хочу перенести запись')], end: { moved: { one: wanted('pedicure', '11-28', { time: '12:00' }) } }, says: told },
		'same-day': { visits: { one: pedicure }, opens: [manage('move', 'перенесите мою запись на [w:17:00]')], end: { moved: { one: wanted('pedicure', '11-26', { time: '17:00' }) } }, says: told },
		'by-service': {
			visits: { one: pedicure, two: visit('brows', 'vera', '11-27 12:00') }, opens: [manage('move', 'перенесите [r:педикюр] на [w:субботу в 12:00]')],
			end: { moved: { one: wanted('pedicure', '11-28', { time: '12:00' }) } }, says: told,
		},
		'which-one': { visits: { one: pedicure, two: visit('brows', 'vera', '11-27 12:00') }, opens: [manage('move', 'перенесите запись на [w:субботу в 14:00]')], end: { moved: { two: wanted('brows', '11-28', { time: '14:00' }) } }, says: told },
		'to-other-staff': { visits: { one: visit('cut-women', 'anna', '11-26 15:00') }, opens: [manage('move', 'перенесите мою запись к [p:Марии] [w:27 ноября в 13:00]')], end: { moved: { one: wanted('cut-women', '11-27', { time: '13:00', staff: 'maria' }) } }, says: told },
		'taken-target': {
			visits: { one: pedicure }, taken: [visit('pedicure', 'olga', '11-27 16:00')], opens: [manage('move', 'перенесите на [w:пятницу в 16:00]')],
			end: { moved: { one: wanted('pedicure', '11-27', { time: ['12:00', '20:00'] }) } }, says: ['effect', 'alternatives'],
		},
		'too-late': { visits: { one: visit('pedicure', 'olga', '11-23 10:30') }, opens: [manage('move', 'перенесите мою запись на [w:завтра в 12:00]')], end: {}, says: ['phone'] },
		'stranger': { channel: 'web', opens: [manage('move', 'перенесите мою запись на [w:завтра в 12:00]')], end: {}, handoff: null },
		'stays-after-all': { visits: { one: pedicure }, opens: [manage('move', 'перенесите запись на [w:пятницу в 16:00]')], answers: { confirm_reschedule: [no('нет, оставьте как есть')] }, end: {} },
		'other-time-at-summary': { visits: { one: pedicure }, opens: [manage('move', 'перенесите запись на [w:пятницу в 16:00]')], answers: { confirm_reschedule: [fill('лучше [w:в 17:00]')] }, end: { moved: { one: wanted('pedicure', '11-27', { time: '17:00' }) } }, says: told },
	}),
	...scenarios('moving', 'en', {
		'day-and-time': { visits: { one: pedicure }, opens: [manage('move', 'please move my appointment to [w:Friday at 4 pm]')], end: { moved: { one: wanted('pedicure', '11-27', { time: '16:00' }) } }, says: told },
		'no-day-yet': { visits: { one: visit('brows', 'vera', '11-25 12:00') }, opens: [manage('move', 'I need to reschedule my visit')], end: { moved: { one: wanted('brows', '11-27', { time: '11:00' }) } }, says: told },
		'nothing-to-move': { opens: [manage('move', 'reschedule my booking to [w:Friday at 4 pm]')], end: {} },
		'late-answer': { visits: { one: pedicure }, opens: [manage('move', 'please move my appointment to [w:Saturday at 1 pm]')], answers: { confirm_reschedule: [after(50, no('no'))] }, end: {}, handoff: null },
	}),
];
