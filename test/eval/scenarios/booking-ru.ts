import { after, ask, both, book, correct, fill, inPieces, media, talk, yes } from './lines';
import { scenarios, visit, wanted } from './scenario';

const told = ['effect'];

/** Bookings in Russian without any twist. */
const plain = scenarios('booking', 'ru', {
	'all-at-once': { plain: true, opens: [book('Хочу на [s:женскую стрижку] [w:завтра в 12] к [p:Анне]')], end: { booked: [wanted('cut-women', '11-24', { time: '12:00', staff: 'anna' })] }, says: told },
	'weekday-and-time': { plain: true, opens: [book('Запишите меня на [s:педикюр] [w:в пятницу в 15:00]')], end: { booked: [wanted('pedicure', '11-27', { time: '15:00' })] }, says: told },
	'day-only': { plain: true, opens: [book('[s:Маникюр с гель-лаком] [w:послезавтра] можно?')], end: { booked: [wanted('manicure-gel', '11-25')] }, says: told },
	'service-only': { plain: true, opens: [book('Хочу записаться на [s:массаж спины]')], end: { booked: [wanted('massage', '11-26', { time: '16:00' })] }, says: told },
	'nothing-yet': { plain: true, opens: [book('Здравствуйте, хочу записаться')], end: { booked: [wanted('brows', '11-25', { time: '11:00' })] }, says: told },
	'which-haircut': { plain: true, opens: [book('нужна [s:стрижка] [w:в субботу в 14:00]')], end: { booked: [wanted('cut-men', '11-28', { time: '14:00' })] }, says: told },
	'which-manicure': { plain: true, opens: [book('хочу [s:маникюр] [w:завтра вечером]')], end: { booked: [wanted('manicure-gel', '11-24', { time: ['17:00', '20:00'] })] }, says: told },
	'anyone': { plain: true, channel: 'whatsapp', opens: [book('На [s:укладку] [w:25 ноября в 17:00], [p:любой мастер]')], end: { booked: [wanted('styling', '11-25', { time: '17:00' })] }, says: told },
	'web-stranger': { plain: true, channel: 'web', opens: [book('Запишите на [s:окрашивание] [w:в четверг в 10:00]')], end: { booked: [wanted('color', '11-26', { time: '10:00' })] }, says: told },
	'web-stranger-slowly': { plain: true, channel: 'web', opens: [book('Можно записаться?')], end: { booked: [wanted('manicure', '11-27', { time: '13:00' })] }, says: told },
	'in-pieces': { plain: true, opens: [inPieces(book('хочу записаться [s:на педикюр] [w:завтра в 15]'), 'хочу записаться', 'на педикюр', 'завтра в 15')], end: { booked: [wanted('pedicure', '11-24', { time: '15:00' })] }, says: told },
	'typos': { plain: true, opens: [book('запишите на [s:пидикюр] [w:завтро в 16:00]')], end: { booked: [wanted('pedicure', '11-24', { time: '16:00' })] }, says: told },
	'half-past': { plain: true, opens: [book('[s:Массаж спины] [w:в среду в половине четвертого]')], end: { booked: [wanted('massage', '11-25', { time: '15:30' })] }, says: told },
	'dotted-date': { plain: true, opens: [book('На [s:детскую стрижку] [w:28.11 в 14]')], end: { booked: [wanted('cut-kids', '11-28', { time: '14:00' })] }, says: told },
	'in-a-week': { plain: true, opens: [book('[s:Стрижка мужская], [w:через неделю в 18:00]')], end: { booked: [wanted('cut-men', '11-30', { time: '18:00' })] }, says: told },
	'morning-ten': { plain: true, opens: [book('[s:Стрижка женская], [w:завтра утро 10]')], end: { booked: [wanted('cut-women', '11-24', { time: '10:00' })] }, says: told },
	'today': { plain: true, channel: 'whatsapp', opens: [book('плиз [s:мужскую стрижку] [w:сегодня в 18:00]')], end: { booked: [wanted('cut-men', '11-23', { time: '18:00' })] }, says: told },
	'after-work': { plain: true, opens: [book('Есть время на [s:коррекцию бровей] [w:завтра после 18]?')], end: { booked: [wanted('brows', '11-24', { time: ['18:00', '20:00'] })] }, says: told },
	'between': { plain: true, opens: [book('[s:укладка] [w:в четверг с 12 до 16], к [p:Марии]')], end: { booked: [wanted('styling', '11-26', { time: ['12:00', '16:00'], staff: 'maria' })] }, says: told },
	'new-client': { plain: true, client: { name: 'Эльвира', card: false }, opens: [book('добрый день, запишите на [s:педикюр] [w:в среду в 11]')], end: { booked: [wanted('pedicure', '11-25', { time: '11:00' })] }, says: told },
});

