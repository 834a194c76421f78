import { createFacts, office } from '../../../core/crm/onec';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Base, openBase, RESERVATION } from '../../contract/support/onec-base';
import { DAY, VENDOR_SALON } from '../../contract/support/vendor-bench';
import { transportOf } from './support';

let base: Base;
let desk: office.Office;
afterEach(() => base.close());
const open = async (configuration: 'salon' | 'unf' = 'salon'): Promise<void> => {
	base = await openBase(VENDOR_SALON, { configuration });
	desk = { transport: transportOf(base.sim), facts: createFacts() };
};

describe('objects of a base', () => {
	it('are listed by the vendor’s own filter up to a number, over pages', async () => {
		await open();
		for (let index = 0; index < 320; index += 1) base.sim.state.add('Catalog_Помещения', { Description: `Кабинет ${index % 2}` });
		expect(valueOf(await office.objects(desk, 'Catalog_Помещения', {}, Number.POSITIVE_INFINITY))).toHaveLength(320);
		expect(valueOf(await office.objects(desk, 'Catalog_Помещения', { filter: "Description eq 'Кабинет 1'", select: ['Description'] }, 7))).toEqual(Array.from({ length: 7 }, () => ({ Description: 'Кабинет 1' })));
	});

	it('are made, changed, marked and read; what the base lost is named', async () => {
		await open();
		const made = valueOf(await office.createObject(desk, 'Document_Событие', { Date: `${DAY}T12:00:00`, НетТакого: 1, Услуги: [{ Цена: 10 }, { Цена: 20 }] }));
		expect(made).toMatchObject({ lost: ['НетТакого'], object: { Услуги: [{ LineNumber: '1', Цена: 10 }, { LineNumber: '2', Цена: 20 }] } });
		const id = made.object.Ref_Key;
		expect(valueOf(await office.updateObject(desk, 'Document_Событие', id, { Комментарий: 'x', Маркер: 'м'.repeat(120) }))).toMatchObject({ lost: ['Маркер'], object: { Комментарий: 'x' } });
		expect(valueOf(await office.markObject(desk, 'Document_Событие', id, true)).DeletionMark).toBe(true);
		expect(valueOf(await office.markObject(desk, 'Document_Событие', id, false)).DeletionMark).toBe(false);
		expect(valueOf(await office.object(desk, 'Document_Событие', id))).toMatchObject({ Ref_Key: id, Комментарий: 'x' });
	});

	it('are posted and unposted; a catalog is not', async () => {
		await open();
		const { object } = valueOf(await office.createObject(desk, 'Document_Событие', { Date: `${DAY}T12:00:00` }));
		expect(valueOf(await office.postDocument(desk, 'Document_Событие', object.Ref_Key, true)).Posted).toBe(true);
		expect(valueOf(await office.postDocument(desk, 'Document_Событие', object.Ref_Key, false)).Posted).toBe(false);
		base.sim.state.conditions.beforePosting = () => 'Закрыт период';
		expect(reasonOf(await office.postDocument(desk, 'Document_Событие', object.Ref_Key, true))).toBe('not_allowed');
		expect(reasonOf(await office.postDocument(desk, 'Catalog_Помещения', object.Ref_Key, true))).toBe('invalid_request');
	});

	it('are reached by no name and no reference that could be another address', async () => {
		await open();
		base.sim.requests.clear();
		for (const set of ['../x', 'Catalog_X/$count', "Catalog_X(guid'1')", 'InformationRegister_X', '']) expect(reasonOf(await office.objects(desk, set, {}, 5))).toBe('invalid_request');
		for (const id of ['1', "x' or true", '../x']) expect(reasonOf(await office.object(desk, 'Catalog_Помещения', id))).toBe('not_found');
		expect(reasonOf(await office.dropRegisterRow(desk, RESERVATION.entity, { "x')/y": 1 }))).toBe('invalid_request');
		expect(reasonOf(await office.dropRegisterRow(desk, RESERVATION.entity, {}))).toBe('invalid_request');
		expect(base.sim.requests.all).toEqual([]);
	});
});

describe('registers of a base', () => {
	it('are read as rows, slices, balances and turnovers', async () => {
		await open('unf');
		const [goods, client] = [base.serviceId('cut'), String(base.sim.state.add('Catalog_Контрагенты', { Description: 'Вера' }).Ref_Key)];
		const sale = (Period: string, line: string): void => void base.sim.state.add('AccumulationRegister_Продажи', { Period, Recorder: 'd', LineNumber: line, RecordType: 'Receipt', Номенклатура_Key: goods, Контрагент_Key: client, Количество: 1, Сумма: 100 });
		sale('2026-11-01T10:00:00', '1');
		sale('2026-11-20T10:00:00', '2');
		const prices = 'InformationRegister_ЦеныНоменклатуры';
		base.sim.state.add(prices, { Period: '2026-11-10T00:00:00', ВидЦен_Key: client, Номенклатура_Key: goods, Цена: 999 });
		const order = { orderby: 'Номенклатура_Key,ВидЦен_Key' };
		expect(valueOf(await office.registerRows(desk, prices, order, Number.POSITIVE_INFINITY))).toHaveLength(3);
		expect(valueOf(await office.slice(desk, prices, 'SliceLast', '2026-11-05T00:00:00', order, Number.POSITIVE_INFINITY))).toHaveLength(2);
		expect(valueOf(await office.slice(desk, prices, 'SliceLast', null, { ...order, filter: "Номенклатура_Key eq guid'" + goods + "'" }, 1))).toHaveLength(1);
		expect(valueOf(await office.balance(desk, 'AccumulationRegister_Продажи', '2026-11-10T00:00:00'))).toMatchObject([{ КоличествоBalance: 1, СуммаBalance: 100 }]);
		expect(valueOf(await office.turnovers(desk, 'AccumulationRegister_Продажи', '2026-11-10T00:00:00', null))).toMatchObject([{ СуммаTurnover: 100 }]);
		expect(reasonOf(await office.registerRows(desk, prices, {}, 5))).toBe('invalid_request');
	});

	it('take rows once a key, change and drop them', async () => {
		await open();
		const key = { Сотрудник_Key: base.staffId('Anna'), Ячейка: `${DAY}T12:00:00` };
		expect(valueOf(await office.addRegisterRow(desk, RESERVATION.entity, { ...key, Маркер: 'a' }))).toMatchObject({ Маркер: 'a' });
		expect(reasonOf(await office.addRegisterRow(desk, RESERVATION.entity, { ...key, Маркер: 'b' }))).toBe('invalid_request');
		expect(valueOf(await office.changeRegisterRow(desk, RESERVATION.entity, key, { Маркер: 'c' }))).toMatchObject({ Маркер: 'c' });
		expect(valueOf(await office.dropRegisterRow(desk, RESERVATION.entity, key))).toEqual(key);
		expect(base.sim.state.rowsOf(RESERVATION.entity).size).toBe(0);
	});
});

describe('what is published', () => {
	it('is listed by kind, sections left to their owners', async () => {
		await open();
		expect(valueOf(await office.publishedSets(desk, ['Catalog']))).toEqual(expect.arrayContaining(['Catalog_Контрагенты', 'Catalog_Контрагенты_КонтактнаяИнформация']));
		const objects = valueOf(await office.publishedObjects(desk, ['Catalog', 'Document']));
		expect(objects).toEqual(expect.arrayContaining(['Catalog_Контрагенты', 'Document_Событие']));
		expect(objects.filter((name) => name.split('_').length > 2)).toEqual([]);
	});
});
