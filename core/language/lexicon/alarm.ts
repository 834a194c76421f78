import { hasAny, lexicon, toWords } from '../words';

/** Signs of danger to life: a person must read them, whatever the conversation is about. Not a diagnosis. */
const alarm = lexicon([
	'не могу дышать|вдохнуть|вздохнуть', 'трудно|тяжело|нечем дышать', 'задыхаюсь', 'задыхается', 'удушье', 'не дышит', 'перестал|перестала дышать',
	'теряю|потерял|потеряла|теряет сознание', 'потеря|потерю|потери сознания', 'без сознания', 'упал|упала .. обморок', 'обморок*', 'не приходит в себя',
	'кровь .. не останавливается|хлещет', 'кровотечени* .. не останавливается|останавливается', 'сильное|сильным|обильное|обильным кровотечение|кровотечением', 'кровотечение .. не', 'не останавливается кровь|кровотечение', 'истекаю|истекает кровью',
	'боль|болит|давит|жжет|жжение .. груди|сердце|сердца', 'сердечный приступ', 'инфаркт*', 'инсульт*', 'перекосило лицо', 'онемел|онемела|онемело|отнялась|отнялись .. рука|нога|лицо|половина|ноги|руки', 'судорог*', 'эпилепти*',
	'анафила*', 'отек квинке', 'отек|отекло|отекает|распухло|опухло .. горло|горла|язык|языка|лицо|гортани', 'аллергическая|сильная реакция|аллергия .. укол|укола|анестез*|препарат*|наркоз*',
	'передозировк*', 'отравил*', 'отравлен*', 'выпил|выпила|наглотал* .. таблеток|таблетки', 'температура|температуры|температурой .. 40|39|41',
	'самоубий*', 'суицид*', 'покончить с собой|жизнью', 'не хочу жить', 'хочу умереть', 'порезал|порезала вены', 'вызовите|вызвать|нужна скорую|скорая', 'скорую .. помощь', 'умирает', 'ребенок .. не дышит|посинел', 'посинел*', 'ожог .. глаз|глаза|кислот*', 'сильный ожог',
	"can't|cannot|hard|trouble|difficulty to? breathe|breathing", 'can not breathe', 'not breathing', 'chest pain', 'pain .. chest', 'heart attack', 'stroke symptoms', 'having a stroke', 'seizure|seizures', 'anaphyla*', 'passed out', 'unconscious', 'faint|fainted|fainting',
	"bleeding .. won't|not|doesn't|heavily|a .. stop|lot", 'heavy|severe bleeding', "won't stop bleeding", 'bleeding heavily', 'overdose*', 'poisoned|poisoning', 'suicid*', 'kill myself', 'want to die', 'call .. ambulance|911', 'throat|face|tongue .. swelling|swollen|swelled', 'swelling|swollen .. throat|face|tongue', 'severe allergic', 'allergic reaction',
]);

/** Whether a text holds a red flag of a medical emergency. */
export function isAlarm(text: string): boolean {
	return hasAny(toWords(text), alarm);
}
