import type { Configuration } from '../model';
import { catalog, choice, COMMON, CONTACT_INFORMATION, document, number, PRICES, ref, text } from './parts';

/** Управление торговлей and its kin: names are seen in real bases, booking is not what it is for. */
export const TRADE: Configuration = {
	name: 'trade',
	entities: [
		...COMMON,
		catalog('Номенклатура', [text('Артикул', 50), choice('ТипНоменклатуры'), ref('ВидНоменклатуры', 'Catalog_ВидыНоменклатуры')], { hierarchical: true }),
		catalog('ФизическиеЛица', [], { hierarchical: true }),
		catalog('Пользователи'),
		catalog('Партнеры', [text('НаименованиеПолное')], { hierarchical: true, sections: [CONTACT_INFORMATION] }),
		catalog('Контрагенты', [text('НаименованиеПолное'), text('ИНН', 12), ref('Партнер', 'Catalog_Партнеры')], { sections: [CONTACT_INFORMATION] }),
		document('ЗаказКлиента', [ref('Партнер', 'Catalog_Партнеры'), ref('Контрагент', 'Catalog_Контрагенты'), number('СуммаДокумента'), choice('Статус'), text('Комментарий')], {
			sections: [{ name: 'Товары', attributes: [ref('Номенклатура', 'Catalog_Номенклатура'), number('Количество'), number('Цена'), number('Сумма')] }],
		}),
		PRICES,
	],
};
