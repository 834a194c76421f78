import { DEMO_SERVICES, DEMO_STAFF } from '../../../core/crm/builtin/demo/catalogue';
import type { WireAct } from '../../e2e/support/openai-server/understanding';

/** What the client wants, in a form that an ideal model of either kind would have understood; days are `YYYY-MM-DD`. */
export type Wish =
	| { readonly kind: 'book'; readonly service: string; readonly day: string }
	| { readonly kind: 'price'; readonly service: string; readonly fact: RegExp }
	| { readonly kind: 'address'; readonly fact: RegExp }
	| { readonly kind: 'move'; readonly day: string }
	| { readonly kind: 'cancel' };

/** One thing the client writes about; short answers to what the assistant asks follow by themselves. */
export interface Step {
	readonly say: string;
	readonly wish: Wish;
	/** What the model that Booking Agent asks says the words mean. */
	readonly acts: readonly WireAct[];
}

export interface Scenario {
	readonly name: string;
	readonly steps: readonly Step[];
	/** States of the client's visits when all is said. */
	readonly ends: readonly string[];
}

const DAY_MS = 86_400_000;
/** The demo salon is in Moscow. */
export const SALON_OFFSET_MS = 3 * 3_600_000;

/** A day on which the service can be had, and the words for it. */
interface Day {
	readonly day: string;
	readonly when: string;
}

/** The first day from `least` days ahead on which somebody does the service: the demo's people have days off. */
function openDay(service: string, least: number, now: number): Day {
	const id = DEMO_SERVICES.find(({ title }) => title === service)?.id ?? '';
	const workdays = new Set<number>(DEMO_STAFF.filter((person) => Object.hasOwn(person.services, id)).flatMap(({ days }) => [...days]));
	for (let ahead = least; ahead < least + 7; ahead++) {
		const date = new Date(now + SALON_OFFSET_MS + ahead * DAY_MS);
		if (workdays.has(date.getUTCDay() === 0 ? 7 : date.getUTCDay())) return { day: date.toISOString().slice(0, 10), when: `через ${ahead} ${daysWord(ahead)}` };
	}
	throw new Error(`Nobody of the demo salon does ${service}`);
}

function daysWord(count: number): string {
	if (count % 10 === 1 && count % 100 !== 11) return 'день';
	return count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14) ? 'дня' : 'дней';
}

function price(say: string, serviceText: string, service: string, fact: RegExp): Step {
	return { say, wish: { kind: 'price', service, fact }, acts: [{ type: 'ask', topic: 'price', text: serviceText }] };
}

function cancel(say: string): Step {
	return { say, wish: { kind: 'cancel' }, acts: [{ type: 'manage', op: 'cancel' }] };
}

/**
 * The twenty dialogues of the comparison: nine bookings, five of questions, three moves, three cancellations. Each round
 * has days of its own, so that the salon does not fill up.
 */
