import type { Wordings } from '../../wording';
import { labelled, lines, sentences } from '../lists';

export const effects = {
	booked: ({ record, company, clientName }, w, c) => {
		const name = clientName === null || c.greeted ? '' : w.name(clientName);
		const fresh = company.address !== null && c.tell('address', company.address);
		return lines(
			name === '' ? c.vary('Готово, вы записаны:', 'Вы записаны:') : c.vary(`Готово, ${name}, вы записаны:`, `${name}, вы записаны:`),
			w.record(record),
			fresh ? labelled('Адрес', w.address(company)) : '',
			c.vary('Если планы изменятся, просто напишите сюда.', 'Если понадобится перенести визит, напишите.', 'Будем рады вас видеть.'),
		);
	},
	rescheduled: ({ record }, w, c) =>
		lines(c.vary('Готово, запись перенесена:', 'Запись перенесена, новое время:'), w.record(record)),
	cancelled: ({ record }, w, c) =>
		lines(c.vary('Запись отменена:', 'Готово, запись отменена:'), w.record(record), c.vary('Захотите прийти в другой день, напишите.', 'Будем рады видеть вас в другой раз.')),
	already_done: ({ kind, record }, w) => lines(ALREADY[kind], w.record(record)),
	effect_unknown: (_, __, c) =>
		sentences(
			c.vary('Система записи пока не ответила, проверяю, всё ли прошло.', 'Пока нет ответа от системы записи, проверяю.'),
			'Напишу, как только станет ясно. Повторять ничего не нужно.',
		),
	effect_still_unknown: (_, __, c) =>
		c.vary(
			'Ответа от системы записи всё ещё нет. Продолжаю проверять и обязательно напишу.',
			'Пока без новостей от системы записи. Проверяю дальше, ничего повторять не нужно.',
		),
} satisfies Partial<Wordings>;

const ALREADY = {
	create: 'Вы уже записаны:',
	reschedule: 'Эта запись уже перенесена:',
	cancel: 'Эта запись уже отменена:',
} as const;
