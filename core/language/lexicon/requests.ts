import { hasAny, lexicon, toWords } from '../words';

const human = lexicon([
	'^ на|с|к? оператор|оператора|оператору|оператором $',
	'^ на|с|к? администратора|администратору|администратором|менеджера|менеджеру|менеджером|управляющего $',
	'позовите|позови|пригласите|соедините|соедини|свяжите|переключите|переключи|переведите|переведи|дайте|давайте|подключите|нужен|нужна|требую|хочу|можно|поговорить|пообщаться|связаться .. оператор|оператора|оператору|оператором|администратор|администратора|администратору|администратором|админа|админу|админом|менеджер|менеджера|менеджеру|менеджером|управляющего|управляющему|управляющим|директора|директору|директором|консультанта|консультантом|сотрудника|сотрудником',
	'поговорить|пообщаться|соедините|свяжите|переключите|переведите|позовите|дайте|нужен|хочу .. живого?|живым?|живой?|с?|на? человека|человеком|человек',
	'с оператором|администратором|менеджером|управляющим|директором|человеком .. поговорить|пообщаться|связаться|обсудить',
	'живой|живого|живым|настоящий|настоящего|настоящим человек|человека|человеком|оператор|оператора|оператором|администратор|администратора',
	'^ с? человеком $', '^ человека позовите? $', 'есть .. живые|живой люди|кто',
	'перезвоните', 'перезвони', 'позвоните мне', 'свяжитесь со мной', 'наберите меня', 'не хочу .. ботом',
	'talk|speak|chat|connect|transfer|switch .. human|person|someone|somebody|operator|agent|manager|administrator|receptionist|representative',
	'^ human $', '^ operator $', '^ agent $', 'real|live human|person|agent|operator', 'call|get the|an|your? operator|manager|administrator|receptionist', 'human please', 'call me back', '^ please? call me please? $', 'need|want a|an|the? human|operator|manager|administrator|receptionist',
]);
/** «на человека» after a service is a count of heads, not a request. */
const countOfHeads = lexicon(['на 1|2|3|4|5|6|7|8|9|10|одного|двух|двоих|трех|троих|четверых человек|человека']);
/** «вы живой человек?» asks who answers. */
const whoAnswers = lexicon(['вы|ты|это .. бот|робот|живой|человек', 'are you|this .. human|real|person|bot', 'am i .. human|person|bot']);

const stop = lexicon([
	'^ стоп пожалуйста?|все? $', '^ stop please?|now?|it? $', 'отпишитесь $', 'отпишите меня?|нас?', 'отписаться', 'отписываюсь', 'отпишусь', 'отписка', '^ отпишитесь',
	'не пишите мне|нам|сюда|больше', 'больше мне? не пишите|пиши', '^ не пишите .. $', 'не надо|нужно мне? больше? писать', 'хватит мне? писать|спамить|слать|присылать', 'прекратите мне? писать|спамить|слать|присылать|рассылку',
	'перестаньте мне? писать|слать|присылать|спамить', 'удалите мой|меня|мои номер|телефон|из|данные|контакт', 'уберите меня из', 'не присылайте|шлите .. сообщения|рассылку|рекламу',
	'unsubscribe', 'stop messaging|texting|writing|sending|spamming', "don't|dont write|text|message me", 'do not write|text|message|contact me', 'remove me from', 'opt out',
]);
/** «отпишитесь, когда будет место» asks for an answer. */
const replyRequest = lexicon(['отпишитесь|отпишите .. когда|как|если|по|о|насчет|сможете']);

/** Whole messages only: in longer ones these words are about something else. */
const start = lexicon([
	'^ старт пожалуйста? $', '^ хочу? снова? подписаться снова|обратно|опять? пожалуйста? $', '^ подпишите меня? снова|обратно|опять? пожалуйста? $', '^ подписываюсь снова|обратно? $',
	'^ да? пишите|присылайте мне|нам? снова|опять пожалуйста? $', '^ снова|опять пишите|присылайте мне|нам? пожалуйста? $', '^ можете|можно мне|нам? снова|опять мне|нам? писать|присылать $', '^ можете|можно мне|нам? писать|присылать снова|опять $',
	'^ возобновите|возобновить|верните|вернуть|включите рассылку|сообщения|напоминания|уведомления пожалуйста? $',
	'^ start please? $', '^ unstop $', '^ please? subscribe|resubscribe me? again? please? $', '^ please? write|text|message to? me? again please? $', '^ you? can|may write|text|message to? me again $', '^ opt me? in|back in? please? $',
]);

/** Whether the client asks for a person instead of the assistant. «Я администратор» does not. */
export function wantsHuman(text: string): boolean {
	const words = toWords(text);
	return hasAny(words, human) && !hasAny(words, countOfHeads) && !hasAny(words, whoAnswers);
}

/** Whether the client asks never to be written to again, with all of the text or a line of it. «Стоп, я передумал» and «остановка» do not. */
export function wantsStop(text: string): boolean {
	return [text, ...(text.includes('\n') ? text.split('\n') : [])].some((part) => {
		const words = toWords(part);
		return hasAny(words, stop) && !hasAny(words, replyRequest);
	});
}

/** Whether the client takes that back: they may be written to again. Says nothing of who never asked for silence. */
export function wantsStart(text: string): boolean {
	return hasAny(toWords(text), start);
}
