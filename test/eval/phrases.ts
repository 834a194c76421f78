import type { Lang } from '../../core/conversation/message';

/** How a client of one language words things; `{x}` is filled in. At least eight wordings of everything that matters. */
export interface Phrases {
	readonly greetings: readonly string[];
	/** `{service}`, `{when}`, `{staff}`; a missing value leaves nothing behind. */
	readonly book: readonly string[];
	readonly vague: readonly string[];
	readonly day: readonly string[];
	readonly pick: readonly string[];
	readonly yes: readonly string[];
	readonly no: readonly string[];
	readonly contact: readonly string[];
	readonly name: readonly string[];
	readonly phone: readonly string[];
	readonly anyone: readonly string[];
	readonly staff: readonly string[];
	readonly questions: readonly string[];
	readonly list: readonly string[];
	readonly cancel: readonly string[];
	readonly move: readonly string[];
	readonly amend: readonly string[];
	readonly thanks: readonly string[];
	readonly none: readonly string[];
	readonly human: readonly string[];
	readonly stop: readonly string[];
	readonly abuse: readonly string[];
	readonly alarm: readonly string[];
	readonly emoji: readonly string[];
	readonly guests: readonly string[];
}

const RU: Phrases = {
	greetings: ['Здравствуйте', 'Добрый день', 'Привет', 'Доброе утро', 'Добрый вечер', 'Доброго времени суток', 'здравствуйте!', 'Приветствую'],
	book: [
		'хочу записаться на {service} {when} {staff}', 'запишите меня на {service} {when} {staff}', 'можно на {service} {when} {staff}?', 'мне бы {service} {when} {staff}',
		'нужна запись на {service} {when} {staff}', 'есть время на {service} {when} {staff}?', '{service} {when} {staff}', 'хотела бы записаться {staff} на {service} {when}',
		'а можно {when} на {service} {staff}', 'подскажите, можно записаться на {service} {when} {staff}?', 'запиши на {service} {staff} {when}', 'интересует {service}, {when} {staff}',
	],
	vague: ['хочу записаться', 'можно записаться?', 'запишите меня пожалуйста', 'мне нужна запись', 'хотела бы записаться к вам', 'как к вам записаться?', 'нужно записаться', 'запись есть?'],
	day: ['{when}', 'давайте {when}', 'хочу {when}', 'можно {when}?', 'лучше {when}', 'мне удобно {when}', 'наверное {when}', '{when} пожалуйста'],
	pick: ['{n}', '{ordinal}', 'давайте {n}', '{ordinal} вариант', 'вариант {n}', 'в {time}', '{time}', 'давайте в {time}', 'мне подходит {ordinal}', 'номер {n}'],
	yes: ['да', 'Да', 'ага', 'угу', 'верно', 'подтверждаю', 'всё верно', 'ок', 'давайте', 'записывайте', 'да, спасибо', '+', '👍', 'хорошо', 'согласна', 'Да, всё правильно', 'конечно'],
	no: ['нет', 'не надо', 'нет, спасибо', 'передумала', 'не подходит', 'отмена', 'не хочу', 'неа'],
	contact: [
		'{name} {phone}', '{name}, {phone}', 'меня зовут {name}, телефон {phone}', '{phone} {name}', '{name}. {phone}', 'имя {name} номер {phone}', 'я {name}, мой номер {phone}', '{name}\n{phone}',
	],
	name: ['{name}', 'меня зовут {name}', 'я {name}', '{name}.', 'имя {name}', 'это {name}', 'запишите на имя {name}', 'мое имя {name}'],
	phone: ['{phone}', 'мой номер {phone}', 'телефон {phone}', 'вот {phone}', 'номер {phone}', 'тел. {phone}', 'пишите {phone}', 'мой телефон {phone}'],
	anyone: ['любой', 'всё равно', 'к любому', 'без разницы', 'не важно', 'кто свободен', 'любой мастер', 'неважно к кому'],
	staff: ['к {staff}', 'хочу к {staff}', 'давайте к {staff}', 'к {staff} пожалуйста', 'можно к {staff}?', 'лучше к {staff}', 'запишите к {staff}', 'только к {staff}'],
	questions: [
		'сколько стоит {service}?', 'а где вы находитесь?', 'до скольки вы работаете?', 'сколько по времени {service}?', 'кто делает {service}?', 'какие у вас услуги?', 'какой у вас телефон?', 'а парковка есть?', 'вы работаете в воскресенье?', 'цены подскажите',
	],
	list: ['когда я записана?', 'покажите мои записи', 'на когда у меня запись?', 'мои записи', 'какие у меня записи?', 'напомните, когда мне приходить', 'во сколько у меня запись?', 'есть ли у меня запись?'],
	cancel: ['отмените мою запись', 'хочу отменить запись', 'не смогу прийти, отмените пожалуйста', 'отмена записи', 'можно отменить мой визит?', 'отменить запись', 'снимите меня с записи', 'уберите мою запись'],
	move: ['перенесите мою запись на {when}', 'можно перенести запись на {when}?', 'хочу перенести визит на {when}', 'перенести запись {when}', 'давайте перенесем на {when}', 'нужно перенести запись на {when}', 'можно перенести визит {when}?', 'перенесите пожалуйста на {when}'],
	amend: ['да, но {when}', 'лучше {when}', 'ой, давайте {when}', 'а можно {when}?', 'нет, {when}', 'только {when} пожалуйста', 'хотя нет, {when}', 'извините, лучше {when}'],
	thanks: ['спасибо', 'спасибо большое!', 'благодарю', 'спс', 'отлично, спасибо', 'спасибо, до свидания', 'супер, спасибо', 'огромное спасибо'],
	none: ['ничего не подходит', 'другие варианты есть?', 'не подходит', 'а другое время?', 'другой день', 'нет, не то', 'эти не подходят', 'есть что-то другое?'],
	human: ['позовите администратора', 'хочу поговорить с человеком', 'соедините с оператором', 'мне нужен живой человек', 'переключите на менеджера', 'дайте администратора', 'можно поговорить с администратором?', 'оператор'],
	stop: ['стоп', 'не пишите мне больше', 'отпишите меня', 'хватит писать', 'больше не пишите', 'прекратите мне писать', 'не надо мне писать', 'отписаться'],
	abuse: ['вы идиоты', 'дебилы какие-то', 'заткнись', 'сука', 'вы совсем дураки', 'мудаки', 'пошли вы на хуй', 'тварь'],
	alarm: ['у меня отек горла после процедуры', 'не могу дышать', 'кровь не останавливается', 'она потеряла сознание', 'теряю сознание', 'сильная аллергия на препарат', 'ребенок не дышит', 'вызовите скорую'],
	emoji: [' 🙂', ' 😊', '!!', ' 🙏', '...', ' ❤️', ' 😅', ')'],
	guests: ['дочку', 'сына', 'маму', 'подругу'],
};

