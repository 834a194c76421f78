import type { Configuration } from '../model';
import { accumulationRegister, catalog, choice, COMMON, composite, CONTACT_INFORMATION, date, document, flag, number, PRICES, ref, text } from './parts';

/** Управление нашей фирмой: visits are events, sales are customer orders. Fields of visits are weakly proven. */
export const UNF: Configuration = {
	name: 'unf',
	entities: [
		...COMMON,
		catalog('Номенклатура', [text('Артикул', 25), text('НаименованиеПолное'), ref('КатегорияНоменклатуры', 'Catalog_КатегорииНоменклатуры'), ref('ЕдиницаИзмерения', 'Catalog_КлассификаторЕдиницИзмерения'), choice('ТипНоменклатуры')], { hierarchical: true }),
		catalog('Сотрудники', [ref('Физлицо', 'Catalog_ФизическиеЛица'), flag('Недействителен')], { hierarchical: true }),
		catalog('Контрагенты', [text('НаименованиеПолное'), text('ИНН', 12), text('КПП', 9), text('Комментарий'), text('Маркер', 100), choice('ВидКонтрагента')], { hierarchical: true, sections: [CONTACT_INFORMATION] }),
		document(
			'Событие',
			[date('НачалоСобытия'), date('ОкончаниеСобытия'), choice('ТипСобытия'), ref('Ответственный', 'Catalog_Сотрудники'), text('Тема', 150), text('Содержание'), text('Комментарий'), ref('Состояние', 'Catalog_СостоянияСобытий')],
			{ sections: [{ name: 'Участники', attributes: [composite('Контакт'), text('КакСвязаться', 250)] }] },
		),
		document(
			'ЗаказПокупателя',
			[ref('Контрагент', 'Catalog_Контрагенты'), ref('Организация', 'Catalog_Организации'), number('СуммаДокумента'), text('Комментарий'), date('Старт'), date('Финиш')],
			{ sections: [{ name: 'Запасы', attributes: [ref('Номенклатура', 'Catalog_Номенклатура'), number('Количество'), number('Цена'), number('Сумма'), ref('ЕдиницаИзмерения', 'Catalog_КлассификаторЕдиницИзмерения')] }] },
		),
		PRICES,
		accumulationRegister('Продажи', { dimensions: [ref('Номенклатура', 'Catalog_Номенклатура'), ref('Контрагент', 'Catalog_Контрагенты')], resources: [number('Количество'), number('Сумма')] }),
	],
};
