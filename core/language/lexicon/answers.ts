/** Agreement to a shown summary: a closed list, because a write follows. */
export const YES_PHRASES = [
	'да', 'ага', 'угу', 'верно', 'все верно', 'все правильно', 'правильно', 'все так', 'именно так', 'все ок', 'все хорошо', 'все подходит',
	'подтверждаю', 'подтверждаю запись', 'ок', 'оки', 'окей', 'окэй', 'океюшки', 'давайте', 'давай', 'хорошо', 'ладно', 'договорились',
	'записывайте', 'запишите', 'записывай', 'запиши', 'запишите меня', 'записывайте меня', 'бронируйте', 'бронируем', 'бронирую', 'оформляйте', 'оформляем',
	'согласен', 'согласна', 'согласны', 'подходит', 'мне подходит', 'меня устраивает', 'устраивает', 'годится', 'пойдет', 'конечно', 'разумеется', 'точно',
	'так точно', 'несомненно', 'естественно', 'ес', 'йес', 'давайте так', 'так и сделаем', 'пусть будет так', 'буду', 'приду',
	'yes', 'yep', 'yeah', 'yup', 'ye', 'ok', 'okay', 'okey', 'k', 'confirm', 'confirmed', 'i confirm', 'sure', 'of course', 'correct', 'right', "that's right",
	'all good', 'sounds good', 'looks good', 'go ahead', 'book it', 'please do', 'do it', 'perfect yes', 'fine', 'agreed', 'absolutely', 'definitely',
	'yes please', 'that works', 'works for me', 'da', 'davayte', 'davaite', 'horosho', 'khorosho', 'verno', 'tochno',
] as const;

/** Refusal of a shown summary or of the whole thing. */
export const NO_PHRASES = [
	'нет', 'не', 'неа', 'не надо', 'не нужно', 'не нужна', 'не хочу', 'не буду', 'не подтверждаю', 'не подходит', 'не согласен', 'не согласна', 'не верно', 'неверно',
	'не записывайте', 'не стоит', 'не сейчас', 'ни в коем случае', 'отмена', 'отменить', 'отмените', 'отменяем', 'отменяй', 'отменяйте', 'отбой', 'передумал', 'передумала', 'передумали',
	'я передумал', 'я передумала', 'мы передумали', 'мне не надо', 'мне не нужно', 'мне не подходит', 'уже не надо', 'уже не нужно', 'больше не надо', 'больше не нужно',
	'ничего не надо', 'ничего не нужно', 'ничего не подходит', 'отказываюсь', 'не получится', 'не смогу', 'нет не надо',
	'no', 'nope', 'nah', 'cancel', 'cancel it', "don't", 'do not', "don't book", "i don't want", 'not now', 'never mind', 'nevermind', 'changed my mind', 'i changed my mind',
	'no thanks', 'no thank you', 'not correct', 'wrong', 'net', 'ne nado', 'otmena',
] as const;

/** Words that change nothing in an answer. */
export const POLITE_WORDS = [
	'спасибо', 'спасибо большое', 'большое спасибо', 'благодарю', 'пожалуйста', 'пжлст', 'пж', 'плиз', 'спс', 'отлично', 'супер', 'класс', 'прекрасно', 'замечательно', 'идеально', 'здорово',
	'ну', 'все', 'меня', 'извините', 'простите', 'хаха', 'ура', 'вам', 'тогда', 'и', 'вот',
	'thanks', 'thank you', 'thx', 'please', 'pls', 'great', 'perfect', 'cool', 'nice', 'sorry', 'well', 'oh', 'it', 'spasibo', 'pozhaluysta',
] as const;

/** Words that announce a change even without a yes or a no. */
export const AMENDMENT_WORDS = [
	'лучше', 'только', 'но', 'можно', 'другой|другое|другую|другая|другого|другому', 'а если', 'вместо', 'позже', 'попозже', 'раньше', 'пораньше', 'измен*', 'поменя*', 'помен*', 'перенес*',
	'сегодня|завтра|послезавтра|утром|днем|вечером', 'понедельник*', 'вторник*', 'среду|среда', 'четверг*', 'пятниц*', 'суббот*', 'воскресень*',
	'but', 'only', 'instead', 'rather', 'better', 'change', 'later', 'earlier', 'another', 'different', 'tomorrow|today', 'monday|tuesday|wednesday|thursday|friday|saturday|sunday',
] as const;

export const YES_SYMBOLS = ['👍', '✅', '👌', '✔', '☑', '🆗'] as const;
export const NO_SYMBOLS = ['👎', '❌', '🚫', '✖'] as const;
