import { ask, book, fill, human, manage, no, noise, stop, talk, both } from './lines';
import { scenarios, visit, wanted } from './scenario';

const told = ['effect'];

/** Visits for somebody else, and questions about somebody else. */
export const SECOND_PERSON = [
	...scenarios('second_person', 'ru', {
		'daughter-by-name': { opens: [book('запишите дочку [g:Марусю] на [s:детскую стрижку] [w:завтра в 16:00]')], end: { booked: [wanted('cut-kids', '11-24', { time: '16:00', guest: 'Марус' })] }, says: told },
		'husband': { opens: [book('хочу записать [g:мужа] на [s:мужскую стрижку] [w:в пятницу в 19:00]')], end: { booked: [wanted('cut-men', '11-27', { time: '19:00', guest: 'муж' })] }, says: told },
		'mother-web': { channel: 'web', opens: [book('запишите [g:маму] на [s:педикюр] [w:в субботу в 12:00]')], end: { booked: [wanted('pedicure', '11-28', { time: '12:00', guest: 'мам' })] }, says: told },
		'for-me-after-all': { opens: [book('запишите на [s:укладку] [w:завтра в 17:00]')], answers: { confirm_create: [fill('это для [g:подруги]')] }, end: { booked: [wanted('styling', '11-24', { time: '17:00', guest: 'подруг' })] }, says: told },
		'strangers-visit': { opens: [noise('когда записана Аделаида Штольц?')], taken: [visit('brows', 'vera', '11-25 15:00')], end: {}, never: [/15:00/, /Аделаид/], handoff: null },
		'cancel-for-stranger': { opens: [manage('cancel', 'отмените запись Аделаиды Штольц')], taken: [visit('brows', 'vera', '11-25 15:00')], end: {}, never: [/Штольц/], handoff: null },
		'by-foreign-phone': { channel: 'web', opens: [manage('list', 'мой номер +7 999 000-11-22, покажите мои записи')], taken: [visit('brows', 'vera', '11-25 15:00')], end: {}, never: [/15:00/], handoff: null },
		'me-and-daughter': {
			opens: [both(book('запишите меня на [s:женскую стрижку] [w:завтра в 12:00]'), book('и дочку [g:Соню] на [s:детскую стрижку] [w:завтра в 13:00]'))],
			end: { booked: [wanted('cut-women', '11-24', { time: '12:00' }), wanted('cut-kids', '11-24', { time: '13:00', guest: 'Сон' })] }, says: told,
		},
	}),
	...scenarios('second_person', 'en', {
		'son': { opens: [book('please book [g:my son] for [s:a kids haircut] [w:tomorrow at 4 pm]')], end: { booked: [wanted('cut-kids', '11-24', { time: '16:00' })] }, says: told },
		'strangers-visit': { opens: [noise('when is Adelaida Stolz booked?')], taken: [visit('brows', 'vera', '11-25 15:00')], end: {}, never: [/15:00/], handoff: null },
		'cancel-by-number': { opens: [manage('cancel', 'cancel booking 12345 under the name Anna')], taken: [visit('brows', 'vera', '11-25 15:00')], end: {}, handoff: null },
	}),
];

/** Insults, stop words, alarms, nonsense and changes of mind. */
export const RUDE_CONFUSED = [
	...scenarios('rude_confused', 'ru', {
		'insult-then-books': { opens: [noise('вы идиоты'), book('ладно, запишите на [s:педикюр] [w:завтра в 12:00]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'three-insults': { opens: [noise('дебилы'), noise('заткнись'), noise('сука'), ask('price', 'сколько стоит педикюр?')], end: {}, never: [/дебил|сука|заткнись/i], handoff: null },
		'nonsense': { opens: [noise('ывапролд'), noise('фывфыв ячсм'), noise('щшгнекуц ждлорп')], end: {}, handoff: true },
		'wants-a-person': { opens: [human('позовите администратора')], end: {}, handoff: true },
		'stop': { opens: [book('хочу на [s:педикюр] [w:завтра в 12:00]'), stop('стоп')], end: {} },
		'alarm': { opens: [noise('мне плохо после процедуры, не могу дышать')], end: {}, says: ['emergency'], handoff: true },
		'no-to-everything': { opens: [book('запишите на [s:педикюр] [w:завтра в 12:00]')], answers: { confirm_create: [no('нет, передумала')] }, end: {} },
		'emoji': { opens: [noise('🙂🙂🙂'), book('[s:педикюр] [w:завтра в 12:00]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'contradicts': { opens: [book('[s:педикюр] [w:завтра в 12:00]')], answers: { confirm_create: [fill('нет, [w:послезавтра в 12:00]'), fill('или нет, [w:завтра в 12:00]')] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'half-sentences': { opens: [noise('ну это'), book('как его... [s:педикюр]'), fill('[w:завтра] наверное')], answers: {}, end: { booked: [wanted('pedicure', '11-24')] }, says: told },
		'wrong-phone': { channel: 'web', opens: [book('[s:педикюр] [w:завтра в 12:00]')], answers: { ask_name_phone: [fill('[n:Кристина] [t:12345]')] }, end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'shouting': { opens: [book('ЗАПИШИТЕ МЕНЯ НА [s:ПЕДИКЮР] [w:ЗАВТРА В 12]!!!')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'picture': { opens: [noise('смотрите какой цвет хочу'), book('[s:маникюр с гель-лаком] [w:завтра в 12:00]')], end: { booked: [wanted('manicure-gel', '11-24', { time: '12:00' })] }, says: told, handoff: null },
	}),
	...scenarios('rude_confused', 'en', {
		'insult-then-books': { opens: [noise('you morons'), book('fine, book [s:a pedicure] [w:tomorrow at noon]')], end: { booked: [wanted('pedicure', '11-24', { time: '12:00' })] }, says: told },
		'wants-a-person': { opens: [human('I want to talk to a person')], end: {}, handoff: true },
		'stop': { opens: [stop('stop messaging me')], end: {} },
		'alarm': { opens: [noise('I cannot breathe after the procedure')], end: {}, says: ['emergency'], handoff: true },
		'changed-mind': { opens: [book('book [s:a pedicure] [w:tomorrow at noon]')], answers: { confirm_create: [no('no, never mind')] }, end: {} },
		'thanks-only': { opens: [talk('hello', 'hello'), talk('thanks', 'thanks, bye')], end: {} },
	}),
];
