import type { Wordings } from '../../wording';
import { either, lines, numbered, sentences } from '../lists';
import { andMore } from './words';

const SERVICE_INTRO = {
	ambiguous: 'Уточните, пожалуйста, какая услуга вам нужна?',
	not_found: 'Такой услуги в нашем списке нет. Что из этого вам подойдёт?',
} as const;

const STAFF_INTRO = {
	ambiguous: 'Уточните, пожалуйста, к какому мастеру вас записать?',
	not_found: 'Такого мастера у нас нет. К кому вас записать?',
	unqualified: 'Этот мастер не выполняет выбранную услугу. К кому вас записать?',
} as const;

export const questions = {
	ask_service: ({ options, why }, w, c) => {
		if (options.length === 0) {
			if (why === 'not_found') return 'Такой услуги в нашем списке нет. Подскажите, пожалуйста, что хотели бы сделать?';
			if (c.again) return c.vary('Какая услуга нужна?', 'Что будем делать?');
			return c.vary('На какую услугу вас записать?', 'Какая услуга вас интересует?', 'Подскажите, пожалуйста, какую услугу выберете?');
		}
		const intro =
			why === 'missing'
				? c.vary('На какую услугу вас записать?', 'Какая услуга вас интересует?', 'Подскажите, пожалуйста, какую услугу выберете?')
				: SERVICE_INTRO[why];
		return lines(
			c.again && why === 'missing' ? c.vary('Какая услуга нужна?', 'Какую услугу выберете?') : intro,
			numbered(options, (service) => w.service(service), andMore(w)),
			c.again ? '' : 'Напишите номер или название.',
		);
	},
	ask_usual: ({ serviceTitles, staff }, w, c) => {
		const visit = `${w.titles(serviceTitles)}${staff === null ? '' : `, мастер ${w.staff(staff)}`}`;
		return c.again ? `Как обычно: ${visit}?` : c.vary(`Записать вас как обычно: ${visit}?`, `Запишем как обычно: ${visit}?`, `Вам как обычно: ${visit}?`);
	},
	ask_day: ({ serviceTitles }, w, c) => {
		if (c.again) return c.vary('Какой день удобен?', 'На какой день смотреть?', 'Подскажите день, пожалуйста.');
		const question = c.vary('на какой день вас записать?', 'какой день вам удобен?', 'когда вам удобно прийти?');
		return serviceTitles.length > 0 ? `${w.titles(serviceTitles)}: ${question}` : capital(question);
	},
	ask_time: ({ date }, w, c) => {
		if (c.again) return c.vary('Какое время удобно?', 'Во сколько удобно?', 'Подскажите время, пожалуйста.');
		const question = c.vary('какое время вам удобно?', 'во сколько вам удобно прийти?');
		return date === null ? capital(question) : `${w.day(date)}: ${question}`;
	},
	ask_am_pm: ({ times, date }, w, c) => {
		const choice = either(times.map((time) => w.time(time)), 'или');
		if (choice === '') return 'Уточните, пожалуйста, время: до обеда или после?';
		const intro = c.again ? 'Уточните:' : c.vary('Уточните, пожалуйста, время:', 'Подскажите, какое время имеете в виду:');
		return `${intro} ${date === null ? '' : `${w.day(date)}, `}${choice}?`;
	},
	ask_which_week: ({ dates }, w, c) => {
		const choice = either(dates.map((date) => w.day(date)), 'или');
		if (choice === '') return 'Уточните, пожалуйста, эту неделю или следующую?';
		return `${c.again ? 'Уточните:' : c.vary('Уточните, пожалуйста, день:', 'Подскажите, какой день имеете в виду:')} ${choice}?`;
	},
	ask_staff: ({ options, why }, w, c) => {
		const intro =
			why === 'missing'
				? c.vary('К какому мастеру вас записать?', 'Кого из мастеров выберете?', 'К кому хотели бы прийти?')
				: STAFF_INTRO[why];
		if (options.length === 0) return c.again && why === 'missing' ? 'К какому мастеру записать?' : intro;
		return lines(
			c.again && why === 'missing' ? c.vary('К какому мастеру записать?', 'Кого из мастеров выберете?') : intro,
			numbered(options, (person) => w.staff(person), andMore(w)),
			c.again ? '' : 'Напишите номер, имя или «любой».',
		);
	},
	ask_name: (_, __, c) =>
		c.again
			? c.vary('Как вас зовут?', 'Напишите имя, пожалуйста.')
			: c.vary('Как вас зовут?', 'На какое имя вас записать?', 'Подскажите, пожалуйста, ваше имя.'),
	ask_phone: ({ why }, _, c) => {
		if (why === 'invalid') {
			return c.vary(
				'Не получилось прочитать номер. Напишите его, пожалуйста, целиком, с кодом.',
				'Кажется, в номере не хватает цифр. Напишите его, пожалуйста, ещё раз полностью.',
			);
		}
		return c.again
			? c.vary('Напишите номер телефона, пожалуйста.', 'Остался только номер телефона.')
			: c.vary('Оставьте, пожалуйста, номер телефона для записи.', 'Подскажите, пожалуйста, ваш номер телефона: он нужен для записи.');
	},
	ask_name_phone: (_, __, c) =>
		c.again
			? c.vary('Напишите имя и телефон, пожалуйста.', 'Нужны ваши имя и телефон.')
			: c.vary('Напишите, пожалуйста, ваше имя и номер телефона для записи.', 'Подскажите, пожалуйста, имя и телефон: они нужны для записи.'),
	ask_client_choice: ({ names }, w, c) => {
		const question = c.vary('На кого из вас оформить запись?', 'Кого записать?');
		return names.length === 0 ? question : lines(question, numbered(names, (name) => w.name(name) || 'без имени', andMore(w)), c.again ? '' : 'Напишите номер или имя.');
	},
	ask_what_to_change: (_, __, c) =>
		sentences(c.again ? '' : c.vary('Хорошо, ничего не записываю.', 'Хорошо, поправим.'), c.vary('Что изменить: услугу, день, время или мастера?', 'Что поменяем: услугу, день, время или мастера?')),
} satisfies Partial<Wordings>;

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
