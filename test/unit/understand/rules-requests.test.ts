import { understandByRules } from '../../../core/conversation/understand/rules';
import { AT, input, show } from './harness';

type Place = keyof typeof AT;

describe('a question', () => {
	test.each<[string, Place, string[]]>([
		['Сколько стоит маникюр?', 'idle', ['ask price']],
		['цена на стрижку', 'idle', ['ask price']],
		['почём педикюр', 'idle', ['ask price']],
		['прайс', 'idle', ['ask price']],
		['добрый день, подскажите стоимость окрашивания', 'idle', ['ask price']],
		['сколько стоит маникюр и можно на завтра записаться?', 'idle', ['ask price', 'book service[маникюр] when[на завтра]']],
		['сколько длится массаж?', 'idle', ['ask duration']],
		['как долго делается окрашивание', 'idle', ['ask duration']],
		['сколько стоит и сколько длится чистка лица?', 'idle', ['ask price', 'ask duration']],
		['где вы находитесь?', 'idle', ['ask address']],
		['адрес', 'idle', ['ask address']],
		['как до вас доехать', 'idle', ['ask address']],
		['до скольки вы работаете?', 'idle', ['ask hours']],
		['работаете ли в воскресенье?', 'idle', ['ask hours']],
		['график работы', 'idle', ['ask hours']],
		['во сколько открываетесь завтра?', 'idle', ['ask hours']],
		['кто делает маникюр?', 'idle', ['ask staff']],
		['какие мастера есть?', 'idle', ['ask staff']],
		['какие у вас услуги?', 'idle', ['ask services']],
		['что вы делаете?', 'idle', ['ask services']],
		['ваш номер телефона?', 'idle', ['ask contacts']],
		['как с вами связаться', 'idle', ['ask contacts']],
		['есть ли у вас парковка?', 'idle', ['ask faq']],
		['можно с собакой?', 'idle', ['ask faq']],
		['а больно делать чистку лица?', 'idle', ['ask faq']],
		['какая самая дешёвая стрижка?', 'idle', ['ask price']],
		['вы принимаете карты?', 'idle', ['ask faq']],
		['How much is a manicure?', 'idle', ['ask price']],
		['how long does a massage take?', 'idle', ['ask duration']],
		['where are you located?', 'idle', ['ask address']],
		['what are your opening hours?', 'idle', ['ask hours']],
		['are you open on Sunday?', 'idle', ['ask hours']],
		['who does pedicure?', 'idle', ['ask staff']],
		['what services do you offer?', 'idle', ['ask services']],
		['do you take cards?', 'idle', ['ask faq']],
		['а педикюр сколько?', 'collecting', ['ask price']],
		['а сколько стоит педикюр?', 'offering', ['ask price']],
		['где вы?', 'confirming', ['ask address']],
	])('«%s» when %s', (text, place, expected) => {
		expect(understandByRules(input(text, AT[place])).acts.map(show)).toEqual(expected);
	});

	test('carries the whole text, so that the service in it can be resolved', () => {
		const [act] = understandByRules(input('Здравствуйте! Сколько стоит маникюр?')).acts;
		expect(act).toEqual({ type: 'ask', topic: 'price', text: 'Сколько стоит маникюр?' });
	});
});

