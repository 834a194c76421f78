import type { Configuration } from '../model';
import { catalog, choice, COMMON, CONTACT_INFORMATION, date, document, flag, number, PRICES, ref, RESERVATIONS, text } from './parts';

/** Preset A of the sheet: a dental or beauty salon whose visit is an event with rows of services. One source. */
export const SALON: Configuration = {
	name: 'salon',
	entities: [
		...COMMON,
		catalog('Номенклатура', [number('НормаВремени'), flag('ЭтоУслуга'), ref('Специализация', 'Catalog_Специализации'), choice('ТипНоменклатуры')], { hierarchical: true }),
		catalog('Сотрудники', [text('ПредставлениеДляОнлайнЗаписи', 150), choice('Роль'), ref('Должность', 'Catalog_Должности')], { hierarchical: true }),
		catalog('Контрагенты', [text('НаименованиеПолное'), text('ИНН', 12), text('Комментарий'), text('Маркер', 100)], { hierarchical: true, sections: [CONTACT_INFORMATION] }),
		catalog('СтруктурныеЕдиницы'),
		catalog('Помещения'),
		catalog('ПричиныОтмены'),
		catalog('ИсточникиЗаписи'),
		document(
			'Событие',
			[
				date('ДатаОкончания'), ref('Врач', 'Catalog_Сотрудники'), ref('Контрагент', 'Catalog_Контрагенты'), choice('Статус'), choice('СтатусПациента'), choice('ТипСобытия'),
				ref('ПричинаОтмены', 'Catalog_ПричиныОтмены'), ref('ИсточникЗаписи', 'Catalog_ИсточникиЗаписи'), ref('СтруктурнаяЕдиница', 'Catalog_СтруктурныеЕдиницы'), text('Комментарий'), text('Маркер', 100),
			],
			{
				sections: [
					{
						name: 'Услуги',
						attributes: [date('ДатаНачала'), date('ДатаОкончания'), ref('Номенклатура', 'Catalog_Номенклатура'), number('НормаВремени'), ref('Сотрудник', 'Catalog_Сотрудники'), ref('Помещение', 'Catalog_Помещения'), number('Цена')],
					},
				],
			},
		),
		PRICES,
		RESERVATIONS,
	],
};
