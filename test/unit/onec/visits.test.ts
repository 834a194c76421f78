import { createMemoryLock } from '../../../core/crm/computed';
import { type Fault, replaced } from '../../contract/simulators/kit';
import type { OpenRow } from '../../contract/simulators/onec/rows';
import { reasonOf, valueOf } from '../../contract/support/bench';
import type { Base, BaseOptions } from '../../contract/support/onec-base';
import { DAY, on, PHONE, RIVAL_PHONE } from '../../contract/support/vendor-bench';
import { type Desk, MARKER, openDesk } from './desk';

let desk: Desk;
let base: Base;
afterEach(() => base.close());
const open = async (options: BaseOptions = {}): Promise<void> => {
	desk = await openDesk(options);
	base = desk.base;
};

describe('a visit of 1C', () => {
	it('is written in wall time of the base, with rows one after another and prices', async () => {
		await open();
		const visit = valueOf(await desk.book('12:00', 'k', { serviceIds: [base.serviceId('cut'), base.serviceId('color')], comment: 'без музыки', guestName: 'Аня' }));
		expect(visit).toMatchObject({ comment: 'без музыки', guestName: 'Аня', price: { min: 650_000 } });
		expect(desk.live()).toMatchObject([{
			Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T14:30:00`, Врач_Key: base.staffId('Anna'), Контрагент_Key: desk.clientId, Posted: false,
			Услуги: [
				{ LineNumber: '1', ДатаНачала: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Номенклатура_Key: base.serviceId('cut'), Сотрудник_Key: base.staffId('Anna'), Цена: 2000 },
				{ LineNumber: '2', ДатаНачала: `${DAY}T13:00:00`, ДатаОкончания: `${DAY}T14:30:00`, Номенклатура_Key: base.serviceId('color'), Цена: 4500 },
			],
		}]);
		expect(String(desk.live()[0]?.['Комментарий'])).toBe('без музыки\nГость: Аня');
		expect(String(desk.live()[0]?.['Маркер'])).toMatch(/^aia-[0-9a-f]{32}$/);
	});

	it('moves with all its rows and their own fields, and goes to another person whole', async () => {
		await open();
		const visit = valueOf(await desk.book());
		base.sim.state.change(base.sets.visit, visit.id, { Комментарий: 'аллергия', Услуги: [{ ...(desk.live()[0]?.['Услуги'] as readonly object[])[0], Помещение_Key: base.staffId('Maria') }] });
		const moved = valueOf(await base.crm.rescheduleAppointment(visit.id, { start: on('15:00'), staffId: base.staffId('Maria') }, 'm'));
		expect(moved).toMatchObject({ staffId: base.staffId('Maria'), comment: 'аллергия' });
		expect(desk.live()).toMatchObject([{ Date: `${DAY}T15:00:00`, Врач_Key: base.staffId('Maria'), Услуги: [{ ДатаНачала: `${DAY}T15:00:00`, ДатаОкончания: `${DAY}T16:00:00`, Сотрудник_Key: base.staffId('Maria'), Помещение_Key: base.staffId('Maria') }] }]);
	});

	it('is taken back when the base loses a part of it in silence, and the part is named', async () => {
		await open({ mapping: { visit: { ...MARKER, staff: 'СтруктурнаяЕдиница_Key', lines: null, comment: 'СтатусПациента' } } });
		base.sim.state.entityOf(base.sets.visit);
		const told = await desk.book('12:00', 'k', { comment: 'х'.repeat(90) });
		expect(told).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('comment') as string });
		expect(desk.live()).toEqual([]);
		expect(desk.rows()).toHaveLength(1);
	});

	it('is not read as free time when a field of the mapping is not in the base', async () => {
		await open({ mapping: { visit: { ...MARKER, staff: 'НетТакого_Key' } } });
		base.sim.state.add(base.sets.visit, { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Врач_Key: base.staffId('Anna') });
		expect((await base.crm.slots({ serviceIds: [base.serviceId('cut')], from: DAY, to: DAY })).kind).toBe('unavailable');
	});

	it('leaves no free time under rows of other people, visits of nobody and visits without an end', async () => {
		await open();
		const own = { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Врач_Key: base.staffId('Anna') };
		const other = { Сотрудник_Key: base.staffId('Maria'), ДатаНачала: `${DAY}T14:00:00`, ДатаОкончания: `${DAY}T15:00:00` };
		base.sim.state.add(base.sets.visit, { ...own, Контрагент_Key: desk.clientId, Услуги: [other] });
		base.sim.state.add(base.sets.visit, { ...own, Date: `${DAY}T16:00:00`, ДатаОкончания: '0001-01-01T00:00:00' });
		base.sim.state.add(base.sets.visit, { ...own, Date: `${DAY}T18:00:00`, ДатаОкончания: `${DAY}T19:00:00`, DeletionMark: true });
		const [anna, maria] = [await desk.free('Anna'), await desk.free('Maria')];
		for (const taken of ['12:00', '12:30', '16:00', '16:30']) expect(anna).not.toContain(taken);
		for (const left of ['14:00', '18:00']) expect(anna).toContain(left);
		for (const taken of ['14:00', '14:30']) expect(maria).not.toContain(taken);
		expect(maria).toContain('12:00');
		expect(reasonOf(await desk.book('16:00'))).toBe('slot_taken');
	});

	it('has its own length and no price where a row has none', async () => {
		await open();
		const line = { Номенклатура_Key: base.serviceId('cut'), Цена: 0 };
		const id = String(base.sim.state.add(base.sets.visit, { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T15:00:00`, Врач_Key: base.staffId('Anna'), Контрагент_Key: desk.clientId, Услуги: [line] }).Ref_Key);
		expect(valueOf(await base.crm.appointment(id))).toMatchObject({ end: on('15:00'), price: null, serviceIds: [base.serviceId('cut')] });
		expect(await desk.free('Anna')).not.toContain('14:00');
	});

	it('leaves rows of other people with them when it moves', async () => {
		await open();
		const row = (staff: string): object => ({ Номенклатура_Key: base.serviceId('cut'), Сотрудник_Key: base.staffId(staff), ДатаНачала: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00` });
		const id = String(base.sim.state.add(base.sets.visit, { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Врач_Key: base.staffId('Anna'), Контрагент_Key: desk.clientId, Услуги: [row('Anna'), row('Maria')] }).Ref_Key);
		valueOf(await desk.move(id, '15:00'));
		expect(desk.live()).toMatchObject([{ Услуги: [{ Сотрудник_Key: base.staffId('Anna'), ДатаНачала: `${DAY}T15:00:00` }, { Сотрудник_Key: base.staffId('Maria'), ДатаНачала: `${DAY}T15:00:00` }] }]);
	});

	it.each([
		['time', `${DAY}T15:00:00`, '2026-13-45T15:00:00'],
		['mark for deletion', '"DeletionMark":false,', ''],
		['version', '"DataVersion":', '"Version":'],
	])('whose %s cannot be read makes no time free', async (_what, held, spoiled) => {
		await open();
		base.sim.state.add(base.sets.visit, { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T15:00:00`, Врач_Key: base.staffId('Anna'), Контрагент_Key: desk.clientId });
		base.sim.faults.add(replaced('a spoiled field', (right) => ({ ...right, body: right.body.replace(held, spoiled) })), { path: /Событие$/, times: Infinity });
		expect((await base.crm.slots({ serviceIds: [base.serviceId('cut')], from: DAY, to: DAY })).kind).toBe('unavailable');
	});

	it('is nobody’s for an id that cannot be one', async () => {
		await open();
		const window = { from: on('00:00'), to: on('23:00') };
		valueOf(await desk.book());
		for (const id of ['no-such-client', "x' or true"]) {
			expect(await base.crm.appointments({ ...window, clientId: id })).toEqual({ kind: 'ok', value: [] });
			expect(await base.crm.appointments({ ...window, staffId: id })).toEqual({ kind: 'ok', value: [] });
			expect(reasonOf(await base.crm.appointment(id))).toBe('not_found');
		}
	});

	it('is of the participant that is a client', async () => {
		await open({ configuration: 'unf', mapping: {} });
		const visit = valueOf(await desk.book());
		const [row] = desk.live();
		expect(row).toMatchObject({ Участники: [{ Контакт: desk.clientId, Контакт_Type: 'StandardODATA.Catalog_Контрагенты' }] });
		const other = { LineNumber: '1', Контакт: base.staffId('Anna'), Контакт_Type: 'StandardODATA.Catalog_Организации' };
		base.sim.state.change(base.sets.visit, visit.id, { Участники: [other, { ...(row?.['Участники'] as readonly object[])[0], LineNumber: '2' }] });
		expect(valueOf(await base.crm.appointment(visit.id)).clientId).toBe(desk.clientId);
		base.sim.state.change(base.sets.visit, visit.id, { Участники: [other] });
		expect(reasonOf(await base.crm.appointment(visit.id))).toBe('not_found');
		expect(await desk.free('Anna')).not.toContain('12:00');
	});

	it('is found by its own mark alone, not by one that people quote', async () => {
		await open({ configuration: 'clinic', mapping: {} });
		const visit = valueOf(await desk.book('12:00', 'k'));
		expect(valueOf(await base.crm.findByOperation('k'))?.id).toBe(visit.id);
		base.sim.state.change(base.sets.visit, visit.id, { Комментарий: `было ${String(desk.live()[0]?.['Комментарий'])} и перенесли` });
		expect(valueOf(await base.crm.findByOperation('k'))).toBeNull();
	});

	it('is cancelled by its status where the mapping says so; statuses nobody named are counted', async () => {
		await open({ mapping: { visit: { ...MARKER, status: 'Статус', cancelBy: 'status', statusCancelled: 'Отменен', statuses: { arrived: ['Пришел'] }, cancelDefaults: { СтатусПациента: 'Отказ' }, createDefaults: { Статус: 'Записан' } } } });
		const visit = valueOf(await desk.book());
		expect(base.unknownValues).toContain('visit.status');
		expect(valueOf(await base.crm.cancelAppointment(visit.id, 'c')).status).toBe('cancelled');
		expect(desk.live()).toMatchObject([{ Статус: 'Отменен', СтатусПациента: 'Отказ', DeletionMark: false }]);
		base.sim.state.add(base.sets.visit, { Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Врач_Key: base.staffId('Anna'), Статус: 'Отменен' });
		expect(await desk.free('Anna')).toContain('12:00');
		const other = valueOf(await desk.book('15:00'));
		base.sim.state.change(base.sets.visit, other.id, { Статус: 'Пришел' });
		expect(reasonOf(await base.crm.cancelAppointment(other.id, 'c2'))).toBe('too_late_to_change');
	});

	it('names a colleague who holds the document open, and changes nothing', async () => {
		await open();
		const visit = valueOf(await desk.book());
		base.sim.state.conditions.locked.add(visit.id);
		expect(reasonOf(await desk.move(visit.id, '15:00'))).toBe('version_conflict');
		expect(reasonOf(await base.crm.cancelAppointment(visit.id, 'c'))).toBe('version_conflict');
		expect(desk.live()).toMatchObject([{ Date: `${DAY}T12:00:00` }]);
	});

	it('refuses a comment the base would cut, before anything is written', async () => {
		await open({ configuration: 'clinic', mapping: {} });
		expect(await desk.book('12:00', 'k', { comment: 'х'.repeat(240) })).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('250') as string });
		expect(desk.rows()).toEqual([]);
		expect(valueOf(await desk.book('12:00', 'k2', { comment: 'х'.repeat(100), guestName: 'Аня' }))).toMatchObject({ comment: 'х'.repeat(100), guestName: 'Аня', serviceIds: [base.serviceId('cut')] });
		expect(desk.live()).toMatchObject([{ МедРаботник_Key: base.staffId('Anna'), Участники: [{ LineNumber: '1', Контакт_Key: desk.clientId }] }]);
	});
});

