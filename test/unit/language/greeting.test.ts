import fc from 'fast-check';
import { stripGreeting, stripGreetingsFromReply } from '../../../core/language/greeting';

describe('stripGreeting', () => {
	test.each<[string, boolean, string]>([
		['Здравствуйте! Хочу записаться', true, 'Хочу записаться'],
		['здравствуйте хочу записаться', true, 'хочу записаться'],
		['Привет 👋 есть окошко?', true, 'есть окошко?'],
		['Добрый день, девушки! Маникюр завтра', true, 'Маникюр завтра'],
		['доброго времени суток', true, ''],
		['Доброе утро', true, ''],
		['Здравствуйте. Добрый вечер! Можно?', true, 'Можно?'],
		['здрасте', true, ''],
		['приветик)', true, ''],
		['Hello, can I book?', true, 'can I book?'],
		['Hi there! Price?', true, 'Price?'],
		['good morning, a haircut please', true, 'a haircut please'],
		['Сәлем! Маникюр', true, 'Маникюр'],
		['privet, zapis na zavtra', true, 'zapis na zavtra'],
		['Хайлайтер есть?', false, 'Хайлайтер есть?'],
		['Highlights tomorrow', false, 'Highlights tomorrow'],
		['приветственный бонус', false, 'приветственный бонус'],
		['вечером', false, 'вечером'],
		['хочу в день добрый', false, 'хочу в день добрый'],
		['', false, ''],
	])('«%s»', (text, greeted, rest) => {
		expect(stripGreeting(text)).toEqual({ greeted, rest });
	});
});

describe('stripGreetingsFromReply', () => {
	test.each<[string, string]>([
		['Здравствуйте! Есть окно в 15:00.', 'Есть окно в 15:00.'],
		['Здравствуйте, Анна! 👋 Рада вас видеть.', 'Рада вас видеть.'],
		['Здравствуйте, Анна Петровна! Есть окно.', 'Есть окно.'],
		['Добрый день! На завтра есть окно.', 'На завтра есть окно.'],
		['Добрый день, на завтра есть окно.', 'На завтра есть окно.'],
		['Доброе утро, Мария. Запись в силе.', 'Запись в силе.'],
		['Доброго времени суток! Слушаю вас.', 'Слушаю вас.'],
		['👋 Привет! Как дела с записью?', 'Как дела с записью?'],
		['Привет, Маникюр стоит 2000.', 'Маникюр стоит 2000.'],
		['Приветствую вас! Чем помочь?', 'Чем помочь?'],
		['Рада приветствовать вас! Чем помочь?', 'Чем помочь?'],
		['Hello, Anna! We have 15:00.', 'We have 15:00.'],
		['Hi Anna, we have 15:00.', 'We have 15:00.'],
		['Good morning, John! The price is $25.', 'The price is $25.'],
		['Good morning slots are at 9.', 'Good morning slots are at 9.'],
		['Записали.\nЗдравствуйте, Анна!\nЖдём вас.', 'Записали.\nЖдём вас.'],
		['Есть окно.\n\nДобрый день! Второе окно в 16.', 'Есть окно.\n\nВторое окно в 16.'],
		['Здравствуйте! Добрый день! Слушаю.', 'Слушаю.'],
		['Здравствуйте, рада помочь!', 'Рада помочь!'],
		['Здравствуйте!', ''],
		['Завтра есть окно в 10:00.', 'Завтра есть окно в 10:00.'],
		['Добрый мастер ждёт вас.', 'Добрый мастер ждёт вас.'],
		['Хайлайтинг стоит 3000.', 'Хайлайтинг стоит 3000.'],
	])('«%s»', (text, expected) => {
		expect(stripGreetingsFromReply(text)).toBe(expected);
	});

	test('leaves no greeting at the start of a line, and stripping twice changes nothing', () => {
		const piece = fc.constantFrom('Здравствуйте', 'Добрый день', 'Привет', 'Hello', ', Анна', '! ', ' 👋 ', '\n', 'Есть окно', '. ', ' завтра', 'Good morning', 'Рада помочь');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const once = stripGreetingsFromReply(pieces.join(''));
				expect(stripGreetingsFromReply(once)).toBe(once);
				expect(once).not.toMatch(/^(?:Здравствуйте|Привет|Hello)(?![\p{L}])/mu);
			}),
			{ verbose: 1 },
		);
	});
});
