import { type Lexicon, lexicon } from '../../language/words';
import type { AskTopic } from '../acts';

/** Questions by topic, tried in this order; a text may ask about several. */
export const ASK_PHRASES: readonly (readonly [AskTopic, Lexicon])[] = [
	['price', lexicon([
		'сколько .. стоит|стоят|стоить|стоило|руб|рублей|денег|возьмете|берете', 'во сколько .. обойдется|выйдет', 'цена|цены|цену|цене|ценой|ценам|ценах|ценник|ценника|расценки|стоимость|стоимости|почем|прайс|прайса|прайсу|прайслист', 'по чем', 'какая сумма', 'дорого', 'сколько $', 'самая|самый|самое дешевая|дешевый|дешевое|недорогая|недорогой',
		'how much', 'price|prices|pricing|pricelist|cost|costs|rates', 'skolko .. stoit',
	])],
	['duration', lexicon([
		'сколько .. длится|длятся|длиться|занимает|займет|продлится|идет', 'сколько это? по времени', 'сколько времени|часов|минут', 'по времени .. сколько|как', 'как|насколько долго', 'длительность|продолжительность', 'долго .. делать|длится|сидеть',
		'how long', 'duration',
	])],
	['address', lexicon([
		'где вы|ты|салон|находитесь|находится|расположены|это|вас', 'где .. находитесь|расположены', 'вы где', 'какой|ваш|скажите|подскажите|скиньте|пришлите|напишите|дайте .. адрес', '^ адрес', 'адресу|адреса|адрес', 'как .. доехать|добраться|проехать|пройти|найти', 'какое|какая метро|станция', 'куда .. приезжать|подъехать|приходить|ехать', 'геолокаци*|локация|локацию', 'gde vy',
		'where are you', 'where .. located|salon|place', 'your? address|location', 'how .. get there|to you', 'directions',
	])],
	['hours', lexicon([
		'до скольки|сколька|скольких', 'до которого часа', 'со скольки', 'с которого часа', 'с|до какого часа|времени', 'во сколько вы? открываетесь|закрываетесь|открыты|открывается|закрывается|начинаете|заканчиваете', 'когда вы? открываетесь|закрываетесь|открыты', 'график|режим', 'часы|время|дни работы', 'работаете', 'вы .. открыты|закрыты', 'какие|когда .. выходные|выходной|выходного', 'до скольки работ*',
		'opening|working|business|your hours', 'what time .. open|close|closing', 'when .. open|close', 'are you open|closed|working', 'what are your hours',
	])],
	['staff', lexicon([
		'кто .. делает|стрижет|красит|работает|принимает|выполняет|свободен', 'кто .. мастер|мастера|специалист|врач|будет', 'какие|список|перечень .. мастера|мастеров|специалисты|специалистов|врачи|врачей', 'сколько .. мастеров', 'к кому .. записаться|попасть|можно', 'кто у вас', 'есть .. мастера|мастер|специалист|специалисты',
		'who does|do|works|is|can|will', 'which|what|your|any stylists|masters|stylist|barbers|staff|specialists|doctors', 'list of staff|stylists|masters',
	])],
	['services', lexicon([
		'какие|список|перечень|виды|ваши|все .. услуги|услуг|процедуры', 'что вы? делаете|умеете|предлагаете|оказываете', 'чем .. занимаетесь', '^ услуги $', 'что .. по услугам', 'какие .. стрижки|стрижек|массажи',
		'what|which services|treatments', 'what do you do|offer|have', 'list of services', 'services .. offer', '^ services $', 'menu',
	])],
	['contacts', lexicon([
		'ваш|какой|дайте|скиньте|подскажите .. телефон|номер|номера|телефона', 'как .. связаться|дозвониться|позвонить', 'контакты|контакт', 'можно|могу .. позвонить', 'инстаграм|инстаграмм|инста|сайт|вконтакте', 'куда .. звонить|позвонить',
		'your phone|number|website|instagram|contacts|email', 'contact details|info|information', 'how .. contact|call|reach',
	])],
];

