/**
 * Presets of configurations. Names of objects come from published clients of real bases; what a base adds or renames is
 * the operator's mapping over them. Values of enumerations differ from base to base and are in none.
 */

const LIVE = 'DeletionMark eq false';
const LIVE_ITEMS = 'IsFolder eq false and DeletionMark eq false';

const GOODS = { entity: 'Catalog_Номенклатура', filter: LIVE_ITEMS, category: 'Parent_Key', price: null };
const PRICED = { from: 'InformationRegister_ЦеныНоменклатуры/SliceLast', key: 'Номенклатура_Key', value: 'Цена', priceTypeField: 'ВидЦен_Key', priceType: null };
const CONTRACTOR = { entity: 'Catalog_Контрагенты', fullName: 'НаименованиеПолное', contactInfo: 'КонтактнаяИнформация' };
const COMPANY = { entity: 'Catalog_Организации', contactInfo: 'КонтактнаяИнформация' };

/** A dental or beauty salon whose visit is an event with rows of services. */
const SALON = {
	service: { ...GOODS, filter: `${LIVE_ITEMS} and ЭтоУслуга eq true`, duration: 'НормаВремени', price: PRICED },
	staff: { entity: 'Catalog_Сотрудники', filter: LIVE_ITEMS },
	client: CONTRACTOR,
	visit: {
		entity: 'Document_Событие', start: 'Date', end: 'ДатаОкончания', staff: 'Врач_Key', client: 'Контрагент_Key', comment: 'Комментарий',
		lines: { section: 'Услуги', service: 'Номенклатура_Key', staff: 'Сотрудник_Key', start: 'ДатаНачала', end: 'ДатаОкончания', price: 'Цена' },
	},
	company: COMPANY,
};

/** Управление нашей фирмой: the visit is an event with participants. */
const UNF = {
	service: { ...GOODS, filter: `${LIVE_ITEMS} and ТипНоменклатуры eq 'Услуга'`, price: PRICED },
	staff: { entity: 'Catalog_Сотрудники', filter: LIVE_ITEMS },
	client: CONTRACTOR,
	visit: {
		entity: 'Document_Событие', start: 'НачалоСобытия', end: 'ОкончаниеСобытия', staff: 'Ответственный_Key', comment: 'Комментарий',
		client: { section: 'Участники', field: 'Контакт', type: 'Catalog_Контрагенты' },
	},
	company: COMPANY,
};

/** A clinic with doctors, participants of a visit and schedules that documents write. Names of the doctors' catalog and of the schedule's fields are assumptions. */
const CLINIC = {
	service: GOODS,
	staff: { entity: 'Catalog_МедицинскиеРаботники', filter: LIVE, position: 'Специальность' },
	client: { entity: 'Catalog_Клиенты', contactInfo: 'КонтактнаяИнформация' },
	visit: {
		entity: 'Document_Событие', start: 'ДатаНачала', end: 'ДатаОкончания', staff: 'МедРаботник_Key', comment: 'Комментарий', commentLength: 250,
		client: { section: 'Участники', field: 'Контакт_Key' },
	},
	schedule: { entity: 'InformationRegister_ГрафикиРаботыВрачей_RecordType', date: 'Дата', staff: 'Врач_Key', from: 'ВремяНачала', to: 'ВремяОкончания' },
	company: COMPANY,
};

/** A vet clinic: a visit to come is a task without an end, shifts stand in a register. The task's field of the doctor is an assumption. */
const VET = {
	service: GOODS,
	staff: { entity: 'Catalog_ФизическиеЛица', filter: LIVE_ITEMS },
	client: { entity: 'Catalog_Клиенты', contactInfo: 'КонтактнаяИнформация' },
	visit: { entity: 'Task_ПредварительнаяЗапись', start: 'ЗаписьНаДату', staff: 'Врач_Key', client: 'Хозяин_Key', comment: 'Комментарий', commentLength: 250 },
	schedule: {
		entity: 'InformationRegister_ГрафикРаботы', date: 'Period', staff: 'ФизЛицо_Key', shift: 'Смена_Key', shiftEntity: 'Catalog_Смены', from: 'Время1', to: 'Время2',
		flags: ['Работает', 'РазрешитьОнлайнЗапись'],
	},
	company: COMPANY,
};

/** Управление торговлей and its kin: catalogs alone, since its documents book no time. */
const TRADE = {
	service: { ...GOODS, filter: `${LIVE_ITEMS} and ТипНоменклатуры eq 'Услуга'`, price: PRICED },
	staff: { entity: 'Catalog_ФизическиеЛица', filter: LIVE_ITEMS },
	client: { entity: 'Catalog_Партнеры', fullName: 'НаименованиеПолное', contactInfo: 'КонтактнаяИнформация' },
	visit: null,
	company: COMPANY,
};

export const PRESETS = { salon: SALON, unf: UNF, clinic: CLINIC, vet: VET, trade: TRADE } as const;
/** One of {@link PRESETS}. */
export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

export function isPresetName(name: unknown): name is PresetName {
	return typeof name === 'string' && Object.hasOwn(PRESETS, name);
}
