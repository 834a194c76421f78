import type { Appointment, Outcome } from '../../../core/booking';
import { createMemoryLock } from '../../../core/crm/computed';
import { cut, failing, type Fault } from '../../contract/simulators/kit';
import type { OpenRow } from '../../contract/simulators/onec/rows';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Base, type BaseOptions, openBase, RESERVATION } from '../../contract/support/onec-base';
import { DAY, on, PHONE, RIVAL_PHONE, VENDOR_SALON } from '../../contract/support/vendor-bench';

const MARKER = { marker: 'Маркер' };
const POSTED = { visit: { ...MARKER, post: true } };

let base: Base;
let clientId: string;
afterEach(() => base.close());
const open = async (options: BaseOptions = {}): Promise<void> => {
	base = await openBase(VENDOR_SALON, { mapping: { visit: MARKER }, ...options });
	clientId = valueOf(await base.crm.createClient({ name: 'Вера', phone: PHONE })).id;
};
const book = (time = '12:00', key = `book ${time}`, more: object = {}): Promise<Outcome<Appointment>> =>
	base.crm.createAppointment({ clientId, serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on(time), ...more }, key);
const move = (id: string, time: string, key = 'move'): Promise<Outcome<Appointment>> => base.crm.rescheduleAppointment(id, { start: on(time) }, key);
const rows = (): readonly OpenRow[] => [...base.sim.state.rowsOf(base.sets.visit).values()];
const live = (): readonly OpenRow[] => rows().filter(({ DeletionMark }) => DeletionMark !== true);
const cells = (): readonly string[] => [...base.sim.state.rowsOf(RESERVATION.entity).values()].map((row) => String(row['Ячейка']).slice(11, 16)).sort();
const free = async (staff: string): Promise<readonly string[]> =>
	valueOf(await base.crm.slots({ serviceIds: [base.serviceId('cut')], staffId: base.staffId(staff), from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));

describe('a visit of 1C', () => {
	it('is written in wall time of the base, with rows one after another and prices', async () => {
		await open();
		const visit = valueOf(await book('12:00', 'k', { serviceIds: [base.serviceId('cut'), base.serviceId('color')], comment: 'без музыки', guestName: 'Аня' }));
		expect(visit).toMatchObject({ comment: 'без музыки', guestName: 'Аня', price: { min: 650_000 } });
		expect(live()).toMatchObject([{
			Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T14:30:00`, Врач_Key: base.staffId('Anna'), Контрагент_Key: clientId, Posted: false,
			Услуги: [
				{ LineNumber: '1', ДатаНачала: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T13:00:00`, Номенклатура_Key: base.serviceId('cut'), Сотрудник_Key: base.staffId('Anna'), Цена: 2000 },
				{ LineNumber: '2', ДатаНачала: `${DAY}T13:00:00`, ДатаОкончания: `${DAY}T14:30:00`, Номенклатура_Key: base.serviceId('color'), Цена: 4500 },
			],
		}]);
		expect(String(live()[0]?.['Комментарий'])).toBe('без музыки\nГость: Аня');
		expect(String(live()[0]?.['Маркер'])).toMatch(/^aia-[0-9a-f]{32}$/);
	});

	it('moves with all its rows and their own fields, and goes to another person whole', async () => {
		await open();
		const visit = valueOf(await book());
		base.sim.state.change(base.sets.visit, visit.id, { Комментарий: 'аллергия', Услуги: [{ ...(live()[0]?.['Услуги'] as readonly object[])[0], Помещение_Key: base.staffId('Maria') }] });
		const moved = valueOf(await base.crm.rescheduleAppointment(visit.id, { start: on('15:00'), staffId: base.staffId('Maria') }, 'm'));
		expect(moved).toMatchObject({ staffId: base.staffId('Maria'), comment: 'аллергия' });
		expect(live()).toMatchObject([{ Date: `${DAY}T15:00:00`, Врач_Key: base.staffId('Maria'), Услуги: [{ ДатаНачала: `${DAY}T15:00:00`, ДатаОкончания: `${DAY}T16:00:00`, Сотрудник_Key: base.staffId('Maria'), Помещение_Key: base.staffId('Maria') }] }]);
	});

	it('is taken back when the base loses a part of it in silence, and the part is named', async () => {
		await open({ mapping: { visit: { ...MARKER, staff: 'СтруктурнаяЕдиница_Key', lines: null, comment: 'СтатусПациента' } } });
		base.sim.state.entityOf(base.sets.visit);
		const told = await book('12:00', 'k', { comment: 'х'.repeat(90) });
		expect(told).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('comment') as string });
		expect(live()).toEqual([]);
		expect(rows()).toHaveLength(1);
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
		base.sim.state.add(base.sets.visit, { ...own, Контрагент_Key: clientId, Услуги: [other] });
		base.sim.state.add(base.sets.visit, { ...own, Date: `${DAY}T16:00:00`, ДатаОкончания: '0001-01-01T00:00:00' });
		base.sim.state.add(base.sets.visit, { ...own, Date: `${DAY}T18:00:00`, ДатаОкончания: `${DAY}T19:00:00`, DeletionMark: true });
		const [anna, maria] = [await free('Anna'), await free('Maria')];
		for (const taken of ['12:00', '12:30', '16:00', '16:30']) expect(anna).not.toContain(taken);
		for (const left of ['14:00', '18:00']) expect(anna).toContain(left);
		for (const taken of ['14:00', '14:30']) expect(maria).not.toContain(taken);
		expect(maria).toContain('12:00');
		expect(reasonOf(await book('16:00'))).toBe('slot_taken');
	});

	it('is cancelled by its status where the mapping says so; statuses nobody named are counted', async () => {
		await open({ mapping: { visit: { ...MARKER, status: 'Статус', cancelBy: 'status', statusCancelled: 'Отменен', statuses: { arrived: ['Пришел'] }, cancelDefaults: { СтатусПациента: 'Отказ' }, createDefaults: { Статус: 'Записан' } } } });
		const visit = valueOf(await book());
		expect(base.unknownValues).toContain('visit.status');
		expect(valueOf(await base.crm.cancelAppointment(visit.id, 'c')).status).toBe('cancelled');
		expect(live()).toMatchObject([{ Статус: 'Отменен', СтатусПациента: 'Отказ', DeletionMark: false }]);
		expect(await free('Anna')).toContain('12:00');
		const other = valueOf(await book('15:00'));
		base.sim.state.change(base.sets.visit, other.id, { Статус: 'Пришел' });
		expect(reasonOf(await base.crm.cancelAppointment(other.id, 'c2'))).toBe('too_late_to_change');
	});

	it('names a colleague who holds the document open, and changes nothing', async () => {
		await open();
		const visit = valueOf(await book());
		base.sim.state.conditions.locked.add(visit.id);
		expect(reasonOf(await move(visit.id, '15:00'))).toBe('version_conflict');
		expect(reasonOf(await base.crm.cancelAppointment(visit.id, 'c'))).toBe('version_conflict');
		expect(live()).toMatchObject([{ Date: `${DAY}T12:00:00` }]);
	});

	it('refuses a comment the base would cut, before anything is written', async () => {
		await open({ configuration: 'clinic', mapping: {} });
		expect(await book('12:00', 'k', { comment: 'х'.repeat(240) })).toMatchObject({ kind: 'refused', reason: 'invalid_request', message: expect.stringContaining('250') as string });
		expect(rows()).toEqual([]);
		expect(valueOf(await book('12:00', 'k2', { comment: 'х'.repeat(100), guestName: 'Аня' }))).toMatchObject({ comment: 'х'.repeat(100), guestName: 'Аня', serviceIds: [base.serviceId('cut')] });
		expect(live()).toMatchObject([{ МедРаботник_Key: base.staffId('Anna'), Участники: [{ LineNumber: '1', Контакт: clientId, Контакт_Type: 'StandardODATA.Catalog_Клиенты' }] }]);
	});
});