/** Questions about free time: with a service or a day they are a wish to book. */
export const AVAILABILITY = lexicon([
	'есть|будет|найдется|остались|осталось|имеется|нет .. окошко|окошки|окна|окно|окошечко|место|места|местечко|время|запись|записи|возможность|свободное|свободные', 'свободно|свободен|свободна|свободны|свободное|свободные|свободного', 'окошко|окошки|окошечко', 'когда .. можно|записаться|прийти|придти|попасть|запись|принимаете|ближайшая|ближайшее|подойти', 'ближайшая|ближайшее|ближайшую|ближайшие .. запись|время|окошко|окно|дата|дату', 'что .. есть|свободно|осталось .. на?', 'какое|какие .. время|окошки|окна|часы|дни|даты .. есть|свободны|свободно|доступны|остались', 'на когда .. можно|есть|записать|запись|записаться', 'во сколько .. можно',
	'available|availability|openings|opening|vacancy|vacancies', 'free|open|any slot|slots|time|times|spot|spots', 'do|can you have|fit|squeeze', 'when can|could', "what's|what|anything is? free|available|open", 'est .. svobodn*|okno|okoshko|vremya',
]);

/** A wish to book. */
export const BOOKING = lexicon([
	'запис*', 'запиш*', 'забронир*', 'бронир*', 'бронь', 'хочу|хотел|хотела|хотим|хотели|хотелось|хотелка', 'можно|могу|можем|мог|могла|сможете|можете', 'нужно|нужен|нужна|нужны|надо|требуется', 'давайте|давай', 'планирую|собираюсь', 'попасть|прийти|придти|приду|подойти', 'сделать|сделайте|сделаем',
	'book|booking|reserve|schedule|appointment', 'want|need|like|wanna|get|looking|can|could|have', "i'd", 'zapis*', 'zapish*', 'hochu|xochu|khochu|mozhno|mojno|nuzhno|nado',
]);
/** A wish to book that is one without anything else said. */
export const FIRM_BOOKING = lexicon([
	'записаться|запишите|запиши|записать|записывайте|запишусь|записываюсь|записаны', '^ запись $', 'запись на', 'хочу|нужна|нужно|можно|оформить|сделать .. запись', 'забронировать|забронируйте|бронь', 'хочу|хотела|хотел .. прийти|придти|попасть', 'можно .. прийти|придти|попасть|подойти',
	'book|reserve', 'make|schedule|get|need|want|like .. appointment|booking|reservation', 'zapisatsya|zapisatsia|zapisat|zapishite|zapis',
]);
/** Another visit besides the one in hand. */
export const ONE_MORE = lexicon(['еще .. запи*', 'запи* .. еще', 'также|тоже .. запи*', 'another|second appointment|booking|visit', 'also book']);

