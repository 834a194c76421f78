/** What differs between the two houses of one API. */
export interface Brand {
	readonly name: 'amocrm' | 'kommo';
	/** Accounts live at `{subdomain}.{suffix}`. */
	readonly suffix: string;
	readonly language: 'ru' | 'en';
	/** Answers `bots/run`. */
	readonly bots: boolean;
	/** Each pipeline begins with a stage for incoming leads. */
	readonly incomingStage: boolean;
	readonly words: Readonly<Record<BrandWord, string>>;
}

export type BrandWord =
	| 'bookings' | 'newBooking' | 'confirmed' | 'incoming' | 'won' | 'lost' | 'phone' | 'email' | 'start' | 'duration' | 'specialist' | 'operation' | 'services'
	| 'price' | 'sku' | 'serviceMinutes' | 'lossClient' | 'lossTaken' | 'call' | 'meeting' | 'unauthorized' | 'unauthorizedDetail' | 'badRequest' | 'revoked';

export const AMOCRM: Brand = {
	name: 'amocrm',
	suffix: 'amocrm.ru',
	language: 'ru',
	bots: false,
	incomingStage: false,
	words: {
		bookings: 'Запись', newBooking: 'Новая запись', confirmed: 'Подтверждена', incoming: 'Неразобранное',
		won: 'Успешно реализовано', lost: 'Закрыто и не реализовано', phone: 'Телефон', email: 'Email',
		start: 'Начало', duration: 'Длительность', specialist: 'Мастер', operation: 'Ключ операции', services: 'Услуги',
		price: 'Цена', sku: 'Артикул', serviceMinutes: 'Длительность, мин', lossClient: 'Отменил клиент', lossTaken: 'Время занято',
		call: 'Связаться', meeting: 'Встреча', unauthorized: 'Неверный логин или пароль',
		unauthorizedDetail: 'Неверный логин или пароль', badRequest: 'Некорректный запрос', revoked: 'Токен отозван',
	},
};

export const KOMMO: Brand = {
	name: 'kommo',
	suffix: 'kommo.com',
	language: 'en',
	bots: true,
	incomingStage: true,
	words: {
		bookings: 'Bookings', newBooking: 'New booking', confirmed: 'Confirmed', incoming: 'Incoming leads',
		won: 'Closed - won', lost: 'Closed - lost', phone: 'Phone', email: 'Email',
		start: 'Start', duration: 'Duration', specialist: 'Specialist', operation: 'Operation key', services: 'Products',
		price: 'Price', sku: 'SKU', serviceMinutes: 'Duration, min', lossClient: 'Cancelled by client', lossTaken: 'Time taken',
		call: 'Follow-up', meeting: 'Meeting', unauthorized: 'Unauthorized',
		unauthorizedDetail: 'Invalid user name or password', badRequest: 'Bad Request', revoked: 'Token has been revoked',
	},
};
