import type { OfferSituation } from '../../utterance';
import type { Wordings } from '../../wording';
import { labelled, lines, offerList, sentences } from '../lists';

/** How a list of offers begins; `one` when there is a single offer. */
const INTRO: Record<OfferSituation, { readonly one: readonly [string, string]; readonly many: readonly [string, string] }> = {
	exact: { one: ['Да, это время свободно:', 'Есть такое время:'], many: ['Вот что есть на это время:', 'Есть такие варианты:'] },
	free_that_day: { one: ['В этот день есть одно время:', 'На этот день осталось:'], many: ['В этот день свободно:', 'На этот день есть:'] },
	nearest: {
		one: ['На это время свободного нет. Ближайшее:', 'Это время занято, ближе всего:'],
		many: ['На это время свободного нет. Ближайшие варианты:', 'Это время занято. Вот что есть ближе всего:'],
	},
	taken: {
		one: ['Это время уже занято. Могу предложить:', 'К сожалению, это время занято. Есть другое:'],
		many: ['Это время уже занято. Могу предложить:', 'К сожалению, это время занято. Есть другие варианты:'],
	},
	outside_hours: {
		one: ['В это время мы не работаем. Ближайшее свободное:', 'Это время вне часов работы. Могу предложить:'],
		many: ['В это время мы не работаем. Ближайшие варианты:', 'Это время вне часов работы. Могу предложить:'],
	},
	closed_day: {
		one: ['В этот день мы не работаем. Ближайшее свободное время:', 'В этот день у нас выходной. Могу предложить:'],
		many: ['В этот день мы не работаем. Ближайшие варианты:', 'В этот день у нас выходной. Могу предложить:'],
	},
	nothing_that_day: {
		one: ['В этот день всё занято. Ближайшее свободное время:', 'На этот день мест уже нет. Могу предложить:'],
		many: ['В этот день всё занято. Ближайшие варианты:', 'На этот день мест уже нет. Могу предложить:'],
	},
	staff_not_that_day: {
		one: ['У этого мастера в этот день нет свободного времени. Могу предложить:', 'Этот мастер в этот день не принимает. Есть другое время:'],
		many: ['У этого мастера в этот день нет свободного времени. Могу предложить:', 'Этот мастер в этот день не принимает. Есть другие варианты:'],
	},
	soonest: { one: ['Самое раннее время:', 'Раньше всего можно так:'], many: ['Самое раннее, что есть:', 'Ближайшее свободное время:'] },
};

const CLOSING: Record<'create' | 'reschedule', { readonly one: readonly [string, string]; readonly many: readonly [string, string] }> = {
	create: { one: ['Подойдёт это время?', 'Вам подходит?'], many: ['Какой вариант выберете? Можно ответить номером.', 'Что вам удобнее? Напишите номер.'] },
	reschedule: { one: ['Перенести на это время?', 'Подойдёт?'], many: ['На какой вариант перенести? Можно ответить номером.', 'Что вам удобнее? Напишите номер.'] },
};

export const offers = {
	offer: ({ offers: list, situation, purpose }, w, c) => {
		if (list.length === 0) return 'Свободного времени пока не видно. Посмотреть другой день?';
		const number = list.length === 1 ? 'one' : 'many';
		return lines(c.vary(...INTRO[situation][number]), offerList(list, w), c.vary(...CLOSING[purpose][number]));
	},
	no_offers: ({ wish }, w, c) => {
		const [date, another] = wish?.value.dates ?? [];
		const where = date !== undefined && another === undefined ? `${w.day(date)} свободного времени нет.` : 'На это время мест нет.';
		return sentences('К сожалению,', lower(where), c.vary('Посмотреть другой день?', 'Подобрать другой день или мастера?'));
	},
	confirm_create: ({ offer, clientName, guestName, company }, w, c) =>
		lines(
			c.vary('Проверьте, пожалуйста:', 'Давайте сверим:'),
			w.titles(offer.serviceTitles),
			w.offer(offer),
			labelled('Для кого', guestName === null ? '' : w.name(guestName)),
			labelled('Имя', clientName === null ? '' : w.name(clientName)),
			`Где: ${w.company(company)}`,
			c.vary('Записать вас? Ответьте «да» или напишите, что изменить.', 'Всё верно, записать? Ответьте «да» или напишите, что изменить.'),
		),
	confirm_reschedule: ({ record, offer }, w, c) =>
		lines(
			c.vary('Проверьте, пожалуйста:', 'Давайте сверим:'),
			`Сейчас: ${w.record(record)}`,
			`Новое время: ${w.offer(offer)}`,
			c.vary('Перенести? Ответьте «да» или напишите, что изменить.', 'Перенести визит? Ответьте «да» или напишите, что изменить.'),
		),
	confirm_cancel: ({ record }, w, c) =>
		lines(
			c.vary('Отменить эту запись?', 'Уточню: отменить запись?'),
			w.record(record),
			c.vary('Ответьте «да», чтобы отменить, или «нет», чтобы оставить.', 'Напишите «да», чтобы отменить, или «нет», чтобы запись осталась.'),
		),
} satisfies Partial<Wordings>;

function lower(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
