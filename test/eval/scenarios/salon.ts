import type { Service, StaffMember } from '../../../core/booking';

function service(id: string, title: string, aliases: readonly string[], category: string, durationMinutes: number, rubles: number): Service {
	return { id, title, aliases, category, price: { min: rubles * 100, max: rubles * 100, currency: 'RUB' }, durationMinutes, active: true, bookableOnline: true };
}

function person(id: string, name: string, position: string, serviceIds: readonly string[]): StaffMember {
	return { id, name, position, active: true, bookable: true, services: serviceIds.map((serviceId) => ({ serviceId })) };
}

/** The salon of the scenarios: open every day from ten to eight, starts every half-hour. */
export const SALON_SERVICES: readonly Service[] = [
	service('cut-women', 'Стрижка женская', ["Women's haircut"], 'Волосы', 60, 2000),
	service('cut-men', 'Стрижка мужская', ["Men's haircut"], 'Волосы', 60, 1500),
	service('cut-kids', 'Стрижка детская', ['Kids haircut'], 'Волосы', 30, 1000),
	service('color', 'Окрашивание', ['Hair colouring'], 'Волосы', 120, 4500),
	service('styling', 'Укладка', ['Styling', 'Blow dry'], 'Волосы', 60, 1700),
	service('manicure', 'Маникюр классический', ['Classic manicure'], 'Ногти', 60, 1200),
	service('manicure-gel', 'Маникюр с гель-лаком', ['Gel manicure', 'Shellac'], 'Ногти', 90, 2200),
	service('pedicure', 'Педикюр', ['Pedicure'], 'Ногти', 90, 2500),
	service('brows', 'Коррекция бровей', ['Brow shaping'], 'Брови', 30, 800),
	service('massage', 'Массаж спины', ['Back massage'], 'Тело', 60, 3000),
];

export const SALON_STAFF: readonly StaffMember[] = [
	person('anna', 'Анна Соколова', 'стилист', ['cut-women', 'color', 'styling']),
	person('maria', 'Мария Белова', 'парикмахер', ['cut-women', 'cut-kids', 'styling']),
	person('dmitry', 'Дмитрий Орлов', 'барбер', ['cut-men', 'cut-kids']),
	person('olga', 'Ольга Ким', 'мастер маникюра', ['manicure', 'manicure-gel', 'pedicure']),
	person('vera', 'Вера Лебедева', 'косметолог', ['brows', 'massage']),
];

/** Monday, nine in the morning in Moscow: the hour at which every scenario begins. */
export const SCENARIO_NOW = Date.parse('2026-11-23T09:00:00+03:00');

/** `11-24 12:00` of the scenario's year in Moscow, as the CRM writes it. */
export function startAt(short: string): string {
	const [day = '', time = ''] = short.split(' ');
	const year = day < '11' ? 2027 : 2026;
	return `${year}-${day}T${time}:00+03:00`;
}
