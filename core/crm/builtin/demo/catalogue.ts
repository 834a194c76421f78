import type { IsoWeekday, WallRange } from '../../../booking';

/** A service of the demo salon; prices in kopecks. */
export interface DemoService {
	readonly id: string;
	readonly category: string;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly price: readonly [min: number, max: number];
	readonly duration: number;
	readonly bufferAfter?: number;
	readonly resourceId?: string;
}

/** A person of the demo salon. */
export interface DemoStaff {
	readonly id: string;
	readonly name: string;
	readonly position: string;
	/** Service ids with own minutes and price in kopecks where they differ. */
	readonly services: Readonly<Record<string, { readonly duration?: number; readonly price?: readonly [min: number, max: number] }>>;
	readonly days: readonly IsoWeekday[];
	readonly hours: WallRange;
	readonly breaks: readonly WallRange[];
}

const HAIR = 'Парикмахерский зал';
const NAILS = 'Маникюр и педикюр';
const BROWS = 'Брови и ресницы';
const CARE = 'Массаж и уход';

export const DEMO_CATEGORIES: readonly string[] = [HAIR, NAILS, BROWS, CARE];

export const DEMO_RESOURCES: readonly { id: string; title: string; capacity: number }[] = [
	{ id: 'pedicure-chair', title: 'Педикюрное кресло', capacity: 1 },
	{ id: 'care-room', title: 'Кабинет массажа', capacity: 1 },
];

export const DEMO_SERVICES: readonly DemoService[] = [
	{ id: 'haircut-women', category: HAIR, title: 'Женская стрижка', aliases: ['стрижка женская', 'подстричь волосы', 'подровнять кончики', "women's haircut", 'ladies cut'], price: [220_000, 280_000], duration: 60 },
	{ id: 'haircut-men', category: HAIR, title: 'Мужская стрижка', aliases: ['стрижка мужская', 'подстричься мужчине', "men's haircut", 'barber cut'], price: [160_000, 160_000], duration: 45 },
	{ id: 'haircut-kids', category: HAIR, title: 'Детская стрижка', aliases: ['стрижка ребёнка', 'подстричь ребёнка', 'подстричь сына', "kids' haircut", 'child haircut'], price: [120_000, 120_000], duration: 30 },
	{ id: 'styling', category: HAIR, title: 'Укладка', aliases: ['укладка волос', 'локоны', 'причёска', 'styling', 'blow dry'], price: [150_000, 200_000], duration: 45 },
	{ id: 'color-single', category: HAIR, title: 'Окрашивание в один тон', aliases: ['покраска', 'покрасить волосы', 'окрашивание', 'окрасить корни', 'hair colouring', 'single-process color'], price: [450_000, 600_000], duration: 120, bufferAfter: 10 },
	{ id: 'highlights', category: HAIR, title: 'Мелирование', aliases: ['мелировка', 'осветление прядями', 'highlights'], price: [550_000, 800_000], duration: 150, bufferAfter: 10 },
	{ id: 'manicure', category: NAILS, title: 'Маникюр', aliases: ['маникюр без покрытия', 'обработка ногтей', 'ногти', 'manicure'], price: [130_000, 130_000], duration: 60 },
	{ id: 'manicure-gel', category: NAILS, title: 'Маникюр с покрытием гель-лак', aliases: ['маникюр с гель-лаком', 'маникюр с покрытием', 'гель-лак', 'шеллак', 'gel manicure', 'shellac'], price: [220_000, 220_000], duration: 90 },
	{ id: 'pedicure', category: NAILS, title: 'Педикюр', aliases: ['педикюр без покрытия', 'обработка стоп', 'pedicure'], price: [210_000, 210_000], duration: 75, bufferAfter: 10, resourceId: 'pedicure-chair' },
	{ id: 'pedicure-gel', category: NAILS, title: 'Педикюр с покрытием гель-лак', aliases: ['педикюр с гель-лаком', 'педикюр с покрытием', 'gel pedicure'], price: [280_000, 280_000], duration: 105, bufferAfter: 10, resourceId: 'pedicure-chair' },
	{ id: 'nail-extension', category: NAILS, title: 'Наращивание ногтей', aliases: ['нарастить ногти', 'наращивание', 'nail extensions', 'acrylic nails'], price: [350_000, 450_000], duration: 150 },
	{ id: 'brow-shaping', category: BROWS, title: 'Коррекция бровей', aliases: ['брови', 'оформление бровей', 'выщипать брови', 'brow shaping', 'eyebrows'], price: [80_000, 80_000], duration: 30 },
	{ id: 'brow-tint', category: BROWS, title: 'Окрашивание бровей', aliases: ['покраска бровей', 'покрасить брови', 'хна', 'brow tint'], price: [90_000, 90_000], duration: 30 },
	{ id: 'lash-lamination', category: BROWS, title: 'Ламинирование ресниц', aliases: ['ламинирование', 'ламинация ресниц', 'ресницы', 'lash lamination', 'lash lift'], price: [250_000, 250_000], duration: 75 },
	{ id: 'massage-back', category: CARE, title: 'Массаж спины', aliases: ['массаж', 'спина', 'массаж шеи и спины', 'back massage'], price: [200_000, 200_000], duration: 45, bufferAfter: 15, resourceId: 'care-room' },
	{ id: 'massage-face', category: CARE, title: 'Массаж лица', aliases: ['лицевой массаж', 'скульптурный массаж лица', 'face massage', 'facial massage'], price: [180_000, 180_000], duration: 45, bufferAfter: 15, resourceId: 'care-room' },
	{ id: 'facial-cleansing', category: CARE, title: 'Чистка лица', aliases: ['чистка', 'уход за лицом', 'facial', 'facial cleansing'], price: [320_000, 380_000], duration: 75, bufferAfter: 15, resourceId: 'care-room' },
];

