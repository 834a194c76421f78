import { valueOf } from '../../contract/support/bench';
import { type Base, type BaseOptions, openBase } from '../../contract/support/onec-base';
import { DAY, VENDOR_SALON } from '../../contract/support/vendor-bench';

const PRICES = 'InformationRegister_ЦеныНоменклатуры';

let base: Base;
afterEach(() => base.close());
const open = async (options: BaseOptions = {}): Promise<void> => {
	base = await openBase(VENDOR_SALON, options);
};
const cut = async () => valueOf(await base.crm.services()).find(({ id }) => id === base.serviceId('cut'));
const free = async (): Promise<readonly string[]> => valueOf(await base.crm.slots({ serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));

describe('a salon of 1C', () => {
	it('has the price of today, and none where kinds of prices contradict each other unnamed', async () => {
		await open();
		const kind = String(base.sim.state.add('Catalog_ВидыЦен', { Description: 'Закупочная' }).Ref_Key);
		const price = (Period: string, Цена: number, more: object = {}): void => void base.sim.state.add(PRICES, { Period, Номенклатура_Key: base.serviceId('cut'), ВидЦен_Key: retail, Цена, ...more });
		const retail = String([...base.sim.state.rowsOf(PRICES).values()][0]?.['ВидЦен_Key']);
		price('2026-11-01T00:00:00', 2200);
		price('2027-01-01T00:00:00', 2500);
		expect((await cut())?.price).toEqual({ min: 220_000, max: 220_000, currency: 'RUB' });
		price('2026-11-01T00:00:00', 700, { ВидЦен_Key: kind });
		const mapping = { ...base.mapping, service: { price: { from: `${PRICES}/SliceLast`, key: 'Номенклатура_Key', value: 'Цена', priceTypeField: 'ВидЦен_Key', priceType: retail } } };
		const services = async (changes: object) => valueOf(await base.adapter(changes).services()).find(({ id }) => id === base.serviceId('cut'))?.price;
		expect(await services({ mapping: base.mapping })).toBeNull();
		expect(base.unknownValues).toContain('service.price');
		expect(await services({ mapping })).toEqual({ min: 220_000, max: 220_000, currency: 'RUB' });
	});

	it('has services with their group and length, and no groups, goods or marked ones', async () => {
		await open({ mapping: { service: { durationUnit: 'hours' } } });
		base.sim.state.change('Catalog_Номенклатура', base.serviceId('cut'), { НормаВремени: 1.5 });
		base.sim.state.change('Catalog_Номенклатура', base.serviceId('color'), { DeletionMark: true });
		base.sim.state.add('Catalog_Номенклатура', { Description: 'Шампунь' });
		expect(valueOf(await base.crm.services())).toMatchObject([{ title: 'cut', category: 'Услуги салона', durationMinutes: 90 }]);
	});

	it('has only the people the mapping names', async () => {
		await open();
		const chosen = base.adapter({ mapping: { ...base.mapping, staff: { ids: [base.staffId('Maria')] } } });
		expect(valueOf(await chosen.staff()).map(({ id }) => id)).toEqual([base.staffId('Maria')]);
	});

	it('reads a shift until midnight, and counts a row without hours', async () => {
		await open({ configuration: 'vet' });
		const [shift] = base.sim.state.rowsOf('Catalog_Смены').values();
		Object.assign(shift ?? {}, { Время1: '0001-01-01T22:00:00', Время2: '0001-01-01T00:00:00' });
		expect(await free()).toEqual(['22:00', '22:30', '23:00']);
		Object.assign(shift ?? {}, { Время1: '0001-01-01T00:00:00' });
		base.sim.clock.advance(120_000);
		expect(await free()).toEqual([]);
		expect(base.unknownValues).toContain('schedule.hours');
	});

	it('asks a base of few licences at most three things at once', async () => {
		await open();
		base.sim.state.conditions.licences = 3;
		expect(valueOf(await base.crm.services())).toHaveLength(2);
		expect(base.events.filter(({ result }) => result !== 'ok')).toEqual([]);
	});

	it('is read again after a failure, and once for all who ask together', async () => {
		await open();
		await Promise.all(Array.from({ length: 10 }, () => base.crm.staff()));
		expect(base.sim.requests.find('GET', /Сотрудники$/)).toHaveLength(1);
		base.sim.clock.advance(120_000);
		base.sim.state.conditions.forbidden.add('Catalog_Сотрудники');
		expect((await base.crm.staff()).kind).toBe('refused');
		base.sim.state.conditions.forbidden.clear();
		expect(valueOf(await base.crm.staff())).toHaveLength(2);
	});
});
