import type { Attribute, EntityModel, TabularSection } from '../model';

/** Short words for the attributes of configurations. */
export const text = (name: string, length?: number): Attribute => ({ name, type: 'string', length });
export const number = (name: string): Attribute => ({ name, type: 'number' });
export const flag = (name: string): Attribute => ({ name, type: 'boolean' });
export const date = (name: string): Attribute => ({ name, type: 'date' });
export const ref = (name: string, target: string): Attribute => ({ name, type: 'ref', target });
export const composite = (name: string): Attribute => ({ name, type: 'composite' });
/** The value of an enumeration: its name as a text. */
export const choice = (name: string): Attribute => ({ name, type: 'string', length: 100 });

interface Extra {
	readonly sections?: readonly TabularSection[];
	readonly hierarchical?: boolean;
}

const bare = { sections: [], hierarchical: false, dimensions: [], resources: [], subordinate: false };

export const catalog = (name: string, attributes: readonly Attribute[] = [], extra: Extra = {}): EntityModel => ({ ...bare, set: `Catalog_${name}`, kind: 'Catalog', attributes, ...extra });
export const document = (name: string, attributes: readonly Attribute[], extra: Extra = {}): EntityModel => ({ ...bare, set: `Document_${name}`, kind: 'Document', attributes, ...extra });
export const task = (name: string, attributes: readonly Attribute[]): EntityModel => ({ ...bare, set: `Task_${name}`, kind: 'Task', attributes });

interface RegisterParts {
	readonly dimensions: readonly Attribute[];
	readonly resources: readonly Attribute[];
	readonly periodic?: boolean;
	readonly subordinate?: boolean;
}

/** A register of information; a periodic one has `Period` in its key. */
export function informationRegister(name: string, { dimensions, resources, periodic = false, subordinate = false }: RegisterParts): EntityModel {
	const keys = periodic ? [date('Period'), ...dimensions] : dimensions;
	return {
		...bare, set: `InformationRegister_${name}`, kind: 'InformationRegister', attributes: [...keys, ...resources], subordinate,
		dimensions: keys.map(({ name: key }) => key), resources: resources.map(({ name: resource }) => resource),
	};
}

/** A register of movements; its rows belong to documents. */
export function accumulationRegister(name: string, { dimensions, resources }: RegisterParts): EntityModel {
	return {
		...bare, set: `AccumulationRegister_${name}`, kind: 'AccumulationRegister', attributes: [...dimensions, ...resources], subordinate: true,
		dimensions: dimensions.map(({ name: key }) => key), resources: resources.map(({ name: resource }) => resource),
	};
}

/** Phones and addresses of the standard subsystem library. */
export const CONTACT_INFORMATION: TabularSection = {
	name: 'КонтактнаяИнформация',
	attributes: [
		choice('Тип'), ref('Вид', 'Catalog_ВидыКонтактнойИнформации'), text('Представление', 500), text('НомерТелефона', 20), text('НомерТелефонаБезКодов', 20), text('Страна', 100),
		text('АдресЭП', 100), text('Значение'), text('ЗначенияПолей'),
	],
};

/** What every configuration of the list has. */
export const COMMON: readonly EntityModel[] = [
	catalog('ВидыКонтактнойИнформации', [choice('Тип')]),
	catalog('Валюты', [text('НаименованиеПолное', 50)]),
	catalog('Организации', [text('НаименованиеПолное'), text('ИНН', 12), text('КПП', 9)], { sections: [CONTACT_INFORMATION] }),
	catalog('ВидыЦен', []),
];

/** Prices by period, kind of price and goods. */
export const PRICES = informationRegister('ЦеныНоменклатуры', {
	periodic: true,
	dimensions: [ref('ВидЦен', 'Catalog_ВидыЦен'), ref('Номенклатура', 'Catalog_Номенклатура'), ref('Характеристика', 'Catalog_ХарактеристикиНоменклатуры')],
	resources: [number('Цена')],
});

/** The reservation register of our own extension: one row a cell of somebody's time. */
export const RESERVATIONS = informationRegister('ЗанятыеЯчейки', {
	dimensions: [ref('Сотрудник', 'Catalog_Сотрудники'), date('Ячейка')],
	resources: [text('Маркер', 100)],
});
