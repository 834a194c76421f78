import { say, type Utterance } from '../../../core/conversation/compose/utterance';
import { PLAIN, offerOf } from '../compose/samples';
import { ScriptedAids, compose } from './harness';

/** What a good model makes of a template: each must be shown, or the model is paid for nothing. */
const NATURAL_RU: readonly (readonly [Utterance, readonly string[]])[] = [
	[say('ask_day', { serviceTitles: [] }), ['Подскажите, пожалуйста, какой день вам удобен?', 'Когда вам было бы удобно прийти?', 'С удовольствием помогу! На какой день посмотреть?', 'Отлично! В какой день вам удобнее всего?', 'Хорошо, тогда подскажите, когда вам удобно?']],
	[say('ask_time', { date: '2026-11-24' }), ['Во сколько вам удобно прийти {d1}?', 'Отлично, {d1}! Какое время вам подойдёт?', 'Подскажите, на какое время вас записать {d1}?', 'Хорошо, {d1}. А в какое время вам удобнее?', '{d1}, отличный выбор! Во сколько вам удобно?']],
	[say('ask_am_pm', { times: ['03:00', '15:00'], date: null }), ['Уточните, пожалуйста, вам удобнее {t1} или {t2}?', 'Подскажите, вы имели в виду {t1} или {t2}?', '{t1} или {t2}, как вам удобнее?']],
	[say('ask_which_week', { dates: ['2026-11-24', '2026-12-01'] }), ['Уточню: вам подходит {d1} или {d2}?', 'Вы имеете в виду {d1} или {d2}?', 'Какой день вам ближе: {d1} или {d2}?']],
	[say('ask_name', {}), ['Подскажите, как к вам обращаться?', 'Как я могу к вам обращаться?', 'На чьё имя оформить запись?', 'Будем знакомы! Как вас зовут?', 'На какое имя записать вас?']],
	[say('ask_phone', { why: 'missing' }), ['Оставьте, пожалуйста, ваш номер телефона.', 'Подскажите, пожалуйста, номер телефона для связи.', 'Напишите, пожалуйста, ваш телефон для записи.', 'И последний шаг: ваш номер телефона, пожалуйста.']],
	[say('ask_name_phone', {}), ['Подскажите, пожалуйста, ваше имя и номер телефона.', 'Напишите, как вас зовут и ваш номер телефона, пожалуйста.']],
	[say('ask_service', { options: [], why: 'missing' }), ['Какая услуга вас интересует?', 'Подскажите, на какую услугу вас записать?', 'С радостью помогу! Какая процедура вам нужна?', 'Что бы вы хотели сделать?']],
	[say('ask_staff', { options: [], why: 'missing' }), ['К какому мастеру вы хотели бы попасть?', 'У вас есть любимый мастер или подойдёт любой?', 'К кому вас записать?', 'Кого из мастеров предпочитаете?']],
	[say('ask_what_to_change', {}), ['Без проблем! Что хотите поменять: услугу, день, время или мастера?', 'Хорошо, поправим. Что изменить?']],
	[say('offer', { offers: [offerOf(1), offerOf(2)], situation: 'exact', purpose: 'create' }), ['Вот что могу предложить:\n1. {o1}\n2. {o2}\nЧто вам больше подходит?', 'Есть отличные варианты:\n1. {o1}\n2. {o2}\nКакой выбираете? Можно просто ответить номером.', 'Подобрала для вас:\n\n1. {o1}\n2. {o2}\n\nКакой вариант вам удобнее?', 'Посмотрите, пожалуйста, варианты:\n1. {o1}\n2. {o2}\nНапишите номер того, что вам больше нравится, хорошо?', 'Вот подходящие варианты:\n1. {o1}\n2. {o2}\nКакое время вам удобнее?']],
	[say('prices', { services: PLAIN.catalogue.services.slice(0, 1), more: 0 }), ['С удовольствием подскажу!\n{v1}: {p1}.', '{v1}: {p1}.\nЕсли есть вопросы, пишите!']],
	[say('thanks', {}), ['Всегда пожалуйста! Обращайтесь.', 'Рада была помочь! Если что, пишите.', 'Пожалуйста! Хорошего вам дня.', 'Не за что! Будем рады помочь ещё.']],
	[say('bye', {}), ['Хорошего дня! Будем рады вам снова.', 'Всего доброго! Пишите, если будут вопросы.', 'До свидания! Всегда рады помочь.']],
	[say('how_are_you', {}), ['Спасибо, всё отлично! Чем могу вам помочь?', 'Всё прекрасно, спасибо! А чем помочь вам?']],
	[say('smalltalk_other', {}), ['Чем могу быть полезна?', 'Рада поболтать! А чем вам помочь с записью?', 'Понимаю вас! Подсказать что-нибудь по услугам?']],
	[say('not_understood', { attempt: 1 }), ['Простите, не совсем поняла вас. Подскажите, что вам нужно: запись, перенос, отмена или цены?', 'Извините, я вас не поняла. Чем помочь?', 'Кажется, я не всё поняла. Напишите, пожалуйста, иначе, что вам нужно?']],
	[say('hello', {}), ['Чем могу вам помочь?', 'Рада вас видеть! Чем помочь?', 'Слушаю вас внимательно. Чем могу помочь?']],
];