const LUNCH: readonly WallRange[] = [{ from: '14:00', to: '14:30' }];
const LATE_LUNCH: readonly WallRange[] = [{ from: '15:30', to: '16:00' }];

export const DEMO_STAFF: readonly DemoStaff[] = [
	{
		id: 'anna',
		name: 'Анна Соколова',
		position: 'Топ-стилист',
		services: { 'haircut-women': { price: [280_000, 280_000] }, 'haircut-kids': {}, styling: {}, 'color-single': {}, highlights: {} },
		days: [2, 3, 4, 5, 6],
		hours: { from: '10:00', to: '20:00' },
		breaks: LUNCH,
	},
	{
		id: 'maria',
		name: 'Мария Белова',
		position: 'Парикмахер',
		services: { 'haircut-women': { duration: 75, price: [220_000, 220_000] }, 'haircut-men': {}, 'haircut-kids': {}, styling: { duration: 60 }, 'color-single': {}, highlights: { duration: 165 } },
		days: [1, 2, 5, 6, 7],
		hours: { from: '10:00', to: '21:00' },
		breaks: LATE_LUNCH,
	},
	{
		id: 'dmitry',
		name: 'Дмитрий Орлов',
		position: 'Барбер',
		services: { 'haircut-men': { price: [180_000, 180_000] }, 'haircut-kids': {} },
		days: [1, 3, 4, 6, 7],
		hours: { from: '11:00', to: '21:00' },
		breaks: LATE_LUNCH,
	},
	{
		id: 'olga',
		name: 'Ольга Кузнецова',
		position: 'Мастер маникюра и педикюра',
		services: { manicure: {}, 'manicure-gel': {}, pedicure: {}, 'pedicure-gel': {}, 'nail-extension': {} },
		days: [1, 2, 3, 5, 6],
		hours: { from: '10:00', to: '20:00' },
		breaks: LUNCH,
	},
	{
		id: 'ekaterina',
		name: 'Екатерина Волкова',
		position: 'Мастер маникюра, бровист',
		services: { manicure: {}, 'manicure-gel': { duration: 105 }, pedicure: {}, 'pedicure-gel': {}, 'brow-shaping': {}, 'brow-tint': {} },
		days: [1, 3, 4, 5, 7],
		hours: { from: '11:00', to: '21:00' },
		breaks: LATE_LUNCH,
	},
	{
		id: 'irina',
		name: 'Ирина Морозова',
		position: 'Косметолог, лешмейкер',
		services: { 'brow-shaping': {}, 'brow-tint': {}, 'lash-lamination': {}, 'massage-back': {}, 'massage-face': {}, 'facial-cleansing': {} },
		days: [2, 3, 4, 6, 7],
		hours: { from: '10:00', to: '19:00' },
		breaks: LUNCH,
	},
];

export const DEMO_GOODS: readonly { title: string; price: number }[] = [
	{ title: 'Шампунь для окрашенных волос, 300 мл', price: 145_000 },
	{ title: 'Маска для волос, 250 мл', price: 168_000 },
	{ title: 'Масло для кутикулы', price: 49_000 },
	{ title: 'Крем для рук', price: 62_000 },
	{ title: 'Гель для бровей', price: 89_000 },
	{ title: 'Сыворотка для лица, 30 мл', price: 235_000 },
];

export const WOMEN: readonly string[] = [
	'Анастасия', 'Мария', 'Елена', 'Наталья', 'Ольга', 'Юлия', 'Татьяна', 'Ксения', 'Дарья', 'Полина', 'Алёна', 'Вера',
	'Светлана', 'Ирина', 'Екатерина', 'Виктория', 'Людмила', 'Галина', 'Софья', 'Алиса', 'Марина', 'Евгения', 'Надежда', 'Фёкла',
];
export const MEN: readonly string[] = ['Александр', 'Дмитрий', 'Сергей', 'Андрей', 'Михаил', 'Иван', 'Павел', 'Артём', 'Фёдор', 'Никита', 'Олег', 'Егор'];
/** Family names that take «а» for a woman. */
export const FAMILIES: readonly string[] = [
	'Иванов', 'Смирнов', 'Кузнецов', 'Попов', 'Васильев', 'Петров', 'Соловьёв', 'Новиков', 'Фёдоров', 'Морозов', 'Волков', 'Алексеев', 'Лебедев',
	'Семёнов', 'Егоров', 'Павлов', 'Козлов', 'Степанов', 'Николаев', 'Орлов', 'Андреев', 'Макаров', 'Никитин', 'Захаров', 'Зайцев',
];
