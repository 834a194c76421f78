import type { Configuration } from '../model';
import { catalog, COMMON, CONTACT_INFORMATION, date, document, flag, informationRegister, ref, text } from './parts';

/** Preset B of the sheet: a clinic with doctors, participants of a visit and a register of schedules. One source. */
export const CLINIC: Configuration = {
	name: 'clinic',
	entities: [
		...COMMON,
		catalog('Номенклатура', [], { hierarchical: true }),
		catalog('МедицинскиеРаботники', [text('Специальность', 100)]),
		catalog('Клиенты', [text('Телефон', 30), date('ДатаРождения')], { sections: [CONTACT_INFORMATION] }),
		document(
			'Событие',
			[date('ДатаНачала'), date('ДатаОкончания'), ref('МедРаботник', 'Catalog_МедицинскиеРаботники'), ref('ВидСобытия', 'Catalog_ВидыСобытий'), text('Комментарий', 250)],
			{ sections: [{ name: 'Участники', attributes: [ref('Контакт', 'Catalog_Клиенты'), flag('Выполнено')] }] },
		),
		informationRegister('ГрафикиРаботыВрачей', {
			subordinate: true,
			dimensions: [date('Дата'), ref('Врач', 'Catalog_МедицинскиеРаботники')],
			resources: [date('ВремяНачала'), date('ВремяОкончания')],
		}),
	],
};
