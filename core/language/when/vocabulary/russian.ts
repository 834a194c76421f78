import type { Entry } from './word';

const WEEKDAYS: readonly Entry[] = [
	{ word: { weekday: 1 }, forms: 'понедельник понедельника понедельнику понедельником понедельнике понельник', typos: true },
	{ word: { weekday: 2 }, forms: 'вторник вторника вторнику вторником вторнике', typos: true },
	{ word: { weekday: 3 }, forms: 'среда среды среде среду средой', typos: true },
	{ word: { weekday: 4 }, forms: 'четверг четверга четвергу четвергом четверге', typos: true },
	{ word: { weekday: 5 }, forms: 'пятница пятницы пятнице пятницу пятницей', typos: true },
	{ word: { weekday: 6 }, forms: 'суббота субботы субботе субботу субботой', typos: true },
	{ word: { weekday: 7 }, forms: 'воскресенье воскресенья воскресенью воскресеньем воскресение воскресению', typos: true },
	{ word: { weekday: 1 }, forms: 'пн пнд пон понед' },
	{ word: { weekday: 2 }, forms: 'вт втр' },
	{ word: { weekday: 3 }, forms: 'ср срд' },
	{ word: { weekday: 4 }, forms: 'чт чтв четв' },
	{ word: { weekday: 5 }, forms: 'пт птн пятн' },
	{ word: { weekday: 6 }, forms: 'сб сбт субб' },
	{ word: { weekday: 7 }, forms: 'вс вск воскр воскресень' },
	{ word: { weekday: 1, plural: true }, forms: 'понедельникам понедельники' },
	{ word: { weekday: 2, plural: true }, forms: 'вторникам вторники' },
	{ word: { weekday: 3, plural: true }, forms: 'средам' },
	{ word: { weekday: 4, plural: true }, forms: 'четвергам четверги' },
	{ word: { weekday: 5, plural: true }, forms: 'пятницам' },
	{ word: { weekday: 6, plural: true }, forms: 'субботам' },
	{ word: { weekday: 7, plural: true }, forms: 'воскресеньям' },
];

const RELATIVE_DAYS: readonly Entry[] = [
	{ word: { relative: 0 }, forms: 'сегодня сегодняшний сегодняшнего', typos: true },
	{ word: { relative: 0 }, forms: 'седня сеня сегодн сдн севодня сиводня сегодняшн' },
	{ word: { relative: 1 }, forms: 'завтра завтрашний завтрашнего завтрашнее', typos: true },
	{ word: { relative: 1 }, forms: 'завт завтр' },
	{ word: { relative: 2 }, forms: 'послезавтра', typos: true },
	{ word: { relative: 2 }, forms: 'послезавтр позавтра' },
	{ word: { relative: 3 }, forms: 'послепослезавтра' },
	{ word: { relative: -1 }, forms: 'вчера вчерашний' },
	{ word: { relative: -2 }, forms: 'позавчера' },
];

const MONTHS: readonly Entry[] = [
	{ word: { month: 1 }, forms: 'январь января январе январю январем', typos: true },
	{ word: { month: 2 }, forms: 'февраль февраля феврале февралю февралем', typos: true },
	{ word: { month: 3 }, forms: 'март марта марте марту мартом' },
	{ word: { month: 4 }, forms: 'апрель апреля апреле апрелю апрелем', typos: true },
	{ word: { month: 5 }, forms: 'май мая мае маю маем' },
	{ word: { month: 6 }, forms: 'июнь июня июне июню июнем' },
	{ word: { month: 7 }, forms: 'июль июля июле июлю июлем' },
	{ word: { month: 8 }, forms: 'август августа августе августу августом', typos: true },
	{ word: { month: 9 }, forms: 'сентябрь сентября сентябре сентябрю сентябрем', typos: true },
	{ word: { month: 10 }, forms: 'октябрь октября октябре октябрю октябрем', typos: true },
	{ word: { month: 11 }, forms: 'ноябрь ноября ноябре ноябрю ноябрем', typos: true },
	{ word: { month: 12 }, forms: 'декабрь декабря декабре декабрю декабрем', typos: true },
	{ word: { month: 1, needsNumber: true }, forms: 'янв' },
	{ word: { month: 2, needsNumber: true }, forms: 'фев февр' },
	{ word: { month: 3, needsNumber: true }, forms: 'мар' },
	{ word: { month: 4, needsNumber: true }, forms: 'апр' },
	{ word: { month: 6, needsNumber: true }, forms: 'июн' },
	{ word: { month: 7, needsNumber: true }, forms: 'июл' },
	{ word: { month: 8, needsNumber: true }, forms: 'авг' },
	{ word: { month: 9, needsNumber: true }, forms: 'сен сент' },
	{ word: { month: 10, needsNumber: true }, forms: 'окт' },
	{ word: { month: 11, needsNumber: true }, forms: 'ноя нояб' },
	{ word: { month: 12, needsNumber: true }, forms: 'дек декаб' },
];

