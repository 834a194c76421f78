/** What the vendor says to people. */
export interface Texts {
	readonly noCompany: string;
	readonly notFound: string;
	readonly unauthorized: string;
	readonly forbidden: string;
	readonly noPartnerId: string;
	readonly licence: string;
	readonly throttled: string;
	readonly failed: string;
	readonly badRequest: string;
	readonly badLogin: string;
	readonly noMethod: string;
	readonly invalid: string;
	readonly required: string;
	readonly badPhone: string;
	readonly badCode: string;
	readonly blacklisted: string;
	readonly noName: string;
	readonly nobodyFree: string;
	readonly overlap: string;
	readonly serviceGone: string;
	readonly prepaid: string;
	readonly duplicateClient: string;
	readonly changeForbidden: string;
	readonly unknownSex: string;
	readonly noImportance: string;
	readonly sale: string;
	readonly visit: string;
	/** `wall` is `YYYY-MM-DDTHH:mm`. */
	busy(staffName: string, staffId: number, wall: string): string;
	journalBusy(wall: string): string;
}

/** What differs between the two brands of the product. */
export interface Profile {
	readonly vendor: 'yclients' | 'altegio';
	readonly accept: string;
	readonly sisterAccept: string;
	/** Also answers the routes that only Altegio is known to have. */
	readonly altegioRoutes: boolean;
	readonly texts: Texts;
	widget(formId: number): string;
}

const MONTHS = ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'];

function inRussian(wall: string): string {
	return `${Number(wall.slice(8, 10))} ${MONTHS[Number(wall.slice(5, 7)) - 1] ?? ''} ${wall.slice(0, 4)} в ${wall.slice(11, 16)}`;
}

export const YCLIENTS: Profile = {
	vendor: 'yclients',
	accept: 'application/vnd.yclients.v2+json',
	sisterAccept: 'application/vnd.api.v2+json',
	altegioRoutes: false,
	widget: (formId) => `https://n${formId}.yclients.com/`,
	texts: {
		noCompany: 'Филиал не найден.',
		notFound: 'Не найдено',
		unauthorized: 'Необходима авторизация',
		forbidden: 'Недостаточно прав для управления филиалом',
		noPartnerId: 'Не указан идентификатор партнёра',
		licence: 'Срок действия лицензии филиала истёк',
		throttled: 'Превышен лимит запросов',
		failed: 'Произошла ошибка',
		badRequest: 'Недопустимый формат запроса',
		badLogin: 'Неверный логин или пароль',
		noMethod: 'Метод не поддерживается',
		invalid: 'Произошла ошибка валидации',
		required: 'Поле обязательно для заполнения',
		badPhone: 'Неверный формат номера телефона',
		badCode: 'Неверный код подтверждения',
		blacklisted: 'Ваш номер телефона находится в чёрном списке',
		noName: 'Не указано имя клиента',
		nobodyFree: 'Нет доступных сотрудников на выбранное время',
		overlap: 'Выбранные записи накладываются друг на друга',
		serviceGone: 'Выбранная услуга недоступна для записи',
		prepaid: 'Для записи требуется предоплата',
		duplicateClient: 'Клиент с таким номером телефона уже существует',
		changeForbidden: 'Изменение записи запрещено',
		unknownSex: 'Неизвестно',
		noImportance: 'Без класса важности',
		sale: 'Продажа товара',
		visit: 'Визит',
		busy: (name, id, wall) => `К сотруднику ${name}(${id}) нельзя записаться на ${inRussian(wall)}. Выбранное время уже занято или является нерабочим.`,
		journalBusy: (wall) => `Мастер занят или не работает: ${wall.replace('T', ' ')}`,
	},
};
