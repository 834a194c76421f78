/** A write of this turn that lets a reply claim its effect. */
export type Effect = 'create' | 'reschedule' | 'cancel';

/** What a draft may not say outside a handle. */
export type ViolationKind =
	| 'time'
	| 'date'
	| 'duration'
	| 'money'
	| 'percent'
	| 'phone'
	| 'link'
	| 'number'
	| 'name'
	| 'service'
	| 'availability'
	| 'effect'
	| 'promise'
	| 'mixed_script'
	| 'language';

/** A shape that only a handle may fill. */
export interface FactPattern {
	readonly kind: ViolationKind;
	readonly pattern: RegExp;
}

/** Words that claim an effect, with the effects of the turn that make them true. */
export interface EffectPattern {
	readonly pattern: RegExp;
	readonly allowedBy: readonly Effect[];
}

/** Patterns run over folded text: lower case, ё as е. Words end where letters and digits end, in any script. */
function words(...choices: readonly string[]): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${choices.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

/** Claims: the same, but «не записал», "not booked" and "cannot be booked" claim nothing. */
function claims(...choices: readonly string[]): RegExp {
	const negated = "(?<!(?<![\\p{L}])(?:не|not|never|n't|(?:not|n't|cannot|never) (?:be|been|yet)) )";
	return new RegExp(`(?<![\\p{L}\\p{N}])${negated}(?:${choices.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

const HOURS_RU = 'два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать';
const HOURS_RU_GENITIVE = 'двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати';
const HOURS_RU_DATIVE = 'двум|трем|четырем|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати';
const HOURS_RU_ORDINAL = 'первого|второго|третьего|четвертого|пятого|шестого|седьмого|восьмого|девятого|десятого|одиннадцатого|двенадцатого';
const HOURS_EN = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const TENS_RU = 'пять|десять|пятнадцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|девяносто';
const TENS_EN = 'five|ten|fifteen|twenty|thirty|forty|forty-five|fifty|sixty|ninety';

export const FACT_PATTERNS: readonly FactPattern[] = [
	{ kind: 'link', pattern: /https?:|www\.|\S+@\S+|(?<!\S)@[\w.]{2,}|\]\(/gu },
	{
		kind: 'link',
		pattern: words('[\\p{L}\\p{N}-]+\\.(?:ru|com|рф|org|net|io|me|su|by|kz|ua|info|biz|online|site|app|dev|cc|tk|xyz|pro|shop|club|link|ly|gl|uk|de|eu|ai|co|top)'),
	},
	{ kind: 'phone', pattern: /\+?\p{N}(?:[\s().-]{0,2}\p{N}){6,}/gu },
	{ kind: 'time', pattern: /\p{N}{1,2}\s?[:.]\s?\p{N}{2}(?!\p{N})/gu },
	{
		kind: 'time',
		pattern: words(
			'пол(?:день|дня|удня|удню|уднем|ночь|ночи|уночи|уночью)|noon|midday|midnight',
			`(?:в|на) (?:час|${HOURS_RU})(?: (?:час\\p{L}*|дня|ночи|утра|вечера))?`,
			`(?:${HOURS_RU}) (?:часов|часа|дня|ночи|утра|вечера)`,
			`к (?:${HOURS_RU_DATIVE})`,
			`(?:после|до|с|около) (?:часу|${HOURS_RU_GENITIVE})`,
			`пол(?:овин[аеу] )?(?:${HOURS_RU_ORDINAL})`,
			`четверть (?:${HOURS_RU_ORDINAL})`,
			`без (?:пяти|десяти|четверти|пятнадцати|двадцати)(?: минут)? (?:час|${HOURS_RU})`,
			`(?:at|till|until|by|before|after) (?:${HOURS_EN})(?! of| more| time| go)`,
			`(?:${HOURS_EN}) (?:o'?clock|am|pm|a\\.m|p\\.m)`,
			`half past|quarter (?:past|to)`,
			'\\p{N}{1,2} ?(?:am|pm|a\\.m|p\\.m)',
		),
	},
	{ kind: 'date', pattern: /\p{N}{1,4}\s?[./-]\s?\p{N}{1,2}(?:\s?[./-]\s?\p{N}{2,4})?(?!\p{N})/gu },
	{
		kind: 'date',
		pattern: words(
			'(?:январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)(?:ь|я|ю|е|ем|а|у|ом)?|март(?:а|е|у|ом)?|май|мае',
			'январ[ья] \\p{N}+|\\p{N}+(?:-?го|-?е)|мая \\p{N}+|\\p{N}+ мая',
			'january|february|april|june|july|august|september|october|november|december|(?:in|on|of|until) (?:march|may)',
			'(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?\\p{N}+(?:st|nd|rd|th)?',
			'(?:двадцать|тридцать) \\p{L}+(?:ого|ье|ое|ьего)|\\p{L}+надцатого|двадцатого|тридцатого|\\p{L}+(?:ого|ое|ому|ье|ьего) числ\\p{L}',
			'(?:twenty|thirty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth) of',
		),
	},
	{
		kind: 'duration',
		pattern: words(
			'\\p{N}+(?:[.,]\\p{N}+)? ?-? ?(?:мин\\p{L}*|час\\p{L}*|ч|дн\\p{L}*|день|hours?|hrs?|h|min(?:ute)?s?|days?)',
			'полчаса|получаса|полтора часа|полутора часов|(?:около|примерно|почти|за|один|целый) час(?:а)?',
			`(?:${TENS_RU})(?: пять)? минут`,
			`(?:half an|an|${HOURS_EN}|a couple of) hours?|half[- ]hour`,
			`(?:${TENS_EN})[ -]minutes?`,
		),
	},
	{ kind: 'money', pattern: /\p{Sc}|\p{N}\s?р(?:\.|(?!\p{L}))/gu },
	{
		kind: 'money',
		pattern: words(
			'руб(?:л\\p{L}*)?|копе\\p{L}*|доллар\\p{L}*|евро|тенге|гривн\\p{L}*|сум(?:ов)?|тысяч\\p{L}*',
			'dollars?|euros?|roubles?|rubles?|pounds?|tenge|bucks|usd|eur|rub|kzt|gbp|thousand|hundred',
		),
	},
	{ kind: 'percent', pattern: /[%٪‰]/gu },
	{ kind: 'percent', pattern: words('процент\\p{L}*', 'per ?cent') },
	{ kind: 'number', pattern: /\p{N}+/gu },
	{ kind: 'mixed_script', pattern: /(?:\p{Script=Cyrillic}\p{M}*\p{Script=Latin}|\p{Script=Latin}\p{M}*\p{Script=Cyrillic})/gu },
	{
		kind: 'promise',
		pattern: words(
			'скидк\\p{L}*|скидочн\\p{L}*|бесплатн\\p{L}*|гарант\\p{L}*|в подарок|подар(?:им|ю|ок)|акци[яюией]{1,2}|промокод\\p{L}*|к[еэ]шб[еэ]к\\p{L}*|бонус\\p{L}*|даром|за счет заведения|верн(?:ем|у) деньги|компенс\\p{L}*|обеща\\p{L}*',
			'discount\\p{L}*|free of charge|for free|complimentary|guarant\\p{L}*|promo\\p{L}*|cashback|bonus\\p{L}*|on the house|refund\\p{L}*|gifts?|we promise|i promise',
		),
	},
];

const ANY: readonly Effect[] = ['create', 'reschedule', 'cancel'];

export const EFFECT_PATTERNS: readonly EffectPattern[] = [
	{
		allowedBy: ['create', 'reschedule'],
		pattern: claims(
			'записал[аи]?|записан[аоы]?|записываю|записываем',
			'(?:за)?бронировал[аи]?|забронирован[аоы]?|бронирую|бронируем',
			'зарезервировал[аи]?|зарезервирован[аоы]?|резервирую|оформил[аи]?|оформлен[аоы]?|внес(?:ла|ли|ен[аоы]?)? (?:вас|в расписание)',
			'жд(?:у|ем|ут) вас|место за вами|закрепил[аи]?|закреплен[аоы]?',
			'(?<!fully |double |over)booked(?! up| out| solid)|reserved|scheduled|signed you up|put you down|see you (?:on|at|then)|expecting you',
		),
	},
	{
		allowedBy: ['reschedule'],
		pattern: claims(
			'перенес(?:ла|ли|ен|ена|ено|ены)?|переношу|переносим|сдвинул[аи]?|сдвинут[аоы]?|передвинул[аи]?|передвинут[аоы]?|изменил[аи]?|изменен[аоы]?|перезаписал[аи]?|перезаписан[аоы]?',
			'rescheduled|moved|postponed|shifted|changed your|been changed|switched you',
		),
	},
	{
		allowedBy: ['cancel'],
		pattern: claims('отменил[аи]?|отменен[аоы]?|отменяю|отменяем|аннулировал[аи]?|аннулирован[аоы]?|удалил[аи]?|удален[аоы]?|снял[аи]? запись|снят[аоы]?', 'cancell?ed|removed|deleted|called off'),
	},
	{
		allowedBy: ANY,
		pattern: claims(
			'подтвердил[аи]?|подтвержден[аоы]?|подтверждаю|подтверждаем|готово|сделано|все сделал[аи]?|все получилось',
			"confirmed|confirming|all set|all done|it(?:'s| is| has been) done",
		),
	},
	{ allowedBy: ANY, pattern: /(?<=(?:^|[.!?\n])\s*)done(?![\p{L}\p{N}])/gu },
];

/** A day said in words next to whether it is free: only a handle may say that, unless it is a question. */
export const DAY_WORDS = words(
	'сегодня|завтра|послезавтра|понедельник\\p{L}*|вторник\\p{L}*|сред[ауые]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресень\\p{L}*|выходны[ех]|следующей неделе',
	'today|tomorrow|tonight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekend|next week',
);
export const AVAILABILITY_WORDS = words(
	'свободн\\p{L}*|мест[ао]?|окн[оа]|окошк\\p{L}*|окошек|занят\\p{L}*|работа(?:ем|ет|ют)|принимает|открыт\\p{L}*|закрыт\\p{L}*|выходной',
	'free|available|availability|openings?|open|closed|busy|taken|works|slots?|full',
);