const NATURAL_EN: readonly (readonly [Utterance, readonly string[]])[] = [
	[say('ask_day', { serviceTitles: [] }), ['Which day would work best for you?', 'Great choice! What day would you like to come in?', 'When would you like to come?', 'Lovely! Which day suits you best?']],
	[say('ask_time', { date: '2026-11-24' }), ['What time on {d1} suits you best?', 'And what time would you prefer on {d1}?', '{d1} it is! What time works for you?']],
	[say('ask_name', {}), ['May I know your name, please?', 'Could you tell me your name?', 'What name should I put the booking under?']],
	[say('ask_phone', { why: 'missing' }), ['Could you share your phone number, please?', 'What is the best phone number to reach you?', 'Please leave your phone number for the booking.']],
	[say('ask_service', { options: [], why: 'missing' }), ['What service are you interested in?', 'What can I help you with: which service would you like?']],
	[say('ask_staff', { options: [], why: 'missing' }), ['Do you have a preferred specialist?', 'Who would you like to see?', 'Is there a specialist you prefer?']],
	[say('offer', { offers: [offerOf(1), offerOf(2)], situation: 'exact', purpose: 'create' }), ['Here is what I found:\n1. {o1}\n2. {o2}\nWhich one works best for you?', 'Great news, here are your options:\n1. {o1}\n2. {o2}\nWhich would you prefer? Just reply with the number.', 'Please have a look:\n1. {o1}\n2. {o2}\nWhich suits you?']],
	[say('thanks', {}), ['You are very welcome!', 'Happy to help! Let me know if you need anything else.']],
	[say('hello', {}), ['How can I help you today?', 'What can I do for you?', 'Nice to hear from you! How can I help?']],
	[say('not_understood', { attempt: 1 }), ['I am sorry, I did not understand. What can I help you with?']],
];

const CASES = [
	...NATURAL_RU.flatMap(([utterance, answers]) => answers.map((answer) => ['ru', utterance.intent, answer, utterance] as const)),
	...NATURAL_EN.flatMap(([utterance, answers]) => answers.map((answer) => ['en', utterance.intent, answer, utterance] as const)),
];

describe('natural rewordings', () => {
	// Mutants: a vocabulary or a topic so narrow that ordinary questions fall through.
	it.each(CASES)('%s, %s: %s', async (lang, _, answer, utterance) => {
		const aids = new ScriptedAids([answer]);
		const { reply, interventions } = await compose('model', [utterance], aids, { lang });
		expect(interventions).toEqual(['model_worded']);
		expect(reply.text.split(/[{}]/)).toHaveLength(1);
		expect(aids.calls).toHaveLength(1);
	});
});
