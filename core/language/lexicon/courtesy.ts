/**
 * Greetings as regular expression sources over folded text (lower case, ё as е). `firm` ones are always a greeting;
 * `soft` ones only when a pause follows («good morning, Anna», not «good morning slots»).
 */
export const FIRM_GREETINGS = [
	'здравствуйте', 'здравствуй', 'здраствуйте', 'здрав?ст[ве]уйте', 'здрасте', 'здрасти', 'здрасьте', 'приветствую(?: вас)?', 'приветики?', 'привет(?:ик)?(?: всем)?', 'всем привет', 'салют', 'хеллоу', 'хелло', 'хай',
	'добр(?:ый|ого) времени суток', 'доброго времени(?: суток)?', 'доброго дня', 'доброго вечера', 'доброго утра', 'доброго здоровья', 'дня доброго', 'день добрый', 'вечер добрый', 'утро доброе', 'вечера доброго', 'утра доброго',
	'рад[аы]? (?:вас )?приветствовать(?: вас)?', 'hello(?: there| again)?', 'hiya', 'hi(?: there| again)?', 'hey(?: there)?', 'greetings',
	'вітаю', 'доброго ранку', 'сәлем(?:етсіз бе|етсізбе)?', 'салеметсиз бе', 'ассаламу? алейкум', 'салам(?: алейкум)?',
	'privet', 'zdravstvu[yi]te', 'zdrast[ei]', 'dobr(?:yi|yj|iy|y) (?:den|vecher)',
] as const;

export const SOFT_GREETINGS = [
	'добр(?:ый|ого) (?:день|вечер|утро|ден|денек|вечерочек)', 'доброе утро', 'доброе утречко', 'доброй ночи', 'добрий (?:день|вечір|ранок)', 'good (?:morning|afternoon|evening|day)', 'welcome(?: back)?',
] as const;

/** Words by which a client turns to the salon after a greeting. */
export const ADDRESS_WORDS = ['девушки', 'девочки', 'уважаемые', 'дорогие', 'друзья', 'коллеги', 'еще раз', 'снова', 'again', 'all', 'team', 'guys', 'dear'] as const;

export const THANKS = [
	'спасибо', 'спасибочки', 'спс', 'пасиб', 'пасибо', 'благодарю', 'благодарна', 'благодарен', 'дякую', 'рахмет', 'thanks', 'thank you', 'thx', 'ty', 'cheers', 'spasibo',
] as const;

export const BYES = [
	'до свидания', 'до свиданья', 'до встречи', 'до завтра', 'до скорого', 'до скорой встречи', 'до связи', 'до понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья', 'пока', 'пока пока', 'покеда',
	'всего доброго', 'всего хорошего', 'хорошего дня', 'хорошего вечера', 'хороших выходных', 'доброй ночи', 'спокойной ночи', 'удачи', 'увидимся', 'жду встречи',
	'bye', 'bye bye', 'goodbye', 'see you', 'see ya', 'see you tomorrow|then|soon|later', 'have a nice|good|great day|evening|weekend|one', 'take care', 'good night',
] as const;
