import type { Rejection } from './rejection';

/** Words a model may not use on its own, though a template may: each would state what only code knows. */
export interface WordPattern {
	readonly kind: Rejection;
	readonly pattern: RegExp;
}

/** Patterns run over folded text: lower case, ё as е. */
function words(...choices: readonly string[]): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${choices.join('|')})(?![\\p{L}\\p{N}])`, 'u');
}

/**
 * Never, whatever the sentence. The vocabulary refuses what nobody thought of; these give the usual lies their name, for
 * the audit log and the re-ask, and catch those made of harmless words.
 */
export const OWN_WORD_PATTERNS: readonly WordPattern[] = [
	{
		kind: 'availability',
		pattern: words(
			'(?:не)?свободн\\p{L}*|(?:не)?занят(?:о|а|ы|ые|ый)?|окн[оа]|окошк\\p{L}*|окошек|доступн\\p{L}*|есть мест\\p{L}*',
			'мест(?:о|а)? (?:есть|нет)|нет мест|есть время|времени нет|нет времени|время есть',
			'работаем|работает|работают|принимаем|принимает|принимают|открыт\\p{L}*|закрыт\\p{L}*|выходн\\p{L}*|успе(?:ем|ете|ваем|ваете)',
			'найдется|осталось|последн\\p{L}* (?:мест\\p{L}*|врем\\p{L}*)',
			'(?<!feel )free|available|availability|openings?|closed|busy|taken|booked|slots?',
			'(?:we|i|it|that|they|is|are|am|was)(?:\'re|\'s|\'m)? (?:are |is |am )?open|sold out|there(?:\'s| is) time|fit you in',
			'squeeze you|last spots?|left',
		),
	},
	{
		kind: 'effect',
		pattern: words(
			'(?:за|пере|вы|в|до)?(?:пишу|пишем|писал[аи]?|писываю|писываем|писан[аоы]?) вас',
			'вас (?:за|пере|в)?(?:писал[аи]?|пишу|пишем|писан[аоы]?)|запи(?:шу|шем)|впи(?:шу|шем|сал[аи]?|сан[аоы]?)',
			'забронирую|забронируем|бронь|брони|бронью|броней|оформлю|оформим|отменю|отменим|отменится|отмена прошла|перенесу|перенесем',
			'подвину|подвинем|сдвину|сдвинем|внесу|внесем|внесен[аоы]?|занес(?:у|ем|ла|ли|ен[аоы]?)?',
			'закреплю|закрепим|придержу|придержим|придержал[аи]?|поставлю|поставим|поставил[аи]?|зарезервирую|зарезервируем|добавлю',
			'добавим|добавил[аи]?|добавлен[аоы]?|назначу|назначим|назначил[аи]?|назначен[аоы]?|устрою|устроим|устроил[аи]?',
			'напомню|напомним|перезвон\\p{L}*|позвоним|позвоню|пришлю|пришлем|отправлю|отправим|отправил[аи]?|отправлен[аоы]?|передам',
			'передадим|передал[аи]?|сообщу|сообщим|уведом\\p{L}*|удалю|удалим|уберу|уберем|убрал[аи]?|снял[аи]?|сниму|снимем',
			'освобод\\p{L}*',
			'все (?:вышло|получилось|есть|будет)|вы у нас|(?:момент|вариант|выбор) ваш|ваш (?:момент|вариант)|договорил[аи]?сь',
			'договорились|решено|по рукам|учтен[аоы]?|учл[аи]|учел|принят[аоы]?',
			'принял[аи]? (?:ваш\\p{L}*|заявк\\p{L}*|запис\\p{L}*|заказ\\p{L}*)|создан[аоы]?|создал[аи]?|выполнен[аоы]?|выполнил[аи]?',
			'исполнен[аоы]?|завершен[аоы]?|завершил[аи]?|успешно',
			'состо(?:ится|ялась|ялся)|запланирован[аоы]?|запланировал[аи]?|действует|активн[аоы]|в силе|активирован[аоы]?|сохранил[аи]?',
			'сохранен[аоы]?|обновил[аи]?|обновлен[аоы]?|поменял[аи]?|заменил[аи]?|исправил[аи]?|исправлен[аоы]?',
			'все (?:устроено|улажено|решено|в порядке с)',
			'до встречи|до скорой|до скорого|увидимся|встретимся|приходите|подходите|приезжайте|заходите|жд(?:у|ем|ут) вас',
			'вас жд(?:у|ем|ут)|жд(?:у|ем)|будем ждать|буду ждать|встречаем|встретим|вы (?:уже )?в (?:списке|расписании|записи|графике)',
			'место ваше|(?:это )?время ваше|за вами|ваш(?:а|е|у)? (?:запись|визит|бронь|место|заявк[ау])',
			"(?:i|we)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to) (?:book|cancel|move|reschedule|reserve|schedule|hold|save|keep|put|add|arrange|send|call|remind|make|change|confirm|let|refund|update|set|fix|block|secure|sign|note|sort|take care|get)",
			"(?:i|we)(?:'ve| have)(?: just| already)? \\p{L}+|(?:has|have|had) (?:been|already|now|just)",
			"(?:is|are|was|were|got|gets|be) (?:now |already |all )?(?:set|done|made|arranged|secured|saved|sorted|added|updated|placed|fixed|locked|cancelled|canceled|moved|booked|confirmed|reserved|scheduled|noted|finali[sz]ed|complete|completed|processed|registered|held|blocked)",
			"good to go|locked in|pencil\\p{L}*|taken care of|sorted|consider it|yours|we(?:'re| are) on|(?:is|it's) a plan|plan is",
			"found you|will be (?!happy|glad|delighted|pleased|here to help)\\p{L}+|you(?:'re| are) one of|next day|looking forward to",
			"see you|expect(?:ing)? you|waiting for you|wait for you|await\\p{L}*|until then|it's a date",
			"(?:your|the|this|a) (?:spot|place|seat|slot|appointment|booking|reservation|visit) (?:is|was|has|will)",
			"on the (?:list|schedule|books?)|in the (?:book|books|calendar|schedule|diary|system)",
			"you(?:'re| are) (?:in|on|down|set|good|expected|all|confirmed|registered)|successful\\p{L}*|as requested|consider",
			"(?:can|could|will|i'll|we'll) do(?! my best)|do (?:that|it|this)|it(?:'s| is) (?:on|in|off)",
			"have (?!misunderst|been so|to |a (?:look|lovely|nice|good|great|wonderful)|fun|questions?|any|a prefer)\\p{L}*",
		),
	},
	{
		kind: 'promise',
		pattern: words(
			'дешев\\p{L}*|недорог\\p{L}*|выгодн\\p{L}*|уступ\\p{L}*|сбав\\p{L}*|спецпредложен\\p{L}*|спец\\p{L}* цен\\p{L}*',
			'лучш\\p{L}* цен\\p{L}*|по (?:старой|низкой|хорошей|особой|специальной) цене|пол ?цены|вдвое|вполовину|нисколько не',
			'без (?:оплаты|доплат\\p{L}*|предоплат\\p{L}*)|сделаем приятн\\p{L}*|комплимент\\p{L}*|презент\\p{L}*|сюрприз\\p{L}*',
			'сертификат\\p{L}*|абонемент\\p{L}*|балл(?:ы|ов)|вернем|возмест\\p{L}*|клян\\p{L}*|точно (?:получится|будет|успе\\p{L}*)',
			'сто процентов|непременно|обязательно',
			'cheap\\p{L}*|bargain\\p{L}*|special (?:price|offer|deal)s?|best price|good price|half[ -]price|half off|price off|reduced',
			'voucher\\p{L}*|coupon\\p{L}*|present for you|treat for you|for nothing|on us|no charge|no cost|waive\\p{L}*|compensat\\p{L}*',
			'swear|deal|save you|percent off',
		),
	},
	{
		kind: 'money',
		pattern: words(
			'оплат\\p{L}*|предоплат\\p{L}*|доплат\\p{L}*|переведите|перевод(?:ом|ы)?|реквизит\\p{L}*|карт(?:а|ы|е|у|ой|ам|ами)',
			'деньг\\p{L}*|денег|стоит|стоить|стоимость|цена|сто|двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот',
			'миллион\\p{L}*|ноль|дорого',
			'pay|paid|payment|prepay\\p{L}*|deposit\\p{L}*|transfer|cards?|cash|money|costs?|priced?|fee|fees|million|grand|quid',
		),
	},
	{
		kind: 'number',
		pattern: words(
			'двадцат\\p{L}*|тридцат\\p{L}*|сорок\\p{L}{0,2}|пятидесят\\p{L}*|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяност\\p{L}',
			'\\p{L}+надцат\\p{L}+',
			'twent(?:y|ies|ieth)|thirt(?:y|ieth|een)|fort(?:y|ieth)|fift(?:y|een|ieth)|sixt(?:y|een)|sevent(?:y|een)|eight(?:y|een)',
			'ninet(?:y|een)|fourteen|eleven|twelve',
		),
	},
	{
		kind: 'phone',
		pattern: words(
			'(?:(?:ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|плюс)[ ,.-]+){2,}(?:ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять)',
			'(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|plus)[ ,.-]+){2,}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)',
			'(?:по)?звоните|наберите|call (?:us|me|at|on|the)|dial|ring (?:us|me)|text (?:us|me)',
		),
	},
	{
		kind: 'link',
		pattern: words(
			'точка (?:ру|ком|рф|нет|орг|инфо|ме|net|ru|com)|(?:ру|ком|рф|орг)(?: |$)точка|собак[аи]|собачк[аи]|https?|hxxps?|www',
			'по ссылк\\p{L}*|ссылк\\p{L}*|сайт\\p{L}*|перейдите|dot (?:com|ru|org|net|io|me)|website\\p{L}*|site|url|links?|click',
			'subscribe|подпишитесь|подписывайтесь|канал\\p{L}*',
		),
	},
	{
		kind: 'advice',
		pattern: words(
			'диагноз\\p{L}*|лечени\\p{L}*|лечит\\p{L}*|таблет\\p{L}*|принимайте|примите|доз[аыуе]|дозировк\\p{L}*|препарат\\p{L}*',
			'мазь\\p{L}*|мази|мазью|антибиотик\\p{L}*|противопоказ\\p{L}*|безопасн\\p{L}*|безвредн\\p{L}*',
			'diagnos\\p{L}*|dos(?:e|es|age)|pills?|tablets?|prescri\\p{L}*|antibiotic\\p{L}*|ointment\\p{L}*|medication\\p{L}*|harmless',
			'у нас (?:есть|всегда|можно|имеется|работа\\p{L}*|лучш\\p{L}*|дела\\p{L}*|нет|только)',
			'мы (?:используем|делаем|предлагаем|находимся|расположены|принимаем|выполняем|проводим|обслуживаем)|рядом с|напротив',
			'улиц\\p{L}*|ул|проспект\\p{L}*|дом|этаж\\p{L}*|метро|парковк\\p{L}*|можно (?:без|с|со)|разреш\\p{L}*|допуска\\p{L}*',
			'запрещ\\p{L}*|нельзя|паспорт\\p{L}*|снилс|парол\\p{L}*|код',
			'we (?:have|offer|use|do|accept|provide|serve|are located|allow|always|never|only)|next to|opposite|street|floor|station',
			'parking|allowed|forbidden|passports?|passwords?|passcode|ssn|code',
		),
	},
	{
		kind: 'person',
		pattern: words(
			'(?:я|мы) (?:тоже )?(?:живой|живая|человек|люди|не бот|не робот|реальн\\p{L}*|настоящ\\p{L}*)|меня зовут|не робот|не бот|не программа',
			"(?:i'm|i am|am) (?:a )?(?:real|human|person|not a|no bot|alive)|real person|human being|not a (?:bot|robot|machine)|my name is",
		),
	},
	{
		kind: 'answer',
		pattern: words('не (?:пишите|обращайтесь|спрашивайте|задавайте)|люблю вас|вас люблю|да|нет|конечно|разумеется|безусловно|естественно|верно|именно|так и есть', "(?:do not|don't) (?:write|ask)|love you|yes|yeah|yep|nope|no(?! (?:worries|rush|hurry))|sure(?! of)|of course|certainly|absolutely|definitely|indeed|correct"),
	},
];

/** Only in a sentence that asks nothing: days and parts of a day may be asked about, never stated. */
export const STATED_PATTERNS: readonly WordPattern[] = [
	{
		kind: 'date',
		pattern: words(
			'сегодня|завтра(?:шн\\p{L}*)?|послезавтра|понедельник\\p{L}*|вторник\\p{L}*|сред[ауые]|четверг\\p{L}*|пятниц\\p{L}*',
			'суббот\\p{L}*|воскресень\\p{L}*|выходны[ех]|недел[юеи]',
			'today|tomorrow|tonight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekend|next week|this week',
		),
	},
	{
		kind: 'time',
		pattern: words(
			'утром|днем|вечером|ночью|с утра|после обеда|до обеда|через час|час[аоу]\\p{L}*|час',
			'in the (?:morning|afternoon|evening)|at night|(?:an|one|in an) hour|hours',
		),
	},
];

/** Regret before good news. */
export const REGRET = words(
	"к сожалению|увы|жаль|извин\\p{L}*|прост(?:ите|и)|не получ\\p{L}*|невозможн\\p{L}*|не смо\\p{L}*|не вый(?:дет|ти)|печаль\\p{L}*|sorry|unfortunately|afraid|cannot|can't|unable|apolog\\p{L}*|regret\\p{L}*|sadly",
);
/** Cheer, or the promise of a choice, before bad news. */
export const JOY = words(
	'отличн\\p{L}*|прекрасн\\p{L}*|замечательн\\p{L}*|супер|здорово|ура|легко|с удовольствием|с радостью|без проблем|не вопрос',
	'хорошо|рад[аы]?|классно|великолепно|чудесно|поздравл\\p{L}*|можно|получится|сможем|подходит|вариант\\p{L}*|подобрал[аи]?',
	'нашл[аи]|нашел|нашлось',
	'great|perfect\\p{L}*|wonderful\\p{L}*|gladly|no problem|happy|excellent|awesome|fantastic|amazing|congrat\\p{L}*|good news',
	'lovely|glad|can do|works|options?|found|here (?:is|are)',
);