export const CANCEL = lexicon([
	'отмен* .. запис*|визит*|прием*|бронь|брони|сеанс*|все', '^ .. отмените|отменить|отмени|отменяйте|отменяю|отменяем|отменяется|отмена $', 'отмените|отменить|отмени|отменяю', 'снимите|снять|удалите|удалить|уберите|убрать|аннулир* .. запись|записи|бронь', 'запись|визит|бронь .. отмен*|удалите|снимите|аннулир*',
	'cancel .. appointment|appointments|booking|visit|reservation|my|it', '^ cancel $', 'need|want|like to cancel', 'can|could|may i|we cancel', 'call off', 'otmenit*|otmenite|otmena .. zapis*?',
]);
/** «не надо переносить»: the visit stays as it is. */
export const KEEP = lexicon(['не надо|нужно|хочу|стоит|буду .. перен*|отмен*', 'не перенос*|отменяй*|отменяю', "don't|dont|not cancel|move|reschedule|change"]);
/** The client will not come: a cancel, or a move when another day follows. */
export const WILL_NOT_COME = lexicon([
	'не смогу|сможем|могу|получится|получается|выйдет|успею|успеваю .. прийти|придти|приехать|подойти|подъехать|быть|попасть|добраться|завтра|сегодня|в|к|на', 'не приду|придем|приеду|приедем|буду|успею|успеваю', 'не смогу $',
	"can't|cannot|couldn't|won't make|come|attend|be", "not able|won't be able", "unable to", 'not coming', "can't make it",
]);
/** The client comes to the visit that was reminded of. */
export const COMING = lexicon([
	'^ .. буду|будем|приду|придем|приеду|приедем', 'подтвержд*', 'до встречи|завтра', 'все в силе', "i'll|will be there|come", 'see you', 'coming', 'confirm|confirmed',
]);
export const MOVE = lexicon([
	'перенес*|перенос*|перезапис*|перезапиш*|передвин*|передвиг*|сдвин*|переназнач*|пересун*', 'поменять|поменяйте|поменяем|изменить|измените|сменить|смените|скорректировать .. время|дату|день|запись|визит|час|мастера',
	'reschedul*', 'move .. appointment|booking|visit|it|to|my|me', 'change|switch .. time|date|day|appointment|booking', 'postpone*', 'push .. back', 'perenesti|perenesite|perenos',
]);
/** What makes a move about an existing visit even while another one is being put together. */
export const OWN_VISIT = lexicon(['запись|записи|записью|визит|визита|прием|приема|бронь|сеанс', 'appointment|booking|visit|reservation']);
export const LIST = lexicon([
	'на когда|сколько|какое|какой|какую .. я|мы|меня|нас .. запис*', 'когда|сколько|какой|какое .. у|моя|мой|меня|я|мы .. запись|записан|записана|записаны|визит|прием|сеанс', 'мои|мой|моя|моих|мою .. записи|визиты|визит|записей|запись', 'я .. записан|записана', 'мы .. записаны', 'записан|записана ли я', 'у меня .. есть|была|завтра|сегодня|какие .. запись|записи|визит', 'есть|если .. у меня .. запись|записи|визит', 'когда|сколько мне .. приходить|прийти|подойти|подходить', 'какие|какая у меня .. записи|запись|визиты|визит', 'проверьте|проверить|посмотрите|напомните .. запись|записана|записан|визит|записи', 'куда|кому .. я .. записан|записана', 'уточнить .. записи',
	'my appointments|bookings|visits|reservations', 'when|what|where .. my appointment|booking|visit', 'do i have .. appointment|booking|visit|appointments', "what time is|am .. my|i", 'am i booked', 'show|see|check|list|view .. my .. appointment|appointments|booking|bookings',
]);

export const OTHER = {
	service: lexicon(['другую|другая|другие|сменить|поменять|измените|изменить услугу|услуга|услуги|процедуру', 'не та|ту|то услуга|услугу|процедура', 'different|another|change|other .. service|treatment']),
	when: lexicon(['другое|другие|другой|другая|другую|иное|изменить|поменять|сменить|изменим|поменяем время|день|дата|дату|час|часы|дни|даты|числа|число', 'не то время', 'different|another|change|other .. time|day|date|slot|times|days']),
	staff: lexicon(['другой|другого|другому|другим|другая|другую|сменить|поменять|изменить мастер|мастера|мастеру|мастером|специалист|специалиста|специалисту|врач|врача|врачу|парикмахер*', 'к другому|другой', 'different|another|change|other .. stylist|master|specialist|person|barber|doctor']),
	name: lexicon(['другое|неправильное|неверное|изменить|исправить|поменять|исправьте|измените имя', 'имя неправильное|неверное|другое', 'не то имя', 'wrong|different|change .. name']),
	phone: lexicon(['другой|неправильный|неверный|изменить|поменять|исправьте|сменить номер|телефон', 'номер|телефон неправильный|неверный|другой', 'wrong|different|change .. phone|number']),
	guest: lexicon(['не для меня', 'не меня', 'не себе|себя', 'для другого человека', 'not for me', 'for someone else']),
} as const;
/** Words that replace what was said before. */
export const CORRECTION = lexicon(['не .. а', 'лучше', 'вместо', 'ой|ай|упс', 'передумал|передумала', 'поменя*|измен*|исправ*|смени*|сменить', 'точнее|вернее', 'ошиб*|перепута*', 'нет', 'но', 'только', 'not .. but', 'instead|actually|rather|better|change|sorry|oops', 'no|but|wait']);
/** None of the shown offers will do. */
export const NONE_FITS = lexicon(['ничего|ни один|одно|никакой .. не? подходит|подходят|устраивает', 'не подходит|подходят|устраивает|удобно|годится', 'другие|еще|другой .. варианты|вариант|окошки|окна', 'что нибудь|то еще|другое', 'none .. work|works|suit|fit|these|them|those', "doesn't|don't|dont work|suit", 'other|more options|times|slots', 'something|anything else']);

