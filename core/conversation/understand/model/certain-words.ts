import { BYES, THANKS } from '../../../language/lexicon/courtesy';
import { lexicon } from '../../../language/words';
import type { AskTopic } from '../../acts';

/** Words that turn, narrow or colour a sentence: whoever writes one may mean the opposite of what the rest says. */
export const TURNING = lexicon([
	'не|ни|нет|но|или|либо|если|вместо|кроме|только|лишь|уже|еще|тоже|также|плюс|лучше|хотя|правда|наверное|наверно|может|возможно|вдруг|пока|потом|потому|чтобы|чтоб|нибудь|будто|вроде|почти|без|раньше|пораньше|позже|попозже|другой|другую|другая|другое|другие|другому|иначе|зря|поздно|передумал|передумала|ошиблась|ошибся|отмен*|перен*',
	'дорого|дороговато|дорогой|дешев*|недорог*|скидк*|акци*|бесплатн*|обычно|прошлый|прошлая|прошлую|была|был|были|вчера|подруга|подруге|подругой|говорят|сказали|обещали|жалоб*|испорт*|плохо|ужас*|больно|беремен*|аллерг*|вопрос|интересно|думаю|подумаю|посоветуйте|посоветуете|порекомендуйте|случайно|срочно|двоих|двое|вдвоем|вместе|одновременно|каждый|каждую|каждое',
	"not|no|n't|but|or|if|instead|except|only|already|also|too|rather|better|maybe|perhaps|unless|another|different|earlier|later|never|nor|without|usually|last|was|were|had|friend|together|both|each|every|expensive|cheap*|discount*|free|hurt*|pregnan*|allerg*|wrong|sorry|actually|cancel*|resched*|move|change",
]);

/** Turning words that the sentence itself may be made of: what they turn is the act. */
export const TURNING_IN_MANAGE = new Set(['отмен', 'перен', 'cancel', 'resched', 'move', 'change']);

/** Words of a booking that say nothing besides that one is wished. */
export const WISHING = lexicon([
	'запис*|запиш*', 'забронир*|бронир*|бронь', 'хочу|хотел|хотела|хотели|хотим|хотелось', 'бы', 'можно|могу|можем|сможете|можете|получится', 'нужно|нужен|нужна|надо|нужны', 'давайте|давай', 'попасть|прийти|придти|приду|подойти|приеду', 'сделать|сделайте', 'планирую|собираюсь',
	'есть|будет|свободно|свободное|свободные|свободен|свободна|окно|окошко|окна|окошки|место|места|местечко|время|времечко|запись|записи', 'мне|меня|нам|нас|себе|себя|я|мы|вам|вас|вы|к|ко|у|на|в|во|с|со|и|по|за|для|до|от|это|тогда|так|ну|вот|мой|моя|мое|мою|свой', 'пожалуйста|плиз|пж|пжлст|спасибо|спс|благодарю|хорошо|ок|окей|ладно|супер|отлично|ага|угу|да|подходит|удобно|устраивает|пусть|будет|буду|мастеру|мастера|мастер|услугу|услуга|услуги|визит|прием|день|час|часов|часа|часик|часиков', '^ а',
	'book|booking|reserve|appointment|schedule|make|get|want|need|like|would|could|can|have|do|is|are|there|any|slot|slots|time|open|available|availability|free|spot|come|in|on|at|to|for|with|a|an|the|and|of|my|me|i|we|you|your|us|it|that|please|thanks|thank|great|ok|okay|yes|sure|good|works|work|fine|let|lets|be|will|then|so|well',
	"i'd|i'll|i'm|let's|that's|it's", 'hochu|zapisatsya|zapisatsia|zapisat|zapishite|mozhno|mojno|na|v|k|pozhaluysta|pojaluista|davayte',
]);
/** Words that make a text with a question mark a wish to come. */
export const CAN_I = lexicon(['можно|могу|можем|сможете|можете|получится|есть|будет|найдется|свободно|свободен|свободна|свободное|свободные|окно|окошко|окошки|место|запис*|запиш*', 'can|could|available|availability|free|open|any|book|have|slot|slots']);