describe('an own visit', () => {
	test.each<[string, Place, string[]]>([
		['на когда я записан?', 'idle', ['manage list']],
		['мои записи', 'idle', ['manage list']],
		['когда у меня запись?', 'idle', ['manage list']],
		['во сколько я записана', 'idle', ['manage list']],
		['my appointments', 'idle', ['manage list']],
		['when is my appointment?', 'idle', ['manage list']],
		['отмените запись', 'idle', ['manage cancel']],
		['хочу отменить запись', 'idle', ['manage cancel']],
		['отмените мою запись на пятницу', 'idle', ['manage cancel record[отмените мою запись на пятницу]']],
		['не смогу прийти', 'idle', ['manage cancel']],
		['к сожалению, не приду завтра', 'idle', ['manage cancel']],
		['cancel my appointment', 'idle', ['manage cancel']],
		["I can't make it", 'idle', ['manage cancel']],
		['отмените маникюр', 'idle', ['manage cancel record[отмените маникюр]']],
		['отмена', 'idle', ['no']],
		['перенесите запись', 'idle', ['manage move']],
		['перенесите на пятницу', 'idle', ['manage move when[на пятницу]']],
		['можно перенести на пятницу?', 'idle', ['manage move when[на пятницу]']],
		['перенесите маникюр на завтра на 17', 'idle', ['manage move when[на завтра на 17] record[маникюр]']],
		['хочу поменять время записи', 'idle', ['manage move']],
		['перенесите запись с пятницы на субботу', 'idle', ['manage move when[с пятницы на субботу]']],
		['reschedule to Friday', 'idle', ['manage move when[to Friday]']],
		['can we move my appointment to tomorrow at 5 pm', 'idle', ['manage move when[to tomorrow at 5 pm]']],
		['не смогу в пятницу, можно в субботу?', 'idle', ['manage move when[в субботу]']],
		['не получится завтра прийти, перенесите на понедельник', 'idle', ['manage move when[на понедельник]']],
		['мне надо отменить завтрашний визит и записаться на пятницу', 'idle', ['manage move when[на пятницу] record[завтрашний]']],
		['не надо переносить', 'moving', ['no']],
		['не отменяйте', 'choosing', ['no']],
		['Can I cancel?', 'idle', ['manage cancel']],
		['перенесите к Ольге', 'idle', ['manage move staff[Ольге]']],
		['отмените запись', 'collecting', ['manage cancel']],
		['перенесите мою запись на завтра', 'collecting', ['manage move when[на завтра]']],
	])('«%s» when %s', (text, place, expected) => {
		expect(understandByRules(input(text, AT[place])).acts.map(show)).toEqual(expected);
	});
});

describe('everything else', () => {
	test.each<[string, Place, string[]]>([
		['привет', 'idle', ['smalltalk hello']],
		['Добрый день!', 'idle', ['smalltalk hello']],
		['hello', 'idle', ['smalltalk hello']],
		['спасибо большое!', 'idle', ['smalltalk thanks']],
		['спасибо, до завтра', 'idle', ['smalltalk bye']],
		['до свидания', 'idle', ['smalltalk bye']],
		['до пятницы!', 'idle', ['smalltalk bye']],
		['thanks, bye', 'idle', ['smalltalk bye']],
		['как дела?', 'idle', ['smalltalk how_are_you']],
		['ты бот?', 'idle', ['smalltalk who_are_you']],
		['are you a robot?', 'idle', ['smalltalk who_are_you']],
		['позовите администратора', 'idle', ['human']],
		['хочу поговорить с живым человеком', 'confirming', ['human']],
		['speak to a human', 'idle', ['human']],
		['стоп', 'idle', ['stop']],
		['отпишитесь', 'idle', ['stop']],
		['больше не пишите мне', 'idle', ['stop']],
		['unsubscribe', 'idle', ['stop']],
		['', 'idle', ['none']],
		['🙂', 'idle', ['none']],
		['ыаываыва', 'idle', ['none']],
		['...', 'idle', ['none']],
		['я администратор, мой номер 8 916 123-45-67', 'idle', ['fill phone[8 916 123-45-67]']],
		['мне 30 лет', 'idle', ['none']],
		['подождите, я подумаю', 'offering', ['smalltalk other']],
		['не знаю', 'askDay', ['none']],
		['не хочу давать телефон', 'askPhone', ['none']],
		['я опаздываю на 10 минут', 'idle', ['ask faq']],
		['вчера была у вас, спасибо', 'idle', ['smalltalk thanks']],
		['отмени запись 12345 на имя Анны', 'idle', ['manage cancel']],
		['муж сказал, что у вас хорошо', 'idle', ['none']],
	])('«%s» when %s', (text, place, expected) => {
		expect(understandByRules(input(text, AT[place])).acts.map(show)).toEqual(expected);
	});
});