/** People a visit may be for, in the cases that mean «for»: the nominative tells a story instead. */
const KIN_FOR = 'дочки|дочери|дочь|доченьки|сына|сыночка|мужа|жены|мамы|мамочки|папы|ребенка|детей|подруги|подружки|друга|брата|сестры|сестренки|бабушки|дедушки|внука|внучки|племянника|племянницы|тети|дяди|свекрови|тещи|невестки|парня|девушки|супруга|супруги|коллеги|родителей|другого|отца|матери';
const KIN_WHOM = 'дочку|дочь|доченьку|дочу|сына|сыночка|мужа|жену|маму|мамочку|папу|ребенка|детей|подругу|подружку|друга|брата|сестру|сестренку|бабушку|дедушку|внука|внучку|племянника|племянницу|тетю|дядю|свекровь|тещу|невестку|парня|девушку|супруга|супругу|коллегу|родителей|отца|мать';
const KIN_TO = 'дочке|дочери|доченьке|сыну|сыночку|мужу|жене|маме|мамочке|папе|ребенку|детям|подруге|подружке|другу|брату|сестре|сестренке|бабушке|дедушке|внуку|внучке|племяннику|племяннице|тете|дяде|свекрови|теще|невестке|парню|девушке|супругу|супруге|отцу|матери';
const KIN_EN = 'daughter|son|husband|wife|mom|mum|mother|dad|father|friend|kid|kids|child|children|brother|sister|girlfriend|boyfriend|partner|grandma|grandmother|grandson|granddaughter|niece|nephew|fiance|fiancee|baby';
export const KIN = lexicon([KIN_FOR, KIN_WHOM, KIN_TO, KIN_EN]);
/** Where a word of kin means that the visit is for them. */
export const FOR_KIN = lexicon([
	`для моей|моего|моих|своей|своего|нашей|нашего? ${KIN_FOR}`,
	`моему|моей|своему|своей? ${KIN_TO}`, `мою|моего|моих|свою|своего? ${KIN_WHOM} .. запи*|забронир*|на|подстри*|постри*|привести|можно|хочу`, `запи*|забронир*|привести|приведу|подстри*|постри*|хочу|можно|нужно|надо .. ${KIN_WHOM}`, `^ ${KIN_WHOM} $`, `не меня а ${KIN_WHOM}`,
	`for my|our|a? ${KIN_EN}`, `book .. my|our ${KIN_EN}`,
]);

/** A pause in the talk: nothing to read, nothing to ask again. */
export const PAUSE = lexicon(['подожди|подождите|погодите|минутку|минуту|минуточку|секунду|секундочку|сек', 'сейчас|щас посмотрю|подумаю|уточню|гляну|отвечу|напишу', '^ сейчас|щас $', 'подумаю|подумать|посоветуюсь', 'напишу|отвечу позже|потом|вам', 'wait|hold on?', 'one|a sec|second|moment|minute', 'let me think|check|see', "i'll think"]);
/** News for the staff about a visit of today: for a person to read. */
export const ON_THE_WAY = lexicon(['опаздыва*|опозда*|задержусь|задерживаюсь', 'уже? еду|выхожу|подъезжаю|подхожу', 'running|be late', 'on my way']);

export const HOW_ARE_YOU = lexicon(['как дела|делишки|жизнь|настроение|поживаете|поживаешь|ты', 'как вы $', 'how are you', "how's it going", 'how are things', 'kak dela']);
export const WHO_ARE_YOU = lexicon(['вы|ты .. бот|робот|человек|нейросеть|искусственный|ии|программа', 'кто вы|ты', 'ты кто', 'вы кто', 'как вас|тебя зовут', 'с кем я .. общаюсь|говорю|разговариваю|переписываюсь', 'это .. бот|робот|автоответчик', 'are you .. bot|robot|human|real|ai|person', 'who are you', "what's your name", 'what is your name', 'who is this', 'am i .. talking|chatting .. bot|human|person']);
/** Openings of a question without a question mark. */
export const QUESTION_WORDS = lexicon(['^ а? как|какой|какая|какие|какое|что|чем|где|куда|когда|почему|зачем|сколько|можно|есть|нужно|надо|подскажите|скажите|а|вы|у|делаете|принимаете|даете|бывает ли?', 'ли', '^ do|does|is|are|can|could|what|where|when|how|why|which|will|would|have|has']);
