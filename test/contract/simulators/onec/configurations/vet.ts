import type { Configuration } from '../model';
import { catalog, COMMON, composite, CONTACT_INFORMATION, date, document, flag, informationRegister, ref, task, text } from './parts';

/** Preset C of the sheet: a vet clinic with pets, visits to come as tasks and a register of shifts. One source. */
export const VET: Configuration = {
	name: 'vet',
	entities: [
		...COMMON,
		catalog('Номенклатура', [], { hierarchical: true }),
		catalog('ФизическиеЛица', [], { hierarchical: true }),
		catalog('Клиенты', [], { sections: [CONTACT_INFORMATION] }),
		catalog('КонтактныеЛица', [composite('ОбъектВладелец')], { sections: [CONTACT_INFORMATION] }),
		catalog('Карточки', [ref('Хозяин', 'Catalog_Клиенты')]),
		catalog('Смены', [date('Время1'), date('Время2')]),
		task('ПредварительнаяЗапись', [
			date('ЗаписьНаДату'), ref('КонтактноеЛицо', 'Catalog_КонтактныеЛица'), ref('Хозяин', 'Catalog_Клиенты'), ref('Карточка', 'Catalog_Карточки'), ref('Врач', 'Catalog_ФизическиеЛица'),
			flag('Подтверждено'), text('Комментарий', 250),
		]),
		document('Посещение', [ref('Карточка', 'Catalog_Карточки'), ref('КонтактноеЛицо', 'Catalog_КонтактныеЛица')]),
		informationRegister('ГрафикРаботы', {
			periodic: true,
			dimensions: [ref('ФизЛицо', 'Catalog_ФизическиеЛица')],
			resources: [ref('Смена', 'Catalog_Смены'), flag('Работает'), flag('РазрешитьОнлайнЗапись')],
		}),
	],
};
