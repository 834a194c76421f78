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
		if (only === undefined) return 'The administrator will tell you the price.';
		if (services.length === 1 && more === 0) return `${w.service(only)}: ${priceOf(only, w)}.`;
		return lines(c.vary('Prices:', 'Here are our prices:'), dashed(services, (service) => `${w.service(service)}: ${priceOf(service, w)}`, andMore(w), more));
	},
	durations: ({ services, more }, w, c) => {
		for (const { id, durationMinutes } of services) c.tell(`duration:${id}`, String(durationMinutes));
		const [only] = services;
		if (only === undefined) return 'The administrator will tell you how long the visit takes.';
		if (services.length === 1 && more === 0) return `${w.service(only)}: ${w.duration(only.durationMinutes)}.`;
		return lines(c.vary('How long it takes:', 'Length of the visit:'), dashed(services, (service) => `${w.service(service)}: ${w.duration(service.durationMinutes)}`, andMore(w), more));
	},
	services: ({ categories }, w, c) => {
		const filled = categories.filter(({ services }) => services.length > 0);
		const all = filled.flatMap(({ services }) => services);
		if (all.length === 0) return 'The list of services is not at hand, the administrator will help.';
		c.tell('services', all.map(({ id }) => id).join());
		const intro = c.vary('Our services:', 'Here is what we do:');
		const ask = c.asksElsewhere ? '' : c.vary('What are you interested in?', 'Which one would you like?');
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
		if (place === '') return 'The administrator will tell you the address.';
		const fresh = c.tell('address', company.address ?? '');
		return fresh ? c.vary(`You will find us here: ${place}.`, `Our address: ${place}.`) : `Address: ${place}.`;
	},
	hours: ({ company, date }, w, c) => {
		if (!hasHours(company)) return 'The administrator will tell you the opening hours.';
		c.tell(`hours:${date ?? 'week'}`, JSON.stringify(company.workingHours));
		if (date === null) return c.vary(`We are open: ${w.hours(company)}.`, `Opening hours: ${w.hours(company)}.`);
		if (!isOpenOn(company, date)) return c.vary(`We are closed on ${w.day(date)}.`, `${w.day(date)} is our day off.`);
		return c.vary(`On ${w.day(date)} we are open ${w.hoursOn(company, date)}.`, `${w.day(date)}: open ${w.hoursOn(company, date)}.`);
	},
	contacts: ({ company }, w, c) => {
		const phone = company.phone === null ? '' : w.phone(company.phone);
		c.tell('contacts', `${company.phone ?? ''}|${company.address ?? ''}`);
		if (company.address !== null) c.tell('address', company.address);
		return lines(labelled('Phone', phone), labelled('Address', w.address(company))) || 'The administrator will give you the contacts.';
	},
	staff_list: ({ staff, service }, w, c) => {
		c.tell('staff', staff.map(({ id }) => id).join());
		if (staff.length === 0) return service === null ? 'The administrator will tell you who is in.' : `${w.service(service)}: the administrator will tell you who does it.`;
		const intro = service === null ? c.vary('Our specialists:', 'The team:') : `${w.service(service)}, specialists:`;
		return lines(intro, dashed(staff, (person) => w.staffWithPosition(person), andMore(w)));
	},
	knowledge: ({ snippet }, w) => w.quote(snippet.text),
	script: ({ text }, w) => w.quote(text),
	heard: ({ name, phone }, w) => `This is what I heard: ${[name === null ? '' : w.name(name), phone === null ? '' : w.phone(phone)].filter((fact) => fact !== '').join(', ')}. If that is wrong, please type it.`,
	faq_unknown: (_, __, c) =>
		sentences(c.vary('I have no exact answer to that.', 'I cannot say that for certain.'), c.vary('It is best to ask the administrator.', 'The administrator will know best.')),
} satisfies Partial<Wordings>;

function priceOf(service: Service, w: FactWriter): string {
	return service.price === null ? 'the administrator will tell you the price' : w.price(service.price);
}
