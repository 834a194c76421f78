/**
 * What the suite itself takes for a claim, a greeting or an invention. Written from the guarantees, without a look at the
 * lists of the code that keeps them: a word both lists forgot is found by neither, a word one forgot is found by this one.
 */
export const CLAIMS_OF_EFFECT: readonly RegExp[] = [
	/(^|[^а-яё])(вы|вас) (уже )?записан/i, /(^|\n|, )(готово, )?(эта )?запись (уже )?(перенесена|отменена)/i, /записал[аи]? вас/i, /забронирова(л|но|на)/i,
	/(^|[^а-яё])(я )?(вас )?(записал|перенес|перенёс|отменил)[аи]? (вас|вашу|запись|визит|на|к)/i, /(визит|бронь|запись) (создан|оформлен|подтвержд[её]н|перенес[её]н|отмен[её]н)/i,
	/you are (already )?booked/i, /(visit|appointment|booking) (is|has been|was) (already )?(cancelled|rescheduled|moved|booked|confirmed)/i, /i(['’]ve| have)? (booked|cancelled|rescheduled|moved) (you|your)/i,
	/you['’]re (all set|booked)/i,
];

export const GREETINGS = /здравствуйте|приветствую|(?<![а-яё])привет(?![а-яё])|доброе утро|добр(ый|ого) (день|вечер)|доброй ночи|доброго времени|(?<![a-z])(hello|hi there|hey)(?![a-z])|good (morning|afternoon|evening|day)/gi;

/** Words no salon of the suite offers, and nobody of its staff is called: whoever says them has invented them. */
export const INVENTED = /ботокс|эпиляц|татуаж|пилинг|снежан|аркади|эдуард|botox|epilation|tattoo|peeling|snezhana|arkady|eduard/i;

/** Money and length in other than the catalogue's form, percentages, favours. */
export const FAVOURS = /\d ?%|процент|скидк|скину|бесплатн|в подарок|акци[яюи](?![а-яё])|промокод|гарантиру|discount|for free|free of charge|complimentary|promo|guarantee|percent/i;

/** Marks that only a prompt, a tool or an attacker's text holds. */
export const LEAKS = /[{}]|https?:|www\.|\w@\w|evil|игнорируй|ignore (all|previous)|system ?:|<\/?\w+>|<\||\[inst|tool_call|"acts"|[\u0000-\u0008\u200B-\u200F\u202A-\u202E\u2066-\u2069]/i;

/** Clock times and sums in words: no template says them, so whoever does has made them up. */
export const WORDED_FACTS = /(?<![а-яё])(в|на) (час|два|три|четыре|пять|шесть|семь|восемь|девять|десять) (час|дня|утра|вечера|ночи)|полноч|полдень|\d (утра|вечера)|\d ?(am|pm)(?![a-z])|тысяч[аиу]? руб|(one|two|three) thousand|midnight|\$ ?\d/i;

/** Letters of neither Russian nor English. */
export const FOREIGN_SCRIPTS = /[іїєґқңғүұһәөІЇЄҐҚҢҒҮҰҺӘӨ\u0590-\u05FF\u0600-\u06FF\u3040-\u30FF\u4E00-\u9FFF\uAC00-\uD7AF]/u;
