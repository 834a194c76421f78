/** Languages of the page. */
export type ReportLanguage = 'ru' | 'en';

/** Everything the page says. */
export interface ReportWords {
	readonly title: string;
	readonly visits: string;
	readonly money: string;
	readonly services: string;
	readonly goods: string;
	readonly noShows: string;
	readonly cancelled: string;
	readonly newClients: string;
	readonly returningClients: string;
	readonly staff: string;
	readonly byService: string;
	readonly byDay: string;
	readonly before: string;
	readonly nothing: string;
}

export const WORDS: Readonly<Record<ReportLanguage, ReportWords>> = {
	ru: {
		title: 'Неделя салона', visits: 'Визиты', money: 'Деньги', services: 'Услуги', goods: 'Товары', noShows: 'Не пришли', cancelled: 'Отмены', newClients: 'Новые клиенты', returningClients: 'Пришли снова',
		staff: 'Мастера', byService: 'Услуги по выручке', byDay: 'По дням', before: 'неделей раньше', nothing: 'Нет данных',
	},
	en: {
		title: 'The week of the salon', visits: 'Visits', money: 'Money', services: 'Services', goods: 'Goods', noShows: 'No-shows', cancelled: 'Cancelled', newClients: 'New clients', returningClients: 'Came again',
		staff: 'Staff', byService: 'Services by money', byDay: 'By day', before: 'the week before', nothing: 'Nothing to show',
	},
};