const EN: Phrases = {
	greetings: ['Hello', 'Hi', 'Good morning', 'Good afternoon', 'Hey', 'Hi there', 'Hello!', 'Good evening'],
	book: [
		'I would like to book {service} {when} {staff}', 'can I book {service} {when} {staff}?', 'I need {service} {when} {staff}', 'please book me for {service} {when} {staff}',
		'is there a slot for {service} {when} {staff}?', 'could I have {service} {when} {staff}', 'I want {service} {when} {staff}', 'do you have time for {service} {when} {staff}?', "I'd like {service} {when} {staff}",
	],
	vague: ['I would like to make an appointment', 'can I book a visit?', 'I need an appointment', 'I want to book', 'how can I book?', 'could I make a booking please', 'I would like to come to you', 'please book me in'],
	day: ['{when}', "let's do {when}", 'can I come {when}?', '{when} please', 'I would prefer {when}', '{when} works for me', 'maybe {when}', 'I can come {when}'],
	pick: ['{n}', 'the {ordinal} one', 'option {n}', 'number {n}', 'at {time}', '{time}', '{time} please', "I'll take {n}", 'the {ordinal}'],
	yes: ['yes', 'Yes', 'yep', 'ok', 'confirm', 'sure', 'yes please', 'sounds good', 'go ahead', '👍', 'correct', 'book it'],
	no: ['no', 'nope', 'no thanks', 'never mind', 'cancel', 'changed my mind', 'not now', "don't"],
	contact: ['{name} {phone}', '{name}, {phone}', 'my name is {name}, phone {phone}', '{phone} {name}', '{name}. {phone}', "I'm {name}, my number is {phone}", 'name {name} phone {phone}', '{name}\n{phone}'],
	name: ['{name}', 'my name is {name}', "I'm {name}", '{name}.', 'name is {name}', 'this is {name}', "it's {name}", 'call me {name}'],
	phone: ['{phone}', 'my number is {phone}', 'phone {phone}', "it's {phone}", 'here it is {phone}', 'number {phone}', 'my phone {phone}', 'you can use {phone}'],
	anyone: ['anyone', 'any', "doesn't matter", 'whoever is free', 'no preference', 'anybody', "I don't mind", 'up to you'],
	staff: ['with {staff}', 'I would like {staff}', '{staff} please', 'can it be {staff}?', 'preferably with {staff}', 'to {staff}', 'only with {staff}', '{staff}'],
	questions: ['how much is {service}?', 'where are you located?', 'what are your opening hours?', 'how long does {service} take?', 'who does {service}?', 'what services do you have?', 'what is your phone number?', 'do you have parking?', 'are you open on Sunday?', 'your prices please'],
	list: ['when is my appointment?', 'show my bookings', 'what bookings do I have?', 'my appointments', 'do I have a booking?', 'when am I booked?', 'list my visits', 'what time is my visit?'],
	cancel: ['please cancel my appointment', 'I want to cancel my booking', "I can't come, please cancel", 'cancel my visit', 'can I cancel my appointment?', 'cancel the booking', 'I need to cancel my visit', 'cancel my appointment please'],
	move: ['please move my appointment to {when}', 'can I reschedule my visit to {when}?', 'I want to reschedule to {when}', 'move my booking to {when}', 'could you move my visit to {when}', 'I need to reschedule my appointment to {when}', 'reschedule my booking to {when}', 'please reschedule my visit to {when}'],
	amend: ['yes, but {when}', 'better {when}', 'actually {when}', 'can it be {when}?', 'no, {when}', '{when} instead', 'sorry, rather {when}', 'only {when} please'],
	thanks: ['thanks', 'thank you!', 'thank you very much', 'great, thanks', 'perfect, thank you', 'thx', 'thanks, bye', 'many thanks'],
	none: ['none of these', 'is there another time?', 'another day', "these don't work", 'something else?', 'other options?', 'not suitable', 'anything else?'],
	human: ['I want to talk to a person', 'connect me to an operator', 'human please', 'can I speak to the manager?', 'call the administrator', 'real person please', 'talk to a human', 'I need an operator'],
	stop: ['stop', 'unsubscribe', 'stop messaging me', 'do not write me', "don't text me", 'remove me from the list', 'opt out', 'stop writing'],
	abuse: ['you idiots', 'this is bullshit', 'fuck you', 'you morons', 'shut up bitch', 'asshole', 'fucking bot', 'bastard'],
	alarm: ['I cannot breathe', 'she is unconscious', 'the bleeding does not stop', 'chest pain after the procedure', 'my throat is swelling', 'allergic reaction', 'he passed out', 'call an ambulance'],
	emoji: [' 🙂', ' 😊', '!!', ' 🙏', '...', ' ❤️', '!', ' :)'],
	guests: ['my daughter', 'my son', 'my mother', 'my friend'],
};