/** Bookings in Russian with a turn on the way. */
const winding = scenarios('booking', 'ru', {
	'two-together': { opens: [book('хочу [s:маникюр с гель-лаком и педикюр] [w:в пятницу в 11]')], end: { booked: [wanted('manicure-gel+pedicure', '11-27', { time: '11:00' })] }, says: told },
	'yes-but': { opens: [book('[s:женская стрижка] [w:завтра в 12]')], answers: { confirm_create: [correct('when', 'да, но [w:на 16:00]')] }, end: { booked: [wanted('cut-women', '11-24', { time: '16:00' })] }, says: told },
	'other-service': { opens: [book('[s:педикюр] [w:завтра в 12]')], answers: { confirm_create: [correct('service', 'ой нет, лучше [s:маникюр классический]')] }, end: { booked: [wanted('manicure', '11-24', { time: '12:00' })] }, says: told },
	'other-staff': { opens: [book('[s:женская стрижка] [w:завтра в 13:00] к [p:Анне]')], answers: { confirm_create: [correct('staff', 'а можно к [p:Марии]?')] }, end: { booked: [wanted('cut-women', '11-24', { time: '13:00', staff: 'maria' })] }, says: told },
	'price-on-the-way': { opens: [book('Хочу [s:педикюр]')], answers: { ask_day: [ask('price', 'а сколько стоит педикюр?')] }, end: { booked: [wanted('pedicure', '11-26', { time: '12:00' })] }, says: ['effect', 'price:pedicure'] },
	'address-at-summary': { opens: [book('[s:массаж спины] [w:завтра в 12:00]')], answers: { confirm_create: [ask('address', 'а где вы находитесь?')] }, end: { booked: [wanted('massage', '11-24', { time: '12:00' })] }, says: ['effect', 'address'] },
	'thanks-is-no-yes': { opens: [book('[s:массаж спины] [w:завтра в 12:00]')], answers: { confirm_create: [talk('thanks', 'спасибо')] }, end: {}, says: [] },
	'late-yes': { opens: [book('[s:педикюр] [w:завтра в 12:00]')], answers: { confirm_create: [after(45, yes('да'))] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
	'not-tomorrow-but': { opens: [book('запишите на [s:укладку] [w:не завтра, а послезавтра в 13:00]')], end: { booked: [wanted('styling', '11-25', { time: '13:00' })] }, says: told },
	'soonest': { opens: [book('Когда [w:ближайшее время] на [s:коррекцию бровей]?')], end: { booked: [wanted('brows', '11-23 11-24 11-25')] }, says: told },
	'one-more': { opens: [book('[s:педикюр] [w:завтра в 12:00]')], afterwards: [book('и ещё [s:коррекцию бровей] [w:завтра в 16:00]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' }), wanted('brows', '11-24', { time: '16:00' })] }, says: told },
	'voice-first': { opens: [media('voice'), book('[s:мужская стрижка] [w:завтра в 19:00]')], end: { booked: [wanted('cut-men', '11-24', { time: '19:00' })] }, says: told },
	'chatty': { opens: [talk('how_are_you', 'Привет! Как дела?'), book('мне бы [s:укладку] [w:в субботу в 11], у подруги свадьба')], end: { booked: [wanted('styling', '11-28', { time: '11:00' })] }, says: told },
	'twice-changed': {
		opens: [book('[s:женская стрижка] [w:завтра в 12]')],
		answers: { confirm_create: [correct('when', 'нет, лучше [w:послезавтра в 12]'), correct('when', 'ой, всё-таки [w:в пятницу в 12:00]')] },
		end: { booked: [wanted('cut-women', '11-27', { time: '12:00' })] }, says: told,
	},
	'habit-is-no-order': { visits: { old: visit('massage', 'vera', '11-30 12:00') }, opens: [book('хочу на [s:коррекцию бровей] [w:завтра в 11:00]')], end: { booked: [wanted('brows', '11-24', { time: '11:00' })] }, says: told },
	'booked-and-where': { opens: [book('[s:маникюр с гель-лаком] [w:завтра в 10:00]')], afterwards: [ask('address', 'а адрес какой?')], end: { booked: [wanted('manicure-gel', '11-24', { time: '10:00' })] }, says: ['effect', 'address'] },
	'day-then-time': { opens: [book('на [s:окрашивание] хочу')], answers: { ask_day: [fill('[w:в субботу]')], offer: [fill('а [w:в 15:00] можно?')] }, end: { booked: [wanted('color', '11-28', { time: '15:00' })] }, says: told },
	'two-wishes': { opens: [both(book('запишите на [s:педикюр] [w:завтра в 14:00]'), ask('price', 'и сколько стоит педикюр?'))], end: { booked: [wanted('pedicure', '11-24', { time: '14:00' })] }, says: ['effect', 'price:pedicure'] },
});

export const BOOKING_RU = [...plain, ...winding];
