import { book, fill, manage } from './lines';
import { scenarios, visit, wanted } from './scenario';

const noon = (services: string): string => `Запишите на [s:${services}] [w:завтра в 12:00]`;
const afternoon = ['12:00', '20:00'] as const;

export const CONFLICTS = [
	...scenarios('conflicts', 'ru', {
		'taken-before-yes': { mishap: { kind: 'taken_before_yes' }, opens: [book(noon('педикюр'))], end: { booked: [wanted('pedicure', '11-24', { time: afternoon })] }, answers: { offer: [fill('давайте [w:завтра в 15:00]')] }, says: ['alternatives', 'effect'] },
		'taken-during-write': { mishap: { kind: 'taken_during_write' }, opens: [book(noon('педикюр'))], end: { booked: [wanted('pedicure', '11-24', { time: afternoon })] }, answers: { offer: [fill('давайте [w:завтра в 15:00]')] }, says: ['alternatives', 'effect'] },
		'crm-says-taken': { mishap: { kind: 'refused', reason: 'slot_taken' }, opens: [book(noon('массаж спины'))], end: { booked: [wanted('massage', '11-24', { time: afternoon })] }, says: ['alternatives', 'effect'] },
		'equipment-busy': { mishap: { kind: 'refused', reason: 'resource_busy' }, opens: [book(noon('массаж спины'))], end: { booked: [wanted('massage', '11-24', { time: afternoon })] }, says: ['alternatives', 'effect'] },
		'client-blocked': { mishap: { kind: 'refused', reason: 'client_blocked' }, opens: [book(noon('педикюр'))], end: {}, answers: { confirm_create: [] }, handoff: null },
		'crm-down-at-write': { mishap: { kind: 'down' }, opens: [book(noon('педикюр'))], end: {}, answers: {}, handoff: null },
		'answer-lost': { mishap: { kind: 'lost_answer' }, opens: [book(noon('педикюр'))], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'calendar-down': { faults: [['slots', { kind: 'unavailable' }]], opens: [book(noon('педикюр')), book(`ну так что? ${noon('педикюр')}`)], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'recheck-down': { mishap: { kind: 'recheck_down' }, opens: [book(noon('педикюр'))], answers: { crm_unavailable: [book(noon('педикюр'))] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'taken-already': { taken: [visit('pedicure', 'olga', '11-24 12:00')], opens: [book(noon('педикюр'))], end: { booked: [wanted('pedicure', '11-24', { time: ['13:00', '20:00'] })] }, says: ['alternatives', 'effect'] },
		'day-is-full': {
			taken: ['10:00', '11:30', '13:00', '14:30', '16:00', '17:30'].map((time) => visit('pedicure', 'olga', `11-24 ${time}`)), opens: [book(noon('педикюр'))],
			end: { booked: [wanted('pedicure', '11-25 11-26 11-27 11-28 11-29 11-30')] }, says: ['alternatives', 'effect'],
		},
		'colleague-is-free': { taken: [visit('cut-women', 'anna', '11-24 12:00')], opens: [book('[s:женская стрижка] [w:завтра в 12:00]')], end: { booked: [wanted('cut-women', '11-24', { time: '12:00', staff: 'maria' })] }, says: ['effect'] },
		'wrong-person': { opens: [book('[s:педикюр] [w:завтра в 12:00] к [p:Дмитрию]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00', staff: 'olga' })] }, says: ['staff:olga', 'effect'] },
		'past': { opens: [book('[s:педикюр] [w:сегодня в 8 утра]')], answers: { time_past: [fill('[w:завтра в 12:00]')] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'at-night': { opens: [book('[s:педикюр] [w:завтра в 22:00]')], end: { booked: [wanted('pedicure', '11-24')] }, says: ['effect'] },
		'too-far': { opens: [book('[s:педикюр] [w:25 марта в 12:00]')], answers: { ask_day: [fill('[w:завтра в 12:00]')], too_far: [fill('тогда [w:завтра в 12:00]')] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'moved-but-taken': { visits: { one: visit('pedicure', 'olga', '11-26 15:00') }, mishap: { kind: 'taken_before_yes' }, opens: [manage('move', 'перенесите мою запись на [w:пятницу в 16:00]')], answers: { offer: [fill('тогда [w:в субботу в 16:00]')] }, end: { moved: { one: wanted('pedicure', '11-27 11-28', { time: '16:00' }) } }, says: ['alternatives', 'effect'] },
	}),
	...scenarios('conflicts', 'en', {
		'taken-before-yes': { mishap: { kind: 'taken_before_yes' }, opens: [book('book [s:a pedicure] [w:tomorrow at noon] please')], answers: { offer: [fill('then [w:tomorrow at 4 pm]')] }, end: { booked: [wanted('pedicure', '11-24', { time: afternoon })] }, says: ['alternatives', 'effect'] },
		'request-lost': { mishap: { kind: 'lost_request' }, opens: [book('book [s:a pedicure] [w:tomorrow at noon] please')], end: {}, answers: {}, handoff: null },
		'answer-lost': { mishap: { kind: 'lost_answer' }, opens: [book('book [s:a back massage] [w:tomorrow at noon] please')], end: { booked: [wanted('massage', '11-24', { time: '12:00' })] }, says: ['effect'] },
		'no-such-person': { opens: [book('[s:a pedicure] [w:tomorrow at noon] with [p:Arkady]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: ['effect'], handoff: null },
	}),
];
