import type { ConfigurationName } from './configurations';
import type { Infobase } from './infobase';
import type { OpenRow, Row } from './rows';

/** A salon in the words of a test. */
export interface BaseSalon {
	readonly services: readonly { readonly name: string; readonly price: number }[];
	readonly staff: readonly string[];
}

/** What was put into the base, by the names of the salon. */
export interface FurnishedBase {
	readonly services: ReadonlyMap<string, OpenRow>;
	readonly staff: ReadonlyMap<string, OpenRow>;
	readonly organization: OpenRow;
	/** Kind of contact information that shows a phone on a client's card. */
	readonly phoneKind: OpenRow;
}

const STAFF_SETS: Readonly<Record<ConfigurationName, string>> = {
	unf: 'Catalog_Сотрудники', salon: 'Catalog_Сотрудники', clinic: 'Catalog_МедицинскиеРаботники', vet: 'Catalog_ФизическиеЛица', trade: 'Catalog_ФизическиеЛица',
};

/** Puts a salon into a base of any of the configurations: a group and services in it, prices, people, an organization. */
export function furnish(base: Infobase, salon: BaseSalon): FurnishedBase {
	const staffSet = STAFF_SETS[base.configuration.name as ConfigurationName];
	const goods = base.entityOf('Catalog_Номенклатура');
	const kindOfGoods: Row = goods.attributes.some(({ name }) => name === 'ТипНоменклатуры') ? { ТипНоменклатуры: 'Услуга' } : {};
	const isService: Row = goods.attributes.some(({ name }) => name === 'ЭтоУслуга') ? { ЭтоУслуга: true } : {};
	const group = base.add('Catalog_Номенклатура', { Description: 'Услуги салона', IsFolder: true });
	const services = new Map(salon.services.map(({ name }) => [name, base.add('Catalog_Номенклатура', { Description: name, Parent_Key: group.Ref_Key, ...kindOfGoods, ...isService })]));
	const priceKind = base.add('Catalog_ВидыЦен', { Description: 'Розничная' });
	if (base.entities.has('InformationRegister_ЦеныНоменклатуры')) {
		for (const { name, price } of salon.services) {
			base.add('InformationRegister_ЦеныНоменклатуры', { Period: '2026-01-01T00:00:00', ВидЦен_Key: priceKind.Ref_Key, Номенклатура_Key: services.get(name)?.Ref_Key, Цена: price });
		}
	}
	const staff = new Map(salon.staff.map((name) => [name, base.add(staffSet, { Description: name })]));
	const organization = base.add('Catalog_Организации', { Description: 'ИП Смирнова', НаименованиеПолное: 'Индивидуальный предприниматель Смирнова' });
	const phoneKind = base.add('Catalog_ВидыКонтактнойИнформации', { Description: 'Телефон', Тип: 'Телефон' });
	return { services, staff, organization, phoneKind };
}
