import { understandByRules } from '../../../core/conversation/understand/rules';
import { isCertain } from '../../../core/conversation/understand/model/certain';
import { AT, input } from '../understand/harness';

type Place = keyof typeof AT;

function certain(text: string, place: Place): boolean {
	const asked = input(text, AT[place]);
	return isCertain(asked, understandByRules(asked));
}

const CERTAIN: Readonly<Partial<Record<Place, readonly string[]>>> = {
	idle: [
		'Здравствуйте', 'спасибо', 'спасибо большое, до свидания', 'как дела?', 'вы бот?', 'hello', 'Здравствуйте! Хочу записаться на маникюр', 'запишите на стрижку завтра в 15', 'маникюр завтра', 'маникюр завтра?', 'Можно записаться на педикюр в субботу утром?', 'стрижка и укладка в пятницу в 12',
		'маникюр с покрытием гель-лак в 12', 'хочу к Марии Ивановой на укладку', 'есть окошко на завтра?', 'чистку лица в понедельник после 18', 'book a manicure tomorrow at 3pm', 'I need a haircut', 'Can I come tomorrow?', 'сколько стоит маникюр?', 'сколько стоит', 'сколько длится чистка лица', 'где вы находитесь?',
		'вы работаете в воскресенье?', 'до скольки вы работаете', 'какие у вас услуги?', 'какой у вас телефон', 'How much is a manicure?', 'where are you?', 'отмените запись', 'перенесите запись на пятницу', 'мои записи', 'cancel my appointment', 'позовите администратора', 'стоп', '🙂', 'сколько стоит стрижка и можно на завтра?',
	],
	askDay: ['завтра', 'в пятницу', '25 числа', '25', 'на выходных', 'любой день', 'пятница вечер', 'давайте в субботу', 'tomorrow', 'next Friday please'],
	askTime: ['в 15', '15:00', '3', 'вечером', 'после 18', 'полшестого', 'любое', 'в 5 вечера пожалуйста', 'at 5pm'],
	askService: ['мужская', 'женскую', '2', 'маникюр'],
	askStaff: ['Маша', 'к Ивану', 'все равно', '3'],
	offering: ['2', 'второй вариант', 'давайте первое', '12:30', 'в 11', 'на 16:00', 'к Марии', 'без разницы', 'да', 'нет', 'да, 2', 'в 15 к Ивану', 'the second one'],
	askName: ['Анна', 'меня зовут Олег', 'Снежана Викторовна'],
	askContact: ['Анна, 8 916 123-45-67', 'Меня зовут Ирина, телефон +79161234567', '89161234567'],
	askPhone: ['+7 916 123-45-67', 'мой номер 89161234567', 'спасибо'],
	confirming: ['хорошо', '👍', 'давайте на 5', 'отмена', 'а сколько стоит?'],
	askHalf: ['утра', 'вечером', 'pm', '2'],
	askWeek: ['на следующей', '4 декабря'],
	choosing: ['1', 'вторую', 'маникюр'],
	moving: ['на пятницу', 'к Ольге'],
};

const DOUBTFUL: Readonly<Partial<Record<Place, readonly string[]>>> = {
	idle: [
		'отмена', 'Анна', 'ноготочки завтра', 'хочу как в прошлый раз', 'маникюр дорого у вас', 'сколько стоит маникюр завтра', 'не хочу маникюр', 'маникюр или педикюр завтра', 'мне 30 лет', 'у меня болит спина, нужен массаж', 'а вы делаете маникюр мужчинам?', 'завтра у меня экзамен', 'завтра приду с ребенком', 'маникюр?',
		'был у вас вчера, потерял зонт', 'маникюр мужу гель-лак', 'можно подешевле?', 'запишите как обычно', 'есть ли скидка на маникюр?', 'маникюр завтра, но если дождь, то отмените', 'вы вчера испортили мне маникюр', 'маникюр завтра с подругой вместе', 'I was there last week', 'manicure tomorrow but not with Anna', 'how much would it be if two of us come', 'больно ли делать чистку лица?', 'завтра в 15 занята', 'мужу не понравилась стрижка', 'а Анна завтра работает?',
	],
	askDay: ['завтра не могу', 'наверное завтра', 'в четверг или пятницу', 'хм', 'а когда Анна работает?', 'мне бы пораньше', 'завтра у мамы день рождения, послезавтра', 'кроме пятницы', 'вчера'],
	askTime: ['утром если можно', 'пораньше', 'только не утром', 'после того как отведу сына в сад'],
	askService: ['не знаю', 'что посоветуете?', 'та что подешевле', 'обычную', 'мужская, но без бритья'],
	askStaff: ['кто лучше?', 'та же что в прошлый раз', 'не Иван'],
	offering: ['а есть попозже?', '1 или 2', 'первый, только не к Ивану', 'второй, если Мария', 'почему так поздно?', 'любое кроме первого'],
	askName: ['передумываю', 'зачем вам', 'Гульчехра', 'секрет фирмы'],
	askContact: ['это для мужа 89161234567', 'а зачем телефон?'],
	askPhone: ['тот же', '8916', 'потом'],
	confirming: ['да, но на 4', 'нет, лучше завтра', 'ой, на 16', 'а можно позже?', 'да, только пусть будет Анна', 'дороговато'],
	askWeek: ['эта занята', 'в любую кроме этой'],
	choosing: ['ту что в пятницу', 'обе'],
};

function table(lines: typeof CERTAIN): (readonly [string, Place])[] {
	return Object.entries(lines).flatMap(([place, texts]) => texts.map((text) => [text, place as Place] as const));
}

describe('the rules are certain of', () => {
	test.each(table(CERTAIN))('«%s» when %s', (text, place) => {
		expect(certain(text, place)).toBe(true);
	});
});

describe('the rules leave to a model', () => {
	test.each(table(DOUBTFUL))('«%s» when %s', (text, place) => {
		expect(certain(text, place)).toBe(false);
	});
});

describe('one word more', () => {
	// Words that rules know nothing of: whatever they mean, they must be read by someone.
	const strangers = ['жираф', 'потому', 'whatever', 'кроме', 'если', 'мужу'];
	const lines = table(CERTAIN).filter(([text, place]) => place !== 'idle' && /\p{L}{3}/u.test(text) && text.length > 3);

	test.each(strangers)('«%s» in a certain answer makes it doubtful', (word) => {
		const wrong = lines.filter(([text, place]) => certain(`${text} ${word}`, place));
		expect(wrong).toEqual([]);
	});

	test('a long text is never certain', () => {
		expect(certain(`маникюр завтра ${'пожалуйста '.repeat(20)}`, 'idle')).toBe(false);
	});
});
