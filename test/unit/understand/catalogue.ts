import type { Service, StaffMember } from '../../../core/booking';
import type { Catalogue } from '../../../core/conversation/catalogue';

function service(id: string, title: string, category: string, price: number, durationMinutes: number, aliases: readonly string[] = []): Service {
	return {
		id,
		title,
		aliases,
		category,
		price: { min: price * 100, max: price * 100, currency: 'RUB' },
		durationMinutes,
		active: true,
		bookableOnline: true,
	};
}

function person(id: string, name: string, position: string, serviceIds: readonly string[]): StaffMember {
	return { id, name, position, active: true, bookable: true, services: serviceIds.map((serviceId) => ({ serviceId })) };
}

const WEEKDAY = [{ from: '10:00', to: '20:00' }];

/** A salon with the usual traps: three haircuts, names that contain one another, people with namesakes' short forms. */
export const CATALOGUE: Catalogue = {
	company: {
		id: 'c1',
		name: 'Салон',
		zone: 'Europe/Moscow',
		currency: 'RUB',
		address: 'ул. Ленина, 1',
		phone: '+74950000000',
		workingHours: { 1: WEEKDAY, 2: WEEKDAY, 3: WEEKDAY, 4: WEEKDAY, 5: WEEKDAY, 6: WEEKDAY, 7: [{ from: '11:00', to: '18:00' }] },
		changeNoticeMinutes: 120,
		bookingNoticeMinutes: 30,
		bookingHorizonDays: 60,
	},
	services: [
		service('haircut-f', 'Женская стрижка', 'Волосы', 2000, 60, ["Women's haircut"]),
		service('haircut-m', 'Мужская стрижка', 'Волосы', 1500, 45, ["Men's haircut"]),
		service('haircut-k', 'Детская стрижка', 'Волосы', 1000, 40, ["Kids' haircut"]),
		service('color', 'Окрашивание в один тон', 'Волосы', 4500, 150, ['Hair coloring']),
		service('roots', 'Окрашивание корней', 'Волосы', 3500, 120),
		service('styling', 'Укладка', 'Волосы', 1800, 45),
		service('manicure', 'Маникюр', 'Ногти', 1500, 60, ['Manicure']),
		service('gel', 'Маникюр с покрытием гель-лак', 'Ногти', 2200, 90),
		service('pedicure', 'Педикюр', 'Ногти', 2500, 90, ['Pedicure']),
		service('brows', 'Коррекция бровей', 'Лицо', 900, 30, ['Brow shaping']),
		service('lashes', 'Наращивание ресниц', 'Лицо', 3000, 120),
		service('face', 'Чистка лица', 'Лицо', 3200, 75),
		service('massage', 'Массаж спины', 'Тело', 2600, 60, ['Back massage']),
		service('beard', 'Оформление бороды', 'Борода', 1200, 30, ['Beard trim']),
	],
	staff: [
		person('anna', 'Анна', 'Мастер маникюра', ['manicure', 'gel', 'pedicure']),
		person('maria', 'Мария Иванова', 'Парикмахер', ['haircut-f', 'haircut-k', 'color', 'roots', 'styling']),
		person('olga', 'Ольга', 'Косметолог', ['brows', 'lashes', 'face']),
		person('ivan', 'Иван', 'Барбер', ['haircut-m', 'haircut-k', 'beard']),
		person('elena', 'Елена Петрова', 'Массажист', ['massage']),
	],
};
