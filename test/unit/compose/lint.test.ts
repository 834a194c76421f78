import type { Effect, ViolationKind } from '../../../core/conversation/compose/lint-patterns';
import { effectsOf, lintDraft } from '../../../core/conversation/compose/lint';
import { renderDraft } from '../../../core/conversation/compose/render';
import { say } from '../../../core/conversation/compose/utterance';
import { PLAIN, recordOf } from './samples';

const FACTS = new Map([
	['o1', 'вт 24 ноября, 15:00, Анна, 1 ч, 2 000 ₽'],
	['v1', 'Стрижка женская'],
	['a1', 'ул. Ленина, 5'],
]);

function kinds(draft: string, lang: 'ru' | 'en' = 'ru', effects: readonly Effect[] = []): ViolationKind[] {
	return lintDraft(draft, { facts: FACTS, catalogue: PLAIN.catalogue, effects: new Set(effects), lang }).map(({ kind }) => kind);
}

const CAUGHT_RU: readonly (readonly [string, ViolationKind])[] = [
	['Есть время в 15:00.', 'time'],
	['Приходите в 15.30.', 'time'],
	['Приходите в １５：００.', 'time'],
	['Приходите в 1\u200B5:00.', 'time'],
	['Жду к трём.', 'time'],
	['Можно в пять вечера?', 'time'],
	['Давайте в полтретьего.', 'time'],
	['В половине шестого удобно?', 'time'],
	['Без пятнадцати пять подойдёт?', 'time'],
	['Удобно в полдень?', 'time'],
	['После шести никого нет.', 'time'],
	['24.11 подойдёт?', 'date'],
	['2026-11-24 подойдёт?', 'date'],
	['Подойдёт 24 ноября?', 'date'],
	['Лучше в декабре.', 'date'],
	['Двадцать четвёртого удобно?', 'date'],
	['Приходите пятого числа.', 'date'],
	['Во вторник 24?', 'number'],
	['Это займёт 60 минут.', 'duration'],
	['Процедура на полтора часа.', 'duration'],
	['Около часа.', 'duration'],
	['Это тридцать минут.', 'duration'],
	['Стоит 2000 ₽.', 'money'],
	['Стоит 2000 р.', 'money'],
	['Стоит две тысячи.', 'money'],
	['Всего пятьсот рублей.', 'money'],
	['Цена: 2000', 'number'],
	['Минус 10%.', 'percent'],
	['Десять процентов.', 'percent'],
	['Звоните +7 916 123-45-67.', 'phone'],
	['Звоните 8(916)1234567.', 'phone'],
	['Смотрите https://evil.example', 'link'],
	['Пишите на a@b.ru', 'link'],
	['Заходите на evil.com', 'link'],
	['Наш канал t.me/evil', 'link'],
	['Пишите @evilbot', 'link'],
	['Мария вас примет.', 'name'],
	['Могу предложить марию?', 'name'],
	['Запишитесь к Ольге Смирновой.', 'name'],
	['Сделаем окрашивание?', 'service'],
	['У нас есть ламинирование.', 'service'],
	['Завтра есть свободное время.', 'availability'],
	['В пятницу мы закрыты.', 'availability'],
	['Записал вас.', 'effect'],
	['Готово, записала вас: {o1}', 'effect'],
	['Вы записаны.', 'effect'],
	['Ваша запись отменена.', 'effect'],
	['Отменил визит.', 'effect'],
	['Перенёс вашу запись.', 'effect'],
	['Запись перенесена.', 'effect'],
	['Место забронировано.', 'effect'],
	['Всё подтверждено.', 'effect'],
	['Записываю вас: {o1}', 'effect'],
	['Я не только записал, но и напомню.', 'effect'],
	['Ждём вас: {o1}', 'effect'],
	['Вы записаны, верно?', 'effect'],
	['Будет скидка.', 'promise'],
	['Первый визит бесплатно.', 'promise'],
	['Гарантируем результат.', 'promise'],
	['Укладка в подарок.', 'promise'],
	['Зaписал вас.', 'mixed_script'],
	['За\u00ADписал вас.', 'effect'],
	['You are welcome to come, see {o1}', 'language'],
	['2. {o1} за 500', 'number'],
	['Свободно {o1}5', 'number'],
];

const CAUGHT_EN: readonly (readonly [string, ViolationKind])[] = [
	['How about 3 pm?', 'time'],
	['How about three pm?', 'time'],
	['Come at five.', 'time'],
	['At half past two?', 'time'],
	['We close at noon.', 'time'],
	['November works.', 'date'],
	['Tuesday the 24th?', 'date'],
	['The fifth of the month?', 'date'],
	['It takes an hour.', 'duration'],
	['It takes 45 min.', 'duration'],
	['It is $25.', 'money'],
	['Twenty dollars.', 'money'],
	['Ten percent off.', 'percent'],
	['Visit www.evil.example', 'link'],
	['You are booked.', 'effect'],
	["You're all set.", 'effect'],
	['Done.', 'effect'],
	['I have cancelled it.', 'effect'],
	['Your visit was canceled.', 'effect'],
	['I have rescheduled it.', 'effect'],
	['I moved your visit.', 'effect'],
	['It is confirmed.', 'effect'],
	['A discount for you.', 'promise'],
	['It is free of charge.', 'promise'],
	['We guarantee it.', 'promise'],
	['Tomorrow is free.', 'availability'],
	['A manicure would suit you.', 'service'],
	['Хорошо, how about {o1}?', 'language'],
];