const PARTS: readonly Entry[] = [
	{ word: { part: 'morning' }, forms: 'утро утром утречком утру поутру утрецом', typos: true },
	{ word: { part: 'morning', ofPart: 'morning' }, forms: 'утра утречка' },
	{ word: { part: 'lunch' }, forms: 'обед обеду обедом' },
	{ word: { part: 'lunch' }, forms: 'обеда обеде ланч ланча' },
	{ word: { part: 'day' }, forms: 'днем' },
	{ word: { ofPart: 'day', unit: 'day' }, forms: 'дня' },
	{ word: { part: 'evening' }, forms: 'вечер вечером вечерком вечеру вечерку', typos: true },
	{ word: { part: 'evening', ofPart: 'evening' }, forms: 'вечера вечерка', typos: true },
	{ word: { part: 'evening', ofPart: 'evening' }, forms: 'веч' },
	{ word: { part: 'night' }, forms: 'ночь ночью' },
	{ word: { part: 'night', ofPart: 'night' }, forms: 'ночи' },
	{ word: { clock: 12 }, forms: 'полдень полудня полудню' },
	{ word: { clock: 0 }, forms: 'полночь полуночи' },
];

const UNITS: readonly Entry[] = [
	{ word: { unit: 'minute' }, forms: 'минута минуту минуты минутку' },
	{ word: { unit: 'minute', manyUnits: true }, forms: 'минут мин минуток минуточек' },
	{ word: { unit: 'hour' }, forms: 'час часик часу' },
	{ word: { unit: 'hour', manyUnits: true }, forms: 'часа часов часам часиков часика часикам часах часами ч' },
	{ word: { unit: 'hour', halfUnit: true }, forms: 'полчаса полчасика получаса' },
	{ word: { unit: 'day' }, forms: 'день денек сутки' },
	{ word: { unit: 'day', manyUnits: true }, forms: 'дней дн деньков денька суток' },
	{ word: { unit: 'week' }, forms: 'неделя неделю неделе неделей недельку', typos: true },
	{ word: { unit: 'week', manyUnits: true }, forms: 'недели недель недельки неделек нед' },
	{ word: { unit: 'month' }, forms: 'месяц месяце месяцу месячишко', typos: true },
	{ word: { unit: 'month', manyUnits: true }, forms: 'месяца месяцев мес' },
	{ word: { unit: 'month', halfUnit: true }, forms: 'полгода' },
	{ word: { unit: 'week', halfUnit: true }, forms: 'полмесяца' },
	{ word: { unit: 'year' }, forms: 'год' },
	{ word: { unit: 'year', manyUnits: true }, forms: 'года лет году' },
	{ word: { amount: 1.5 }, forms: 'полтора полторы полутора' },
	{ word: { role: 'couple' }, forms: 'пару пара парочку пары' },
	{ word: { role: 'several' }, forms: 'несколько' },
];

