import { ask, book, correct, fill, inPieces } from './lines';
import { scenarios, wanted } from './scenario';

const told = ['effect'];

/** Bookings in English. */
export const BOOKING_EN = scenarios('booking', 'en', {
	'all-at-once': { plain: true, opens: [book('Can I book [s:a gel manicure] [w:tomorrow at 3 pm] with [p:Olga]?')], end: { booked: [wanted('manicure-gel', '11-24', { time: '15:00', staff: 'olga' })] }, says: told },
	'weekday': { plain: true, opens: [book("Hello, I'd like [s:a women's haircut] [w:on Friday at noon]")], end: { booked: [wanted('cut-women', '11-27', { time: '12:00' })] }, says: told },
	'service-only': { plain: true, opens: [book('I need [s:a back massage]')], end: { booked: [wanted('massage', '11-25', { time: '17:00' })] }, says: told },
	'nothing-yet': { plain: true, opens: [book('I would like to make an appointment')], end: { booked: [wanted('brows', '11-26', { time: '11:00' })] }, says: told },
	'web-stranger': { plain: true, channel: 'web', opens: [book('please book [s:a pedicure] [w:on Saturday at 2 pm]')], end: { booked: [wanted('pedicure', '11-28', { time: '14:00' })] }, says: told },
	'calendar-date': { plain: true, channel: 'whatsapp', opens: [book("[s:men's haircut] [w:on 26 November at 10:30] please")], end: { booked: [wanted('cut-men', '11-26', { time: '10:30' })] }, says: told },
	'which-haircut': { plain: true, opens: [book('I want [s:a haircut] [w:tomorrow at 1 pm]')], end: { booked: [wanted('cut-women', '11-24', { time: '13:00' })] }, says: told },
	'in-pieces': { plain: true, opens: [inPieces(book('hi, I want to book [s:styling] [w:tomorrow at 6 pm]'), 'hi, I want to book', 'styling', 'tomorrow at 6 pm')], end: { booked: [wanted('styling', '11-24', { time: '18:00' })] }, says: told },
	'yes-but': { opens: [book('[s:pedicure] [w:tomorrow at noon] please')], answers: { confirm_create: [correct('when', 'yes, but [w:at 4 pm]')] }, end: { booked: [wanted('pedicure', '11-24', { time: '16:00' })] }, says: told },
	'price-first': { opens: [ask('price', 'how much is a back massage?'), book('ok, book [s:a back massage] [w:on Wednesday at 1 pm]')], end: { booked: [wanted('massage', '11-25', { time: '13:00' })] }, says: ['price:massage', 'effect'] },
	'evening': { opens: [book('do you have time for [s:brow shaping] [w:tomorrow evening]?')], end: { booked: [wanted('brows', '11-24', { time: ['17:00', '20:00'] })] }, says: told },
	'other-time': { opens: [book('book me for [s:hair colouring] [w:on Thursday]')], answers: { offer: [fill('is [w:5 pm] possible?')] }, end: { booked: [wanted('color', '11-26', { time: '17:00' })] }, says: told },
});