/** Plain questions, word by word; what these do not hold is not plain. */
export const PLAIN_ASKS: Readonly<Partial<Record<AskTopic, ReturnType<typeof lexicon>>>> = {
	price: lexicon(['сколько|скока|скольки|какая|какие|какова|какой', 'стоит|стоят|стоить|будет|цена|цены|цену|ценник|прайс|стоимость|почем|руб|рублей', 'у|вас|а|и|на|за|подскажите|скажите|пожалуйста|узнать|можно|напишите|пришлите|скиньте|это|услуга|услуги|услугу', 'how|much|is|are|does|do|what|cost|costs|price|prices|of|for|the|a|it|your|pricing|please|tell|me|and']),
	duration: lexicon(['сколько|как|какая|долго', 'длится|длятся|занимает|займет|продлится|идет|время|времени|по|делается|длительность|продолжительность', 'у|вас|а|и|подскажите|скажите|пожалуйста|это|услуга|процедура', 'how|long|does|do|is|it|the|a|take|takes|last|duration|of']),
	address: lexicon(['где|какой|куда|как|адрес|адресу|находитесь|расположены|находится|салон|вы|ваш|добраться|доехать|проехать|пройти|найти|по|какому|к|вам|вас|у|а|и|подскажите|скажите|напишите|скиньте|пришлите|пожалуйста|приезжать|приходить', 'where|are|you|is|the|salon|located|your|address|what|what\'s|location|please|how|to|get|there']),
	hours: lexicon(['до|со|с|во|когда|как|какой|какое|какие|скольки|сколько|часа|времени|график|режим|часы|время|работы|работаете|открываетесь|закрываетесь|открыты|закрыты|вы|у|вас|а|и|подскажите|скажите|пожалуйста|в|во|салон|ваш', 'what|when|are|do|you|your|the|salon|opening|working|business|hours|open|close|time|on|till|until|how|late|please|is']),
	services: lexicon(['какие|какой|список|услуги|услуг|процедуры|у|вас|есть|что|вы|делаете|предлагаете|оказываете|а|и|подскажите|скажите|пожалуйста|можно|напишите|пришлите|ваши|все', 'what|which|services|do|you|offer|have|provide|list|of|your|please|the|are']),
	staff: lexicon(['кто|какие|мастера|мастер|мастеров|специалисты|у|вас|есть|работает|делает|делают|стрижет|стригут|красит|а|и|подскажите|скажите|пожалуйста|список|к|кому|можно|записаться', 'who|does|do|your|stylists|masters|staff|the|is|are|works|there|what|which|have|you|please']),
	contacts: lexicon(['какой|ваш|номер|телефон|телефона|дайте|скиньте|подскажите|напишите|пришлите|контакты|как|с|вами|вам|связаться|позвонить|дозвониться|пожалуйста|у|вас|есть|а|и|салона', 'what|what\'s|your|phone|number|contacts|contact|details|please|the|is|salon|how|can|i|call|you|reach']),
};

/** Plain words about an own visit: to see, cancel or move it. */
export const PLAIN_MANAGE = lexicon([
	'отмените|отменить|отмени|отменяйте|отмена|перенесите|перенести|перенеси|перенос|перезаписать|перезапишите|мои|мой|моя|мою|моей|записи|запись|записей|визит|визиты|прием|бронь|время|когда|на|я|записан|записана|покажите|показать|какие|у|меня|есть|хочу|хотел|хотела|бы|нужно|надо|можно|могу|пожалуйста|ли|в|во|с|и|свою|день|куда|посмотреть|проверьте|здравствуйте|давайте|мне|моего|моем|все',
	"cancel|my|the|appointment|appointments|booking|bookings|visit|visits|please|reschedule|move|change|it|to|i|want|would|like|need|can|you|could|when|is|am|booked|show|me|list|do|have|any|what|i'd|for|a|on|at|all",
]);

/** Thanks and farewells word by word, with what people put around them. */
export const COURTEOUS = lexicon([...THANKS, ...BYES, 'большое|огромное|очень|вам|вас|тебе|всем|за|помощь|ответ|информацию|заранее|и|ок|хорошо|понятно|поняла|понял|ясно|отлично|супер|класс|ладно|ждите|жду|буду|все', 'very|much|so|a|lot|you|ok|okay|great|for|the|your|help|info|and|all|got|it|perfect|nice']);
/** «как дела?» and «вы бот?» word by word. */
export const CHATTY = lexicon(['как|дела|вы|ты|бот|робот|человек|кто|это|поживаете|настроение|вас|тебя|зовут|живой|нейросеть|программа|ии|с|кем|я|общаюсь|говорю|а|у', "how|are|you|who|is|this|a|bot|robot|human|real|person|ai|an|what's|your|name|it|going|what|or|do"]);
/** Halves of the day and weeks as answers to a question about them. */
export const HALVES = lexicon(['утра|утро|утром|дня|днем|день|вечер|вечера|вечером|ночи', 'эта|эту|этой|на|ближайшая|ближайшую|следующая|следующую|следующей|той|неделя|неделе|неделю', 'am|pm|morning|afternoon|evening|in|the|this|next|week|one|p|a|m']);
/** Words that leave the choice to the salon. */
export const ANYTHING = lexicon(['без|разницы|все|равно|любое|любой|любая|любую|неважно|важно|принципиально|угодно|когда|кто|ближайшее|ближайший|время|день|мастер|к|кому|мне', "any|anyone|anybody|anytime|whenever|doesn't|matter|don't|mind|i|no|preference|up|to|you|it|time|day|works|is|fine|whoever|ok"]);