const ROLES: readonly Entry[] = [
	{ word: { role: 'in' }, forms: 'в во' },
	{ word: { role: 'on' }, forms: 'на' },
	{ word: { role: 'toward' }, forms: 'к ко под' },
	{ word: { role: 'before' }, forms: 'до перед' },
	{ word: { role: 'after' }, forms: 'после', typos: true },
	{ word: { role: 'from' }, forms: 'с со от' },
	{ word: { role: 'through' }, forms: 'по' },
	{ word: { role: 'between' }, forms: 'между' },
	{ word: { role: 'about' }, forms: 'около примерно приблизительно ориентировочно где-то районе ровно приблизит' },
	{ word: { role: 'than' }, forms: 'чем' },
	{ word: { role: 'not' }, forms: 'не ни' },
	{ word: { role: 'or' }, forms: 'или либо' },
	{ word: { role: 'and' }, forms: 'и' },
	{ word: { role: 'but' }, forms: 'а но' },
	{ word: { role: 'ahead' }, forms: 'через спустя чрез', typos: true },
	{ word: { role: 'ago' }, forms: 'назад' },
	{ word: { role: 'sooner' }, forms: 'раньше ранее' },
	{ word: { role: 'later' }, forms: 'позже позднее' },
	{
		word: { role: 'next' },
		forms: 'следующий следующая следующее следующие следующего следующей следующем следующую следующих следующему будущей будущую будущий будущее будущие будущем будущего',
		typos: true,
	},
	{ word: { role: 'next' }, forms: 'след следущий следущую следущей следущее следущая слующей слующий слующую следуйщей следуйщий следуйщую' },
	{
		word: { role: 'nearest' },
		forms: 'ближайший ближайшая ближайшее ближайшие ближайшего ближайшей ближайшую ближайших ближайшем',
		typos: true,
	},
	{ word: { role: 'this' }, forms: 'этот эта это эту эти этой этого этом этих текущей текущий' },
	{
		word: { role: 'last' },
		forms: 'прошлый прошлая прошлое прошлые прошлого прошлой прошлом прошлую прошлых минувший минувшую',
	},
	{ word: { role: 'every' }, forms: 'каждый каждая каждое каждые каждую каждого каждой' },
	{ word: { role: 'begin' }, forms: 'начало начале началу начала первых' },
	{ word: { role: 'middle' }, forms: 'середина середине середину середины' },
	{ word: { role: 'end' }, forms: 'конец конце концу конца концом последних' },
	{ word: { role: 'half', amount: 0.5 }, forms: 'пол' },
	{ word: { role: 'half', amount: 0.5 }, forms: 'половина половине половину половины половинка' },
	{ word: { role: 'quarter' }, forms: 'четверть четверти' },
	{ word: { role: 'without' }, forms: 'без' },
	{ word: { role: 'weekend' }, forms: 'выходные выходных выходным выхи выхах', typos: true },
	{ word: { role: 'workdays' }, forms: 'будни буднях будние' },
	{ word: { role: 'instead' }, forms: 'вместо' },
	{ word: { role: 'except' }, forms: 'кроме' },
	{
		word: { role: 'cannot' },
		forms: 'могу можем сможем смогу получится получается выйдет подходит подойдет подойдут удобно успею успеваю хочу хотела хотел хотелось бы надо нужно вариант устроит устраивает',
	},
	{ word: { role: 'busy' }, forms: 'занята занят никак неудобно работаю отменяется заняты отпадает' },
	{
		word: { role: 'correction' },
		forms: 'нет лучше точнее вернее ой упс передумала передумал хотя ошиблась ошибся блин давайте перенесите перенести перепишите перезапишите',
	},
	{ word: { role: 'close' }, forms: 'ближе поближе' },
	{ word: { role: 'starting' }, forms: 'начиная' },
	{ word: { role: 'date-noun' }, forms: 'числа число числу числам чисел' },
	{ word: { role: 'ordinal-ending' }, forms: 'го ого е ое му ому ье ьего его ем' },
	{ word: { role: 'times' }, forms: 'раз раза' },
	{
		word: { role: 'filler' },
		forms: 'пожалуйста плиз пжл пож пжлст если можно можете есть свободно свободна свободен будет у то тогда же ли ок окей хорошо спасибо мне меня нам приду буду нормально идеально вообще только уже еще бы запишите запиши записать записаться запишусь да как раз ну может наверное подскажите скажите самое самый смогла так вот там тоже все',
	},
];

/** Nouns after which a number is a quantity, an age, a price or a place. */
const COUNTED: Entry = {
	word: { counted: true },
	forms: `человек человека чел людей детей ребенка ребенку детям детьми дети мальчика мальчиков девочки девочек подруги подружки
рублей рубля рубль руб р тыс тысяч тысячи тысячу т тр евро долларов доллара баксов копеек процентов проц
зона зоны зон руки рук ногтя ногтей ноготь пальца пальцев штук штуки шт см мм м мл л кг г гр грамм d д
сеанс сеанса сеансов процедура процедуры процедур услуги услуг мастера мастеров мастеру место места мест персоны персон
дом доме дома этаж этаже этажа кабинет кабинете кабинета подъезд подъезде подъезда офис офисе офиса квартира квартире кв корпус корпусе
салона салонов филиала филиалов звезд звезды балл балла баллов оттенка оттенков тона тонов цвета цветов слоя слоев этапа этапов
кубов единиц упаковки упаковок волоса градусов летие летний летняя летнего летней летнему класс класса группу группы
год годика годик годиков лет стрижки стрижек маникюра окрашивания массажа`,
};

/** Russian words the grammar knows; everything else is a word it does not touch. */
export const RUSSIAN: readonly Entry[] = [...WEEKDAYS, ...RELATIVE_DAYS, ...MONTHS, ...PARTS, ...UNITS, ...ROLES, COUNTED];
