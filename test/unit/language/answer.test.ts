import fc from 'fast-check';
import { type Answer, classifyAnswer } from '../../../core/language/answer';

const TABLE: readonly (readonly [Answer, readonly string[]])[] = [
	['yes', [
		'да', 'Да', 'ДА!', 'дааа', 'Да.', 'да-да', 'да да', 'ну да', 'ага', 'угу', 'Ага)', 'верно', 'Всё верно', 'да, всё верно', 'да, верно', 'все правильно', 'подтверждаю', 'Подтверждаю запись', 'да, подтверждаю', 'ок', 'Ок!', 'окей', 'ok', 'OK', 'okay',
		'давайте', 'давай', 'хорошо', 'хорошо, спасибо', 'да, спасибо', 'да, спасибо большое', 'Да, пожалуйста', 'записывайте', 'да, записывайте', 'запишите', 'запишите меня пожалуйста', 'согласна', 'согласен', 'конечно', 'да, конечно', 'подходит', 'да, подходит', 'меня устраивает',
		'+', '++', ' + ', '👍', '👍🏻', '✅', '👌', '✔️', 'да 👍', 'Да 😊', 'yes', 'Yes!', 'yep', 'yeah', 'sure', 'confirm', 'I confirm', 'yes please', 'Yes, thank you', 'of course', 'sounds good', 'go ahead', 'ok, thanks', 'да, отлично', 'супер, давайте', 'da',
	]],
	['no', [
		'нет', 'Нет!', 'нееет', 'неа', 'не надо', 'не нужно', 'нет, не надо', 'нет, спасибо', 'спасибо, не надо', 'отмена', 'отмените', 'отменить', 'передумал', 'передумала', 'я передумала', 'нет, я передумала', 'не подтверждаю', 'не хочу', 'не записывайте', 'не подходит',
		'извините, не надо', 'no', 'No.', 'nope', 'cancel', 'no thanks', 'no, thank you', 'cancel please', 'changed my mind', 'never mind', '👎', '❌', 'нет 👎',
	]],
	['amend', [
		'да, но на 4', 'да а можно позже?', 'да нет', 'давайте на 5', 'нет, лучше завтра', 'ага, только к Марии', 'да?', 'верно?', 'ок?', 'да, к Ольге', 'да, но позже', 'хорошо, а сколько стоит?', 'подтверждаю на 15:00', 'не давайте', 'да, только не завтра', 'да не надо',
		'нет, в пятницу', 'нет, к Ане', 'а можно в 16?', 'на 16', '16:00', 'лучше к Ольге', 'лучше вечером', 'можно другое время?', 'другой мастер', 'завтра', 'не завтра, а послезавтра', 'давайте второй вариант', 'записывайте маму', 'да, на двоих', 'согласна, но дорого',
		'конечно нет', 'ok but later', 'yes, at 5', 'yes but with Anna', 'no, tomorrow', 'yes?', 'sure, why not tomorrow', 'not sure', 'да 👎', '👍👎', '👍 но на час позже', 'запишите мужа', 'не уверена, да',
	]],
	['other', ['', '   ', '...', 'спасибо', 'Спасибо большое!', 'thanks', 'thank you', 'отлично', 'привет', 'здравствуйте', '🙏', '😊', '❤️', 'хм', 'ммм', 'мой муж', 'Анна', 'стрижка']],
];

describe('classifyAnswer', () => {
	test.each(TABLE.flatMap(([answer, texts]) => texts.map((text) => [text, answer] as const)))('«%s» is %s', (text, answer) => {
		expect(classifyAnswer(text)).toBe(answer);
	});

	test('a yes with any further word, digit or question mark never confirms', () => {
		const yes = fc.constantFrom('да', 'ок', 'давайте', 'подтверждаю', 'yes', '👍');
		const extra = fc.constantFrom('в 5', 'к Ольге', 'завтра', 'но', 'не', 'другое', 'маникюр', '?', '17:00', 'нет', 'мне 30 лет', 'instead', 'кроме', 'сына');
		const words = fc.tuple(yes, fc.array(extra, { minLength: 1, maxLength: 3 }), fc.boolean());
		fc.assert(
			fc.property(words, ([agree, more, first]) => classifyAnswer(first ? `${agree} ${more.join(' ')}` : `${more.join(' ')} ${agree}`) !== 'yes'),
			{ verbose: 1 },
		);
	});

	test('never throws', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => ['yes', 'no', 'amend', 'other'].includes(classifyAnswer(text))), { verbose: 1 });
	});
});
