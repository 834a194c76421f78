import type { FactWriter } from '../../facts';
import type { Wordings } from '../../wording';
import { labelled, lines, sentences } from '../lists';

/** The salon's own sentence. */
const own = (note: string | null, w: FactWriter): string => (note === null ? '' : w.quote(note));

export const notices = {
	reminder: ({ record, company, note }, w) =>
		lines('Напоминаем о вашем визите:', w.record(record), labelled('Адрес', company.address === null ? '' : w.address(company)), own(note, w), 'Придёте? Если нужно, можно перенести или отменить.'),
	see_you: ({ record }, w, c) => lines(c.vary('Спасибо! До встречи:', 'Отлично, до встречи:'), w.record(record)),
	review_request: ({ company, note }, w) => lines(`Спасибо, что были у нас, ${w.company(company)}.`, own(note, w), `Как всё прошло? Поставьте, пожалуйста, оценку от ${w.count(1)} до ${w.count(5)}.`),
	review_thanks: ({ url }, w) => lines('Спасибо за оценку! Рады, что вам понравилось.', url === null ? '' : `Будем благодарны за отзыв: ${w.page(url)}`),
	review_sorry: () => 'Жаль, что не всё понравилось. Передаю ваш отзыв администратору, вам ответят здесь. Если хотите, напишите, что было не так.',
	win_back: ({ serviceTitles, note }, w) =>
		lines(
			sentences('Давно вас не видели.', serviceTitles.length === 0 ? 'Подобрать вам удобное время?' : `Подобрать вам удобное время: ${w.titles(serviceTitles)}?`),
			own(note, w),
			'Не хотите получать такие сообщения, напишите «стоп».',
		),
	birthday: ({ company, clientName, note }, w, c) => {
		const name = clientName === null || c.greeted ? '' : w.name(clientName);
		return lines(sentences(name === '' ? 'С днём рождения!' : `${name}, с днём рождения!`, `${w.company(company)} желает вам всего самого доброго.`), own(note, w));
	},
} satisfies Partial<Wordings>;
