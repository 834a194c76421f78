import { ask, both, manage, talk } from './lines';
import { scenarios, visit } from './scenario';

const nothing = { end: {} };

export const QUESTIONS = [
	...scenarios('questions', 'ru', {
		'price': { ...nothing, opens: [ask('price', 'сколько стоит педикюр?')], says: ['price:pedicure'] },
		'duration': { ...nothing, opens: [ask('duration', 'сколько по времени окрашивание?')], says: ['duration:color'] },
		'address': { ...nothing, opens: [ask('address', 'где вы находитесь?')], says: ['address'] },
		'hours': { ...nothing, opens: [ask('hours', 'до скольки вы работаете?')], says: ['hours'] },
		'hours-on-sunday': { ...nothing, opens: [ask('hours', 'вы работаете в воскресенье?')], says: ['hours'] },
		'staff': { ...nothing, opens: [ask('staff', 'кто делает маникюр с гель-лаком?')], says: ['staff:olga'] },
		'services': { ...nothing, opens: [ask('services', 'какие у вас услуги?')], says: ['title:color', 'title:pedicure'] },
		'phone': { ...nothing, opens: [ask('contacts', 'какой у вас телефон?')], says: ['phone'] },
		'two-at-once': { ...nothing, opens: [both(ask('price', 'сколько стоит укладка?'), ask('address', 'и где вы находитесь?'))], says: ['price:styling', 'address'] },
		'unknown': { ...nothing, opens: [ask('faq', 'а можно прийти с собакой?')], never: [/можно с собак|да, можно|конечно, можно/i] },
		'unknown-parking': { ...nothing, opens: [ask('faq', 'а парковка у вас есть?')], never: [/есть парковка|парковка есть|бесплатн/i] },
		'own-visits': { ...nothing, visits: { one: visit('brows', 'vera', '11-25 15:00'), two: visit('manicure', 'olga', '11-27 11:00') }, opens: [manage('list', 'покажите мои записи')], says: ['visit:one', 'visit:two'] },
		'no-visits': { ...nothing, opens: [manage('list', 'когда я записана?')], never: [/\d{2}:\d{2}/] },
		'who-are-you': { ...nothing, opens: [talk('who_are_you', 'а вы бот?'), talk('thanks', 'спасибо')] },
		'not-offered': { ...nothing, opens: [ask('price', 'сколько стоит ботокс?')], never: [/ботокс/i] },
	}),
	...scenarios('questions', 'en', {
		'price': { ...nothing, opens: [ask('price', 'how much is a pedicure?')], says: ['price:pedicure'] },
		'address': { ...nothing, opens: [ask('address', 'where are you located?')], says: ['address'] },
		'hours': { ...nothing, opens: [ask('hours', 'what are your opening hours?')], says: ['hours'] },
		'duration': { ...nothing, opens: [ask('duration', 'how long does hair colouring take?')], says: ['duration:color'] },
		'own-visits': { ...nothing, visits: { one: visit('brows', 'vera', '11-25 15:00') }, opens: [manage('list', 'when is my appointment?')], says: ['visit:one'] },
		'unknown': { ...nothing, opens: [ask('faq', 'do you have parking?')], never: [/we have parking|free parking/i] },
	}),
];
