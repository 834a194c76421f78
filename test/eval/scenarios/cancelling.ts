import { ask, book, manage, no } from './lines';
import { scenarios, visit, wanted } from './scenario';

const told = ['effect'];
const brows = visit('brows', 'vera', '11-25 15:00');
const nails = visit('manicure', 'olga', '11-27 11:00');

export const CANCELLING = [
	...scenarios('cancelling', 'ru', {
		'only-one': { visits: { one: brows }, opens: [manage('cancel', 'отмените мою запись')], end: { cancelled: ['one'] }, says: told },
		'cannot-come': { visits: { one: brows }, channel: 'whatsapp', opens: [manage('cancel', 'не смогу прийти, отмените пожалуйста')], end: { cancelled: ['one'] }, says: told },
		'by-service': { visits: { one: brows, two: nails }, opens: [manage('cancel', 'отмените запись на [r:маникюр]')], end: { cancelled: ['two'] }, says: told },
		'which-one': { visits: { one: brows, two: nails }, opens: [manage('cancel', 'хочу отменить запись')], end: { cancelled: ['one'] }, says: told },
		'changed-mind': { visits: { one: brows }, opens: [manage('cancel', 'отмените запись')], answers: { confirm_cancel: [no('нет, оставьте')] }, end: {} },
		'question-first': { visits: { one: brows }, opens: [manage('list', 'на когда у меня запись?'), manage('cancel', 'отмените её пожалуйста')], end: { cancelled: ['one'] }, says: ['visit:one', 'effect'] },
		'too-late': { visits: { one: visit('brows', 'vera', '11-23 10:30') }, opens: [manage('cancel', 'отмените мою запись')], end: {}, says: ['phone'] },
		'nothing-there': { opens: [manage('cancel', 'отмените мою запись')], end: {} },
		'stranger': { channel: 'web', opens: [manage('cancel', 'отмените мою запись на завтра')], end: {}, handoff: null },
		'cancel-and-rebook': { visits: { one: brows }, opens: [manage('cancel', 'отмените мою запись')], afterwards: [book('запишите лучше на [s:массаж спины] [w:в пятницу в 12:00]')], end: { cancelled: ['one'], booked: [wanted('massage', '11-27', { time: '12:00' })] }, says: told },
	}),
	...scenarios('cancelling', 'en', {
		'only-one': { visits: { one: brows }, opens: [manage('cancel', 'please cancel my appointment')], end: { cancelled: ['one'] }, says: told },
		'which-one': { visits: { one: brows, two: nails }, opens: [manage('cancel', 'I want to cancel my booking')], end: { cancelled: ['two'] }, says: told },
		'changed-mind': { visits: { one: brows }, opens: [manage('cancel', 'cancel my visit')], answers: { confirm_cancel: [no('no')] }, end: {} },
		'question-at-summary': { visits: { one: brows }, opens: [manage('cancel', 'cancel my appointment please')], answers: { confirm_cancel: [ask('contacts', 'what is your phone number?')] }, end: { cancelled: ['one'] }, says: ['effect', 'phone'] },
	}),
];