export function scenariosOf(round: number, now: number): readonly Scenario[] {
	const on = (service: string, least: number): Day => openDay(service, least + 7 * round, now);
	const book = (service: string, words: string, least: number, say: (when: string) => string): Step => {
		const { day, when } = on(service, least);
		return { say: say(when), wish: { kind: 'book', service, day }, acts: [{ type: 'book', serviceText: words, serviceRef: service, whenText: when }] };
	};
	const booking = (name: string, ...args: Parameters<typeof book>): Scenario => ({ name, steps: [book(...args)], ends: ['booked'] });
	const plainly = (service: string, words: string, least: number): Step => book(service, words, least, (when) => `Здравствуйте, запишите меня на ${words} ${when}`);
	const move = (service: string, least: number, say: (when: string) => string): Step => {
		const { day, when } = on(service, least);
		return { say: say(when), wish: { kind: 'move', day }, acts: [{ type: 'manage', op: 'move', whenText: when }] };
	};
	return [
		booking('manicure for a visit of relatives', 'Маникюр', 'маникюр', 2, (when) => `Добрый день! Свекровь приезжает, хочу на маникюр ${when}, а то беда с пальчиками`),
		booking('a gift to oneself', 'Массаж спины', 'массаж спины', 3, (when) => `Решила себя побаловать, есть что-нибудь на массаж спины ${when}? Никакая после дачи`),
		booking('brows by the way', 'Коррекция бровей', 'брови поправите', 2, (when) => `Слушайте, а брови мне поправите ${when}? Коррекция нужна, заросла совсем`),
		booking('lashes before a holiday', 'Ламинирование ресниц', 'ламинирование ресниц', 4, (when) => `Улетаем в отпуск, очень хочется ламинирование ресниц успеть ${when}`),
		booking('pedicure in a hurry', 'Педикюр', 'педикюр', 5, (when) => `Ноги страшно показать людям, спасайте, педикюр ${when} возьмёте?`),
		booking('a plain booking', 'Педикюр', 'педикюр', 6, (when) => `Запишите на педикюр ${when}`),
		booking('a plain booking of a haircut', 'Мужская стрижка', 'мужскую стрижку', 2, (when) => `Хочу на мужскую стрижку ${when}`),
		booking('a facial after a recommendation', 'Чистка лица', 'чистку лица', 7, (when) => `Подруга вас расхвалила, хочу тоже на чистку лица попасть ${when}, что найдётся?`),
		booking('styling for a party', 'Укладка', 'укладка', 8, (when) => `Корпоратив у нас намечается, нужна укладка ${when}, чтобы все ахнули`),
		{ name: 'a price, plainly', steps: [price('Сколько стоит педикюр?', 'педикюр', 'Педикюр', /2 100/)], ends: [] },
		{ name: 'a price in other words', steps: [price('А не разорюсь я у вас на наращивании ногтей?', 'наращивании ногтей', 'Наращивание ногтей', /3 500/)], ends: [] },
		{
			name: 'two prices',
			steps: [price('Сколько стоит массаж спины?', 'массаж спины', 'Массаж спины', /2 000/), price('ого, а массаж лица тогда во сколько обойдётся бедной студентке?', 'массаж лица', 'Массаж лица', /1 800/)],
			ends: [],
		},
		{ name: 'the way', steps: [{ say: 'Как вас отыскать-то, я район не знаю совсем', wish: { kind: 'address', fact: /Садовая/ }, acts: [{ type: 'ask', topic: 'address', text: 'как вас отыскать' }] }], ends: [] },
		{
			name: 'a question, then a booking',
			steps: [price('Сколько стоит массаж лица?', 'массаж лица', 'Массаж лица', /1 800/), book('Массаж лица', 'его', 9, (when) => `годится, забронируйте мне его тогда ${when}, муж дарит`)],
			ends: ['booked'],
		},
		{ name: 'booked and moved', steps: [plainly('Маникюр', 'маникюр', 8), move('Маникюр', 3, (when) => `перенесите мою запись, ${when}`)], ends: ['booked'] },
		{ name: 'moved for a reason', steps: [plainly('Укладка', 'укладку', 4), move('Укладка', 6, (when) => `ой, начальник всё испортил, давайте мою запись передвинем, ${when} смогу`)], ends: ['booked'] },
		{ name: 'moved in a hurry', steps: [plainly('Коррекция бровей', 'коррекцию бровей', 5), move('Коррекция бровей', 3, (when) => `слушайте не успеваю я тогда, подвиньте меня ${when} плиз`)], ends: ['booked'] },
		{ name: 'booked and cancelled', steps: [plainly('Педикюр', 'педикюр', 3), cancel('отмените мою запись')], ends: ['cancelled'] },
		{ name: 'cancelled for a reason', steps: [plainly('Мужская стрижка', 'мужскую стрижку', 4), cancel('увы, начальство отправляет в командировку, так что снимите меня с записи')], ends: ['cancelled'] },
		{ name: 'a change of mind', steps: [plainly('Массаж спины', 'массаж спины', 6), cancel('знаете, я передумала, не приду, вычёркивайте')], ends: ['cancelled'] },
	];
}