describe('a change of somebody else', () => {
	const meanwhile = (values: object): Fault => ({ name: 'a change meanwhile', apply: async (call) => {
		base.sim.state.change(base.sets.visit, String(live()[0]?.Ref_Key), values as OpenRow);
		return call.work();
	} });

	it('right before a move is seen, and not written over', async () => {
		await open();
		const visit = valueOf(await book());
		// the visit is read for the question, under the lock, and for the write itself
		base.sim.faults.add(meanwhile({ ДатаОкончания: `${DAY}T14:00:00` }), { method: 'GET', path: /Событие\(/, skip: 2 });
		expect(reasonOf(await move(visit.id, '15:00'))).toBe('version_conflict');
		expect(base.sim.faults.spent()).toBe(true);
		expect(live()).toMatchObject([{ Date: `${DAY}T12:00:00`, ДатаОкончания: `${DAY}T14:00:00` }]);
	});

	it('at the very moment of the write is refused by a base that heeds versions', async () => {
		await open({ switches: { ifMatch: 'enforced' } });
		const visit = valueOf(await book());
		base.sim.faults.add(meanwhile({ Комментарий: 'аллергия' }), { method: 'PATCH' });
		expect(reasonOf(await move(visit.id, '15:00'))).toBe('version_conflict');
		expect(live()).toMatchObject([{ Date: `${DAY}T12:00:00`, Комментарий: 'аллергия' }]);
	});
});

describe('two who share no lock', () => {
	it('never leave two visits in one time, and who gives way can book again by the same key', async () => {
		await open();
		const rival = base.adapter({ lock: createMemoryLock() });
		const other = valueOf(await base.crm.createClient({ name: 'Мария', phone: RIVAL_PHONE })).id;
		for (let round = 0; round < 20; round += 1) {
			const wish = { serviceIds: [base.serviceId('cut')], staffId: base.staffId('Anna'), start: on('12:00') };
			const told = await Promise.all([base.crm.createAppointment({ ...wish, clientId }, `one ${round}`), rival.createAppointment({ ...wish, clientId: other }, `two ${round}`)]);
			expect(told.map(reasonOf).sort()).toEqual(['ok', 'slot_taken']);
			expect(live()).toHaveLength(1);
			const lost = told[0]?.kind === 'ok' ? `two ${round}` : `one ${round}`;
			expect(valueOf(await base.crm.findByOperation(lost))).toBeNull();
			valueOf(await base.crm.cancelAppointment(String(live()[0]?.Ref_Key), `end ${round}`));
		}
	});
});

describe('posting of a visit', () => {
	it('follows its write, and every move', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await book());
		expect(live()).toMatchObject([{ Posted: true, DataVersion: visit.version }]);
		valueOf(await move(visit.id, '15:00'));
		expect(live()).toMatchObject([{ Posted: true, Date: `${DAY}T15:00:00` }]);
		expect(base.sim.requests.find('POST', /\/Post$/)).toHaveLength(2);
	});

	it('that the configuration refuses takes the visit back', async () => {
		await open({ mapping: POSTED });
		base.sim.state.conditions.beforePosting = () => 'Время занято';
		expect(reasonOf(await book())).toBe('slot_taken');
		expect(live()).toEqual([]);
		base.sim.state.conditions.beforePosting = () => 'Закрыт период';
		expect(reasonOf(await book('12:00', 'k'))).toBe('not_allowed');
		expect(live()).toEqual([]);
	});

	it('that is refused at the new time puts a visit back where it was', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await book());
		base.sim.state.conditions.beforePosting = (_set, row) => (row.Date === `${DAY}T15:00:00` ? 'Время занято' : null);
		expect(reasonOf(await move(visit.id, '15:00'))).toBe('slot_taken');
		expect(live()).toMatchObject([{ Date: `${DAY}T12:00:00`, Posted: true, Услуги: [{ ДатаНачала: `${DAY}T12:00:00` }] }]);
	});

	it.each([cut('done'), cut('none'), failing(500, 'done'), failing(504, 'none')])('is made sure of after $name', async (fault) => {
		await open({ mapping: POSTED });
		base.sim.faults.add(fault, { method: 'POST', path: /\/Post$/ });
		const visit = valueOf(await book());
		expect(live()).toMatchObject([{ Posted: true, Ref_Key: visit.id }]);
		base.sim.faults.add(fault, { method: 'POST', path: /\/Post$/ });
		expect(valueOf(await move(visit.id, '15:00')).id).toBe(visit.id);
		base.sim.faults.add(fault, { method: 'POST', path: /\/Unpost$/ });
		expect(valueOf(await base.crm.cancelAppointment(visit.id, 'c')).status).toBe('cancelled');
		expect(base.sim.faults.spent()).toBe(true);
		expect(rows()).toMatchObject([{ Posted: false, DeletionMark: true }]);
	});

	it('that cannot be done leaves no visit, and the same key books one later', async () => {
		await open({ mapping: POSTED });
		base.sim.faults.add(cut('none'), { method: 'POST', path: /\/Post$/, times: 2 });
		expect(reasonOf(await book())).toBe('not_allowed');
		expect(live()).toEqual([]);
		valueOf(await book());
		expect(live()).toMatchObject([{ Posted: true }]);
	});

	it('that an attempt left undone is done by the same key', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await book());
		base.sim.state.change(base.sets.visit, visit.id, { Posted: false });
		expect(valueOf(await book()).id).toBe(visit.id);
		expect(live()).toMatchObject([{ Posted: true }]);
	});

	it.each(['required', 'refused'] as const)('finds out whether parentheses are %s, once', async (postParentheses) => {
		await open({ mapping: POSTED, switches: { postParentheses } });
		valueOf(await book());
		base.sim.requests.clear();
		valueOf(await book('15:00'));
		expect(base.sim.requests.find('POST', /\/Post/)).toHaveLength(1);
	});

	it('is put back when a mark for deletion is refused after it was taken away', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await book());
		base.sim.state.conditions.beforeWrite = (_set, row) => (row.DeletionMark === true ? 'Не заполнена причина' : null);
		expect(reasonOf(await base.crm.cancelAppointment(visit.id, 'c'))).toBe('invalid_request');
		expect(live()).toMatchObject([{ Posted: true }]);
	});
});