const PASSED_RU: readonly string[] = [
	'Записать вас?',
	'Записать вас на это время: {o1}?',
	'Перенести визит?',
	'Отменить запись?',
	'Подтвердите, пожалуйста.',
	'Забронировать место?',
	'Хорошо, не записываю.',
	'Ничего не отменено, запись остаётся.',
	'Ещё не записан никто.',
	'Какой день вам удобен?',
	'Во сколько вам удобно прийти?',
	'Есть такие варианты:\n1. {o1}\n2. {v1}',
	'Ответьте «2» или напишите название.',
	'Адрес: {a1}.',
	'Анна будет рада вас видеть: {o1}',
	'Запись к Анне: {o1}',
	'На стрижку есть время: {o1}',
	'Спасибо, всё хорошо. Чем могу помочь?',
	'Посмотреть на завтра?',
	'В пятницу есть свободное время, посмотреть?',
	'Можно записаться на следующей неделе.',
	'Сейчас проверю расписание.',
	'К сожалению, это время уже занято.',
	'Одну минуту, пожалуйста.',
	'Попробуйте через несколько минут.',
	'Один из мастеров поможет.',
	'Могу предложить два варианта.',
	'Часы работы подскажу.',
	'Не получилось вас понять.',
	'Передаю вопрос администратору.',
	'Мастер подберёт оттенок на месте.',
	'Если планы изменятся, напишите.',
	'Пришлите номер телефона.',
	'Можно ответить в WhatsApp, как удобно.',
	'До свидания!',
	'Всё верно?',
	'Надеюсь, вам понравится.',
	'Верно, это ваша запись: {o1}?',
	'Уточните, пожалуйста, до обеда или после?',
	'Хорошего дня!',
];

const PASSED_EN: readonly string[] = [
	'Shall I book it?',
	'Shall I book {o1}?',
	'Shall I cancel this visit?',
	'Would you like to reschedule?',
	'Please confirm.',
	'You are not booked yet.',
	'This service cannot be booked at the moment.',
	'We are fully booked.',
	'What would you like to have done?',
	'Which one of these suits you?',
	'Will you come alone?',
	'May I have your name?',
	'1. {o1}\n2. {v1}',
	'Reply with "2".',
	'The nearest free times: {o1}',
	'Is tomorrow free for you?',
	'How can I help you?',
	'One moment, please.',
	'That time is already taken.',
];

describe('lintDraft', () => {
	it('has tables of the size that was promised', () => {
		expect(CAUGHT_RU.length + CAUGHT_EN.length).toBeGreaterThanOrEqual(60);
		expect(PASSED_RU.length + PASSED_EN.length).toBeGreaterThanOrEqual(40);
	});
	// Mutants: a pattern left out, \b in place of a Unicode edge, no NFKC, no removal of invisible characters.
	it.each(CAUGHT_RU)('catches in Russian: %s', (draft, kind) => {
		expect(kinds(draft)).toContain(kind);
	});
	it.each(CAUGHT_EN)('catches in English: %s', (draft, kind) => {
		expect(kinds(draft, 'en')).toContain(kind);
	});
	// Mutants: infinitives taken for claims, negation not read, list numbers taken for facts.
	it.each(PASSED_RU)('passes in Russian: %s', (draft) => {
		expect(kinds(draft)).toEqual([]);
	});
	it.each(PASSED_EN)('passes in English: %s', (draft) => {
		expect(kinds(draft, 'en')).toEqual([]);
	});

	it.each([
		['Вы записаны: {o1}', 'create'],
		['Запись перенесена: {o1}', 'reschedule'],
		['Запись отменена: {o1}', 'cancel'],
		['Готово.', 'cancel'],
	] as const)('allows «%s» only with its own effect', (draft, effect) => {
		expect(kinds(draft, 'ru', [effect])).toEqual([]);
		expect(kinds(draft)).toEqual(['effect']);
	});

	it('does not let one effect prove another', () => {
		expect(kinds('Запись отменена: {o1}', 'ru', ['create', 'reschedule'])).toEqual(['effect']);
		expect(kinds('Вы записаны: {o1}', 'ru', ['cancel'])).toEqual(['effect']);
	});

	it('never allows a promise, whatever was done', () => {
		expect(kinds('Вы записаны, скидка ваша.', 'ru', ['create', 'reschedule', 'cancel'])).toEqual(['promise']);
	});

	it('does not take text in unknown braces for a fact', () => {
		expect(kinds('Приходите {в 15:00}.')).toContain('time');
	});

	it('proves effects from the utterances of the turn', () => {
		const record = recordOf(1);
		expect(effectsOf([say('cancelled', { record }), say('already_done', { kind: 'create', record })])).toEqual(new Set(['cancel', 'create']));
		expect(effectsOf([say('confirm_cancel', { record, pendingId: 'p' })])).toEqual(new Set());
	});
});

describe('renderDraft', () => {
	it('puts facts in place of handles', () => {
		expect(renderDraft('1. {o1}', FACTS)).toEqual({ ok: true, text: '1. вт 24 ноября, 15:00, Анна, 1 ч, 2 000 ₽' });
	});
	it.each([['{o2}'], ['{ o1 }'], ['{O1}'], ['{}'], ['{{o1}}'], ['{o1'], ['o1}'], ['{__proto__}']])('refuses %s', (draft) => {
		expect(renderDraft(draft, FACTS).ok).toBe(false);
	});
	it('does not read a fact as a draft', () => {
		expect(renderDraft('{n1}', new Map([['n1', '{o1}'], ['o1', 'secret']]))).toEqual({ ok: true, text: '{o1}' });
		expect(renderDraft('{n1}', new Map([['n1', '$&$1']]))).toEqual({ ok: true, text: '$&$1' });
	});
});
