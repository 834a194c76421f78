import { cut, failing } from '../../contract/simulators/kit';
import { reasonOf, valueOf } from '../../contract/support/bench';
import { type Base, type BaseOptions, RESERVATION } from '../../contract/support/onec-base';
import { DAY } from '../../contract/support/vendor-bench';
import { type Desk, MARKER, openDesk } from './desk';

const POSTED = { visit: { ...MARKER, post: true } };

let desk: Desk;
let base: Base;
afterEach(() => base.close());
const open = async (options: BaseOptions = {}): Promise<void> => {
	desk = await openDesk(options);
	base = desk.base;
};

describe('posting of a visit', () => {
	it('follows its write, and every move', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await desk.book());
		expect(desk.live()).toMatchObject([{ Posted: true, DataVersion: visit.version }]);
		valueOf(await desk.move(visit.id, '15:00'));
		expect(desk.live()).toMatchObject([{ Posted: true, Date: `${DAY}T15:00:00` }]);
		expect(base.sim.requests.find('POST', /\/Post$/)).toHaveLength(2);
	});

	it('that the configuration refuses takes the visit back', async () => {
		await open({ mapping: POSTED });
		base.sim.state.conditions.beforePosting = () => 'Время занято';
		expect(reasonOf(await desk.book())).toBe('slot_taken');
		expect(desk.live()).toEqual([]);
		base.sim.state.conditions.beforePosting = () => 'Закрыт период';
		expect(reasonOf(await desk.book('12:00', 'k'))).toBe('not_allowed');
		expect(desk.live()).toEqual([]);
	});

	it('that is refused at the new time puts a visit back where it was', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await desk.book());
		base.sim.state.conditions.beforePosting = (_set, row) => (row.Date === `${DAY}T15:00:00` ? 'Время занято' : null);
		expect(reasonOf(await desk.move(visit.id, '15:00'))).toBe('slot_taken');
		expect(desk.live()).toMatchObject([{ Date: `${DAY}T12:00:00`, Posted: true, Услуги: [{ ДатаНачала: `${DAY}T12:00:00` }] }]);
		// booked, refused at the new time, and posted again so that its movements are those of its old time
		expect(base.sim.requests.find('POST', /\/Post$/)).toHaveLength(3);
	});

	it.each([cut('done'), cut('none'), failing(500, 'done'), failing(504, 'none')])('is made sure of after $name', async (fault) => {
		await open({ mapping: POSTED });
		base.sim.faults.add(fault, { method: 'POST', path: /\/Post$/ });
		const visit = valueOf(await desk.book());
		expect(desk.live()).toMatchObject([{ Posted: true, Ref_Key: visit.id }]);
		base.sim.faults.add(fault, { method: 'POST', path: /\/Post$/ });
		expect(valueOf(await desk.move(visit.id, '15:00')).id).toBe(visit.id);
		base.sim.faults.add(fault, { method: 'POST', path: /\/Unpost$/ });
		expect(valueOf(await base.crm.cancelAppointment(visit.id, 'c')).status).toBe('cancelled');
		expect(base.sim.faults.spent()).toBe(true);
		expect(desk.rows()).toMatchObject([{ Posted: false, DeletionMark: true }]);
	});

	it('that cannot be done leaves no visit, and the same key books one later', async () => {
		await open({ mapping: POSTED });
		base.sim.faults.add(cut('none'), { method: 'POST', path: /\/Post$/, times: 2 });
		expect(reasonOf(await desk.book())).toBe('not_allowed');
		expect(desk.live()).toEqual([]);
		valueOf(await desk.book());
		expect(desk.live()).toMatchObject([{ Posted: true }]);
	});

	it('that an attempt left undone is done by the same key', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await desk.book());
		base.sim.state.change(base.sets.visit, visit.id, { Posted: false });
		expect(valueOf(await desk.book()).id).toBe(visit.id);
		expect(desk.live()).toMatchObject([{ Posted: true }]);
	});

	it.each(['required', 'refused'] as const)('finds out whether parentheses are %s, once', async (postParentheses) => {
		await open({ mapping: POSTED, switches: { postParentheses } });
		valueOf(await desk.book());
		base.sim.requests.clear();
		valueOf(await desk.book('15:00'));
		expect(base.sim.requests.find('POST', /\/Post/)).toHaveLength(1);
	});

	it('is put back when a mark for deletion is refused after it was taken away', async () => {
		await open({ mapping: POSTED });
		const visit = valueOf(await desk.book());
		base.sim.state.conditions.beforeWrite = (_set, row) => (row.DeletionMark === true ? 'Не заполнена причина' : null);
		expect(reasonOf(await base.crm.cancelAppointment(visit.id, 'c'))).toBe('invalid_request');
		expect(desk.live()).toMatchObject([{ Posted: true }]);
	});
});

describe('a register of reservations', () => {
	const RESERVED = { visit: MARKER, reservation: RESERVATION };

	it('holds the cells of what stands, and of nothing else', async () => {
		await open({ mapping: RESERVED });
		const visit = valueOf(await desk.book());
		expect(desk.cells()).toEqual(['12:00', '12:30']);
		valueOf(await desk.move(visit.id, '12:30'));
		expect(desk.cells()).toEqual(['12:30', '13:00']);
		valueOf(await base.crm.cancelAppointment(visit.id, 'c'));
		expect(desk.cells()).toEqual([]);
	});

	it('refuses time that somebody in 1C has taken, and gives back what it took before', async () => {
		await open({ mapping: RESERVED });
		base.sim.state.add(RESERVATION.entity, { Сотрудник_Key: base.staffId('Anna'), Ячейка: `${DAY}T12:30:00`, Маркер: 'ручная запись' });
		expect(reasonOf(await desk.book())).toBe('slot_taken');
		expect(desk.cells()).toEqual(['12:30']);
		expect(desk.rows()).toEqual([]);
	});

	it('gives cells back when the configuration refuses the visit, and none that are somebody else’s', async () => {
		await open({ mapping: RESERVED });
		base.sim.state.conditions.beforeWrite = (set) => (set === base.sets.visit ? 'Поле "Статус" не заполнено' : null);
		expect(reasonOf(await desk.book())).toBe('invalid_request');
		expect(desk.cells()).toEqual([]);
		base.sim.state.conditions.beforeWrite = () => null;
		const visit = valueOf(await desk.book());
		for (const row of base.sim.state.rowsOf(RESERVATION.entity).values()) if (String(row['Ячейка']).includes('T12:30')) row['Маркер'] = 'ручная запись';
		valueOf(await base.crm.cancelAppointment(visit.id, 'c'));
		expect(desk.cells()).toEqual(['12:30']);
	});

	it.each([cut('done'), failing(500, 'done')])('knows its own cell again after $name', async (fault) => {
		await open({ mapping: RESERVED });
		base.sim.faults.add(fault, { method: 'POST', path: /ЗанятыеЯчейки$/ });
		valueOf(await desk.book());
		expect(base.sim.faults.spent()).toBe(true);
		expect(desk.cells()).toEqual(['12:00', '12:30']);
	});

	it('lets the same key go on with cells a broken attempt left', async () => {
		await open({ mapping: RESERVED });
		base.sim.faults.add(cut('none'), { method: 'POST', path: /Document_Событие$/ });
		expect((await desk.book()).kind).toBe('unknown');
		expect(desk.cells()).toEqual(['12:00', '12:30']);
		valueOf(await desk.book());
		expect(desk.live()).toHaveLength(1);
	});
});