describe('a register of reservations', () => {
	const RESERVED = { visit: MARKER, reservation: RESERVATION };

	it('holds the cells of what stands, and of nothing else', async () => {
		await open({ mapping: RESERVED });
		const visit = valueOf(await book());
		expect(cells()).toEqual(['12:00', '12:30']);
		valueOf(await move(visit.id, '12:30'));
		expect(cells()).toEqual(['12:30', '13:00']);
		valueOf(await base.crm.cancelAppointment(visit.id, 'c'));
		expect(cells()).toEqual([]);
	});

	it('refuses time that somebody in 1C has taken, and gives back what it took before', async () => {
		await open({ mapping: RESERVED });
		base.sim.state.add(RESERVATION.entity, { Сотрудник_Key: base.staffId('Anna'), Ячейка: `${DAY}T12:30:00`, Маркер: 'ручная запись' });
		expect(reasonOf(await book())).toBe('slot_taken');
		expect(cells()).toEqual(['12:30']);
		expect(rows()).toEqual([]);
	});

	it.each([cut('done'), failing(500, 'done')])('knows its own cell again after $name', async (fault) => {
		await open({ mapping: RESERVED });
		base.sim.faults.add(fault, { method: 'POST', path: /ЗанятыеЯчейки$/ });
		valueOf(await book());
		expect(base.sim.faults.spent()).toBe(true);
		expect(cells()).toEqual(['12:00', '12:30']);
	});

	it('lets the same key go on with cells a broken attempt left', async () => {
		await open({ mapping: RESERVED });
		base.sim.faults.add(cut('none'), { method: 'POST', path: /Document_Событие$/ });
		expect((await book()).kind).toBe('unknown');
		expect(cells()).toEqual(['12:00', '12:30']);
		valueOf(await book());
		expect(live()).toHaveLength(1);
	});
});

describe('a base that books nothing', () => {
	it('says so, and still finds clients', async () => {
		await open({ configuration: 'trade', mapping: {} });
		expect(valueOf(await base.crm.findClient(PHONE))).toHaveLength(1);
		for (const told of [await book(), await base.crm.slots({ serviceIds: [base.serviceId('cut')], from: DAY, to: DAY }), await move(clientId, '12:00')]) expect(reasonOf(told)).toBe('unsupported');
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
		expect(await free('Anna')).toEqual([]);
		expect(await free('Maria')).toEqual([]);
		expect(reasonOf(await book())).toBe('outside_hours');
	});
});
