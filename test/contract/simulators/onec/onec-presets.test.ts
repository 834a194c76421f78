import { ask, refusal, rowsOf } from './bench';
import { type ConfigurationName, EMPTY_GUID, furnish, type OneCSimulator, startOneC } from './index';
import type { Row } from './rows';

let simulator: OneCSimulator;
const start = async (configuration: ConfigurationName): Promise<ReturnType<typeof furnish>> => {
	simulator = await startOneC({ configuration });
	return furnish(simulator.state, { services: [{ name: 'Приём', price: 1500 }], staff: ['Смирнова Анна'] });
};
afterEach(async () => simulator.close());

describe('1C configurations of the sheet', () => {
	it('[confirmed names] unf: an order whose rows hold goods, and an event with its own start and end', async () => {
		const { services } = await start('unf');
		const goods = services.get('Приём')?.Ref_Key;
		const order = await ask(simulator, 'Document_ЗаказПокупателя', {}, { verb: 'POST', body: { Запасы: [{ LineNumber: 1, Номенклатура_Key: goods, Количество: 1, Цена: 1500 }] } });
		expect(order).toMatchObject({ status: 201, body: { Запасы: [{ Номенклатура_Key: goods, Цена: 1500, Сумма: 0 }] } });
		const event = await ask(simulator, 'Document_Событие', {}, { verb: 'POST', body: { НачалоСобытия: '2026-08-10T11:00:00', ОкончаниеСобытия: '2026-08-10T12:00:00' } });
		expect(event.body).toMatchObject({ Date: '2026-08-09T14:00:00', НачалоСобытия: '2026-08-10T11:00:00', Ответственный_Key: EMPTY_GUID });
	});

	it('[one source] clinic: schedules belong to documents, flat under _RecordType, with times on the empty date', async () => {
		const { staff } = await start('clinic');
		const doctor = staff.get('Смирнова Анна')?.Ref_Key;
		simulator.state.add('InformationRegister_ГрафикиРаботыВрачей', {
			Recorder: 'd1', Recorder_Type: 'StandardODATA.Document_Графики', LineNumber: '1', Дата: '2026-08-10T00:00:00', Врач_Key: doctor, ВремяНачала: '0001-01-01T09:00:00', ВремяОкончания: '0001-01-01T15:00:00',
		});
		const query = { $filter: "Дата ge datetime'2026-08-10T00:00:00' and Дата lt datetime'2026-08-11T00:00:00'", $select: 'Врач_Key,ВремяНачала' };
		expect(refusal(await ask(simulator, 'InformationRegister_ГрафикиРаботыВрачей_RecordType', { $filter: "ВремяНачала ge datetime'0001-01-01T09:00:00'" }))).toEqual([500, '-1']);
		expect(await rowsOf(simulator, 'InformationRegister_ГрафикиРаботыВрачей_RecordType', query)).toEqual([{ Врач_Key: doctor, ВремяНачала: '0001-01-01T09:00:00' }]);
		expect(refusal(await ask(simulator, 'InformationRegister_ГрафикиРаботыВрачей', {}, { verb: 'POST', body: { Врач_Key: doctor } }))).toEqual([400, '6']);
	});

	it('[one source] vet: visits to come are tasks, which are not posted, and shifts lie in a register', async () => {
		const { staff } = await start('vet');
		const shift = simulator.state.add('Catalog_Смены', { Description: 'Утро', Время1: '0001-01-01T09:00:00', Время2: '0001-01-01T15:00:00' });
		simulator.state.add('InformationRegister_ГрафикРаботы', { Period: '2026-08-10T00:00:00', ФизЛицо_Key: staff.get('Смирнова Анна')?.Ref_Key, Смена_Key: shift.Ref_Key, Работает: true, РазрешитьОнлайнЗапись: false });
		const task = await ask(simulator, 'Task_ПредварительнаяЗапись', {}, { verb: 'POST', body: { ЗаписьНаДату: '2026-08-10T11:00:00', Подтверждено: true } });
		expect(task).toMatchObject({ status: 201, body: { Executed: false, Подтверждено: true, Карточка_Key: EMPTY_GUID } });
		expect(refusal(await ask(simulator, `Task_ПредварительнаяЗапись(guid'${String(task.body.Ref_Key)}')/Post`, {}, { verb: 'POST' }))).toEqual([400, '6']);
		const days = await rowsOf(simulator, 'InformationRegister_ГрафикРаботы', { $filter: "Period eq datetime'2026-08-10T00:00:00'", $expand: 'Смена' });
		expect(days).toMatchObject([{ Работает: true, РазрешитьОнлайнЗапись: false, Смена: { Время1: '0001-01-01T09:00:00' } }]);
	});

	it('gives the same base for the same seed, and another for another', async () => {
		const keys = async (seed: number): Promise<readonly unknown[]> => {
			const one = await startOneC({ seed });
			furnish(one.state, { services: [{ name: 'Приём', price: 1500 }], staff: ['Смирнова Анна'] });
			const rows: readonly Row[] = await rowsOf(one, 'Catalog_Номенклатура');
			await one.close();
			return rows.map(({ Ref_Key }) => Ref_Key);
		};
		simulator = await startOneC();
		expect(await keys(7)).toEqual(await keys(7));
		expect(await keys(7)).not.toEqual(await keys(8));
	});
});