describe('a change of somebody else', () => {
	const meanwhile = (values: object): Fault => ({ name: 'a change meanwhile', apply: async (call) => {
		base.sim.state.change(base.sets.visit, String(desk.live()[0]?.Ref_Key), values as OpenRow);
		return call.work();
	} });

	it('right before a move is seen, and not written over', async () => {
		await open();
		const visit = valueOf(await desk.book());
		// the visit is read for the question, under the lock, and for the write itself
		base.sim.faults.add(meanwhile({ ДатаОкончания: `${DAY}T14:00:00` }), { method: 'GET', path: /Событие\(/, skip: 2 });
		expect(reasonOf(await desk.move(visit.id, '15:00'))).toBe('version_conflict');
		expect(base.sim.faults.spent()).toBe(true);
		expect(desk.live()).toMatchObject([{ Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T14:00:00` }]);
	});

	it('at the very moment of the write is refused by a base that heeds versions', async () => {
		await open({ switches: { ifMatch: 'enforced' } });
		const visit = valueOf(await desk.book());
		base.sim.faults.add(meanwhile({ Комментарий: 'аллергия' }), { method: 'PATCH' });
		expect(reasonOf(await desk.move(visit.id, '15:00'))).toBe('version_conflict');
		expect(desk.live()).toMatchObject([{ Date: `${DAY}T12:00:00`, Комментарий: 'аллергия' }]);
	});
});

describe('two who share no lock', () => {
	it('never leave two visits in one time, and who gives way can book again by the same key', async () => {
		await open();
		const rival = base.adapter({ lock: createMemoryLock() });
		const other = valueOf(await base.crm.createClient({ name: 'Мария', phone: RIVAL_PHONE })).id;
		for (let round = 0; round < 20; round += 1) {
			const wish = { serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on('12:00') };
			const told = await Promise.all([base.crm.createAppointment({ ...wish, clientId: desk.clientId }, `one ${round}`), rival.createAppointment({ ...wish, clientId: other }, `two ${round}`)]);
			expect(told.map(reasonOf).sort()).toEqual(['ok', 'slot_taken']);
			expect(desk.live()).toHaveLength(1);
			const lost = told[0]?.kind === 'ok' ? `two ${round}` : `one ${round}`;
			expect(valueOf(await base.crm.findByOperation(lost))).toBeNull();
			valueOf(await base.crm.cancelAppointment(String(desk.live()[0]?.Ref_Key), `end ${round}`));
		}
	});
});

describe('a base that books nothing', () => {
	it('says so, and still finds clients', async () => {
		await open({ configuration: 'trade', mapping: {} });
		expect(valueOf(await base.crm.findClient(PHONE))).toHaveLength(1);
		for (const told of [await desk.book(), await base.crm.slots({ serviceIds: [base.serviceId('cut')], from: DAY, to: DAY }), await desk.move(desk.clientId, '12:00')]) expect(reasonOf(told)).toBe('unsupported');
	});
});

describe('working hours of a register', () => {
	it('are the only ones: a day without a row is a day off, a row without a flag too', async () => {
		await open({ configuration: 'vet', mapping: {} });
		const days = base.sim.state.rowsOf('InformationRegister_ГрафикРаботы');
		for (const row of days.values()) {
			if (row.Period !== `${DAY}T00:00:00`) continue;
			if (row['ФизЛицо_Key'] === base.staffId('Anna')) Object.assign(row, { РазрешитьОнлайнЗапись: false });
			else Object.assign(row, { Period: '2027-06-01T00:00:00' });
		}
		expect(await desk.free('Anna')).toEqual([]);
		expect(await desk.free('Maria')).toEqual([]);
		expect(reasonOf(await desk.book())).toBe('outside_hours');
	});
});