export const PHRASES: Readonly<Record<Lang, Phrases>> = { ru: RU, en: EN };

/** How clients call the services of the demo salon, by its service ids; the first way is the plainest. */
export const SERVICE_WORDS: Readonly<Record<string, Readonly<Record<Lang, readonly string[]>>>> = {
	'haircut-women': { ru: ['женскую стрижку', 'стрижку женскую', 'стрижку'], en: ["a women's haircut", 'a haircut'] },
	'haircut-men': { ru: ['мужскую стрижку', 'стрижку мужскую', 'стрижку'], en: ["a men's haircut", 'a haircut'] },
	styling: { ru: ['укладку', 'укладку волос', 'причёску'], en: ['styling', 'a blow dry'] },
	'color-single': { ru: ['окрашивание в один тон', 'окрашивание волос', 'покраску'], en: ['hair colouring'] },
	highlights: { ru: ['мелирование', 'мелировку'], en: ['highlights'] },
	manicure: { ru: ['маникюр без покрытия', 'маникюр'], en: ['a manicure'] },
	'manicure-gel': { ru: ['маникюр с покрытием гель-лак', 'маникюр с гель-лаком', 'маникюр с покрытием', 'шеллак'], en: ['a gel manicure', 'shellac'] },
	pedicure: { ru: ['педикюр без покрытия', 'педикюр'], en: ['a pedicure'] },
	'pedicure-gel': { ru: ['педикюр с покрытием гель-лак', 'педикюр с гель-лаком'], en: ['a gel pedicure'] },
	'nail-extension': { ru: ['наращивание ногтей', 'наращивание'], en: ['nail extensions'] },
	'brow-shaping': { ru: ['коррекцию бровей', 'оформление бровей', 'брови'], en: ['brow shaping'] },
	'brow-tint': { ru: ['окрашивание бровей', 'покраску бровей'], en: ['brow tint'] },
	'lash-lamination': { ru: ['ламинирование ресниц', 'ламинацию ресниц'], en: ['a lash lift', 'lash lamination'] },
	'massage-back': { ru: ['массаж спины', 'массаж шеи и спины', 'массаж'], en: ['a back massage'] },
	'massage-face': { ru: ['массаж лица', 'лицевой массаж'], en: ['a face massage'] },
	'facial-cleansing': { ru: ['чистку лица', 'чистку'], en: ['facial cleansing'] },
};

/** Names of people as said after «к», by staff id. */
export const STAFF_WORDS: Readonly<Record<string, Readonly<Record<Lang, readonly string[]>>>> = {
	anna: { ru: ['Анне', 'Анне Соколовой', 'Ане'], en: ['Anna'] },
	maria: { ru: ['Марии', 'Марии Беловой', 'Маше'], en: ['Maria'] },
	dmitry: { ru: ['Дмитрию', 'Диме'], en: ['Dmitry'] },
	olga: { ru: ['Ольге', 'Оле'], en: ['Olga'] },
	ekaterina: { ru: ['Екатерине', 'Кате'], en: ['Ekaterina'] },
	irina: { ru: ['Ирине', 'Ире'], en: ['Irina'] },
};

export const ORDINALS: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['первый', 'второй', 'третий', 'четвёртый', 'пятый'],
	en: ['first', 'second', 'third', 'fourth', 'fifth'],
};

export const NAMES: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['Зинаида', 'Валерия', 'Кристина', 'Тимур', 'Эльвира', 'Лариса', 'Глеб', 'Ульяна'],
	en: ['Jessica', 'Oliver', 'Charlotte', 'Emily', 'Harry', 'Grace', 'Lucas', 'Hannah'],
};
