import type { Service } from '../../../../booking';
import type { FactWriter } from '../../facts';
import { hasHours, isOpenOn } from '../../opening-hours';
import type { Wordings } from '../../wording';
import { dashed, labelled, lines, sentences } from '../lists';
import { andMore } from './words';

export const answers = {
	prices: ({ services, more }, w, c) => {
		for (const { id, price } of services) c.tell(`price:${id}`, JSON.stringify(price));
		const [only] = services;
		if (only === undefined) return 'Цену уточнит администратор.';
		if (services.length === 1 && more === 0) return `${w.service(only)}: ${priceOf(only, w)}.`;
		return lines(c.vary('Цены:', 'Вот наши цены:'), dashed(services, (service) => `${w.service(service)}: ${priceOf(service, w)}`, andMore(w), more));
	},
	durations: ({ services, more }, w, c) => {
		for (const { id, durationMinutes } of services) c.tell(`duration:${id}`, String(durationMinutes));
		const [only] = services;
		if (only === undefined) return 'Сколько займёт визит, уточнит администратор.';
		if (services.length === 1 && more === 0) return `${w.service(only)}: ${w.duration(only.durationMinutes)}.`;
		return lines(c.vary('По времени:', 'Сколько длится:'), dashed(services, (service) => `${w.service(service)}: ${w.duration(service.durationMinutes)}`, andMore(w), more));
	},
	services: ({ categories }, w, c) => {
		const filled = categories.filter(({ services }) => services.length > 0);
		const all = filled.flatMap(({ services }) => services);
		if (all.length === 0) return 'Список услуг сейчас недоступен, подскажет администратор.';
		c.tell('services', all.map(({ id }) => id).join());
		const intro = c.vary('Наши услуги:', 'Вот что мы делаем:');
		const ask = c.asksElsewhere ? '' : c.vary('Что вас интересует?', 'На что вас записать?');
		if (all.length <= 10 || filled.length === 1) return lines(intro, dashed(all, (service) => w.service(service), andMore(w)), ask);
		const row = ({ title, services }: (typeof filled)[number]): string => {
			const shown = services.slice(0, 2).map((service) => w.service(service)).join(', ');
			const hidden = services.length - 2;
			return `${w.category(title)}: ${shown}${hidden > 0 ? ` ${andMore(w)(hidden)}` : ''}`;
		};
		return lines(intro, dashed(filled, row, andMore(w)), ask);
	},
	address: ({ company }, w, c) => {
		const place = w.address(company);
		if (place === '') return 'Адрес подскажет администратор.';
		const fresh = c.tell('address', company.address ?? '');
		return fresh ? c.vary(`Мы находимся здесь: ${place}.`, `Наш адрес: ${place}.`) : `Адрес: ${place}.`;
	},
	hours: ({ company, date }, w, c) => {
		if (!hasHours(company)) return 'Часы работы подскажет администратор.';
		c.tell(`hours:${date ?? 'week'}`, JSON.stringify(company.workingHours));
		if (date === null) return c.vary(`Мы работаем: ${w.hours(company)}.`, `Часы работы: ${w.hours(company)}.`);
		if (!isOpenOn(company, date)) return c.vary(`${w.day(date)} мы не работаем.`, `${w.day(date)} у нас выходной.`);
		return c.vary(`${w.day(date)} работаем ${w.hoursOn(company, date)}.`, `${w.day(date)} мы открыты ${w.hoursOn(company, date)}.`);
	},
	contacts: ({ company }, w, c) => {
		const phone = company.phone === null ? '' : w.phone(company.phone);
		c.tell('contacts', `${company.phone ?? ''}|${company.address ?? ''}`);
		if (company.address !== null) c.tell('address', company.address);
		return lines(labelled('Телефон', phone), labelled('Адрес', w.address(company))) || 'Контакты подскажет администратор.';
	},
	staff_list: ({ staff, service }, w, c) => {
		c.tell('staff', staff.map(({ id }) => id).join());
		if (staff.length === 0) return service === null ? 'Кто из мастеров принимает, подскажет администратор.' : `${w.service(service)}: кто выполняет, подскажет администратор.`;
		const intro = service === null ? c.vary('Наши мастера:', 'У нас принимают:') : `${w.service(service)}, мастера:`;
		return lines(intro, dashed(staff, (person) => w.staffWithPosition(person), andMore(w)));
	},
	knowledge: ({ snippet }, w) => w.quote(snippet.text),
	script: ({ text }, w) => w.quote(text),
	heard: ({ name, phone }, w) => `Расслышал так: ${[name === null ? '' : w.name(name), phone === null ? '' : w.phone(phone)].filter((fact) => fact !== '').join(', ')}. Если ошибся, напишите, пожалуйста, текстом.`,
	faq_unknown: (_, __, c) =>
		sentences(c.vary('Точного ответа у меня нет.', 'Здесь не подскажу точно.'), c.vary('Лучше уточнить у администратора.', 'Это лучше спросить у администратора.')),
} satisfies Partial<Wordings>;

function priceOf(service: Service, w: FactWriter): string {
	return service.price === null ? 'цену уточнит администратор' : w.price(service.price);
}
