import { book, fill, manage } from './lines';
import { scenarios, visit, wanted } from './scenario';

const told = ['effect'];

/** Wishes in words that stand in no catalogue and no grammar: what a model is for. */
export const INDIRECT = [
	...scenarios('booking', 'ru', {
		'nails-in-order': { opens: [book('надо бы [s=manicure-gel:ноготочки в порядок привести, чтоб блестели], [w:завтра в 12:00]')], end: { booked: [wanted('manicure-gel', '11-24', { time: '12:00' })] }, says: told },
		'heels-of-summer': { opens: [book('мне бы [s=pedicure:пяточки] [w:послезавтра в 15:00]')], end: { booked: [wanted('pedicure', '11-25', { time: '15:00' })] }, says: told },
		'back-hurts': { opens: [book('[s=massage:спина отваливается], спасите [w:завтра в 18:00]')], end: { booked: [wanted('massage', '11-24', { time: '18:00' })] }, says: told },
		'new-colour': { opens: [book('хочу [s=color:из блондинки стать рыжей] [w:в субботу в 12:00]')], end: { booked: [wanted('color', '11-28', { time: '12:00' })] }, says: told },
		'wedding-hair': { opens: [book('сделайте мне [s=styling:красивую голову на свадьбу] [w:в субботу в 11:00]')], end: { booked: [wanted('styling', '11-28', { time: '11:00' })] }, says: told },
		'overgrown': { opens: [book('я [s=cut-men:оброс как йети], [w:завтра в 19:00] примете?')], end: { booked: [wanted('cut-men', '11-24', { time: '19:00' })] }, says: told },
		'who-cuts-lena': { opens: [book('[s=cut-women:каре подровнять] [w:в пятницу в 13:00] к [p=maria:вашей Машеньке]')], end: { booked: [wanted('cut-women', '11-27', { time: '13:00', staff: 'maria' })] }, says: told },
		'two-in-one-breath': {
			opens: [book('значит так, [s=pedicure:ножки] и [s:коррекцию бровей] я хочу, но сначала только [w:завтра в 12:00]')], answers: { confirm_create: [fill('нет, пока только [s:педикюр]')] },
			end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told, handoff: null,
		},
	}),
	...scenarios('moving', 'ru', {
		'cannot-make-it': { visits: { one: visit('pedicure', 'olga', '11-26 15:00') }, opens: [manage('move', 'ой, в четверг никак, зуб полетел, давайте [w:в субботу в 12:00]')], end: { moved: { one: wanted('pedicure', '11-28', { time: '12:00' }) } }, says: told },
	}),
	...scenarios('cancelling', 'ru', {
		'fell-ill': { visits: { one: visit('brows', 'vera', '11-25 15:00') }, opens: [manage('cancel', 'температура тридцать девять, лежу, вычёркивайте меня')], end: { cancelled: ['one'] }, says: told },
	}),
	...scenarios('booking', 'en', {
		'toes': { opens: [book("my [s=pedicure:toes are a disaster], can you fit me [w:tomorrow at 3 pm]?")], end: { booked: [wanted('pedicure', '11-24', { time: '15:00' })] }, says: told },
		'stiff-back': { opens: [book('my [s=massage:spine is killing me], [w:on Friday at noon] would be lovely')], end: { booked: [wanted('massage', '11-27', { time: '12:00' })] }, says: told },
		'mop': { opens: [book("this [s=cut-men:mop on my head] has to go, [w:tomorrow at 6 pm]")], end: { booked: [wanted('cut-men', '11-24', { time: '18:00' })] }, says: told },
	}),
];
