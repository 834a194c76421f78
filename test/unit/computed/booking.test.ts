import { ok, type Outcome, refused, unavailable, unknown } from '../../../core/booking';
import { createMemoryLock, tagOf } from '../../../core/crm/computed';
import { crmAt, DAY, PLAN, reasonOf, valueOf, Vendor } from './support/vendor';

const START = `${DAY}T12:00:00+03:00`;
const LATER = `${DAY}T16:00:00+03:00`;
const WISH = { clientId: 'vera', serviceIds: ['cut'], staffId: 'anna', start: START };
const DOWN = unavailable('the vendor is down');
const UNCLEAR = unknown('key');

let vendor: Vendor;
let slept: number[];
beforeEach(() => {
	vendor = new Vendor();
	slept = [];
});
const crm = (options: Parameters<typeof crmAt>[1] = {}) => crmAt(vendor, { sleep: async (ms) => void slept.push(ms), ...options });
const fault = (what: string, outcome: (typeof vendor.faults)[number]['outcome'], done = false) => vendor.faults.push({ what, outcome, done });

describe('a booking', () => {
	it('reads the time, writes, and reads it again', async () => {
		const visit = valueOf(await crm().createAppointment({ ...WISH, comment: 'тихо' }, 'key'));
		expect(visit).toMatchObject({ clientId: 'vera', serviceIds: ['cut'], staffId: 'anna', start: START, end: `${DAY}T13:00:00+03:00`, comment: 'тихо', guestName: null });
		expect(vendor.calls).toEqual(['find', 'taken', 'write', 'taken']);
		expect(vendor.live()[0]?.tag).toBe(tagOf('key'));
	});

	it('is written at most once for a key, also much later and after a move', async () => {
		const first = valueOf(await crm().createAppointment(WISH, 'key'));
		expect(valueOf(await crm().createAppointment(WISH, 'key')).id).toBe(first.id);
		valueOf(await crm().rescheduleAppointment(first.id, { start: LATER }, 'move'));
		expect(valueOf(await crm().createAppointment(WISH, 'key'))).toMatchObject({ id: first.id, start: LATER });
		expect(vendor.calls.filter((call) => call === 'write')).toHaveLength(1);
	});

	it('is the answer of its key when it could not be booked any more', async () => {
		const first = valueOf(await crm().createAppointment(WISH, 'key'));
		const plan = { ...PLAN, services: [{ id: 'cut', title: 'Стрижка', durationMinutes: 60, bookable: false }] };
		expect(reasonOf(await crm({ plan }).createAppointment(WISH, 'other'))).toBe('service_inactive');
		expect(valueOf(await crm({ plan }).createAppointment(WISH, 'key')).id).toBe(first.id);
		vendor.now = LATER;
		expect(valueOf(await crm().createAppointment(WISH, 'key')).id).toBe(first.id);
	});

	it.each(['find', 'taken'])('is not tried when %s cannot be asked before it', async (what) => {
		fault(what, DOWN);
		expect(await crm().createAppointment(WISH, 'key')).toEqual(DOWN);
		expect(vendor.calls).not.toContain('write');
	});

	it.each([DOWN, refused('not_allowed', 'no right')])('passes on a write that was not done: $kind', async (outcome) => {
		fault('write', outcome);
		expect(await crm().createAppointment(WISH, 'key')).toEqual(outcome);
		expect(vendor.live()).toEqual([]);
	});

	it.each([true, false])('is found by its tag after an unclear write that was done (vendor looks tags up: %s)', async (canFind) => {
		vendor.canFind = canFind;
		fault('write', UNCLEAR, true);
		expect(valueOf(await crm().createAppointment(WISH, 'key')).id).toBe(vendor.live()[0]?.id);
	});

	it('is unknown after an unclear write that left nothing, and books once when the key comes again', async () => {
		vendor.lagMs = 2500;
		fault('write', UNCLEAR);
		expect(await crm().createAppointment(WISH, 'key')).toEqual(UNCLEAR);
		expect(slept).toContain(2500);
		expect(vendor.calls.filter((call) => call === 'write')).toHaveLength(1);
		valueOf(await crm().createAppointment(WISH, 'key'));
		expect(vendor.live()).toHaveLength(1);
	});

	it('is unknown, never ok, when the time cannot be read after it', async () => {
		vendor.hold = async (what) => {
			if (what === 'write') fault('taken', DOWN);
		};
		expect(await crm().createAppointment(WISH, 'key')).toEqual(UNCLEAR);
		vendor.hold = async () => undefined;
		expect(valueOf(await crm().createAppointment(WISH, 'key')).id).toBe(vendor.live()[0]?.id);
	});

	it('waits for a list that lags, and does not trust one that never shows the visit', async () => {
		vendor.lagMs = 2000;
		let looks = 0;
		const lagging = vendor.source();
		vendor.source = () => ({ ...lagging, taken: async (window) => (vendor.live().length > 0 && (looks += 1) < 3 ? ok({ visits: [], other: [] }) : lagging.taken(window)) });
		expect((await crm().createAppointment(WISH, 'key')).kind).toBe('ok');
		expect(slept.filter((ms) => ms >= 2000)).toHaveLength(2);
		vendor.source = () => ({ ...lagging, taken: async () => ok({ visits: [], other: [] }) });
		expect((await crm().createAppointment({ ...WISH, start: LATER }, 'other')).kind).toBe('unknown');
	});

	it('gives way to a visit that was put there meanwhile, and leaves nothing behind', async () => {
		vendor.hold = async (what) => {
			if (what === 'write' && vendor.rows.size === 0) vendor.put({ staffId: 'anna', start: `${DAY}T12:30:00+03:00`, end: `${DAY}T13:30:00+03:00` });
		};
		expect(reasonOf(await crm().createAppointment(WISH, 'key'))).toBe('slot_taken');
		expect(vendor.live().map(({ clientId }) => clientId)).toEqual(['stranger']);
		expect(valueOf(await crm().findByOperation('key'))).toBeNull();
	});

	it('is unknown when it lost its time and cannot be made sure to be gone', async () => {
		vendor.hold = async (what) => {
			if (what === 'write' && vendor.rows.size === 0) vendor.put({ staffId: 'anna', start: START, end: LATER });
		};
		for (let count = 0; count < 3; count += 1) fault('undo', UNCLEAR);
		expect(await crm().createAppointment(WISH, 'key')).toEqual(UNCLEAR);
		expect(vendor.live()).toHaveLength(2);
		expect((await crm().findByOperation('key')).kind).toBe('unavailable');
		expect(reasonOf(await crm().createAppointment(WISH, 'key'))).toBe('slot_taken');
		expect(vendor.live()).toHaveLength(1);
	});

	it('undoes again what an unclear undo left', async () => {
		vendor.hold = async (what) => {
			if (what === 'write' && vendor.rows.size === 0) vendor.put({ staffId: 'anna', start: START, end: LATER });
		};
		fault('undo', UNCLEAR);
		expect(reasonOf(await crm().createAppointment(WISH, 'key'))).toBe('slot_taken');
		expect(vendor.live()).toHaveLength(1);
	});

	it('does not take back a visit told long ago because somebody was put over it', async () => {
		const visit = valueOf(await crm().createAppointment(WISH, 'key'));
		vendor.put({ staffId: 'anna', start: START, end: LATER, rank: '0' });
		vendor.now = '2026-11-20T09:11:00+03:00';
		expect(valueOf(await crm().createAppointment(WISH, 'key')).id).toBe(visit.id);
	});

	it('meets other taken time: of the person and of everybody', async () => {
		vendor.other.push({ staffId: 'maria', start: START, end: LATER });
		expect((await crm().createAppointment(WISH, 'one')).kind).toBe('ok');
		vendor.other.push({ staffId: null, start: LATER, end: `${DAY}T16:10:00+03:00` });
		expect(reasonOf(await crm().createAppointment({ ...WISH, start: `${DAY}T15:30:00+03:00` }, 'two'))).toBe('slot_taken');
	});

	it('keeps the buffers of both visits apart', async () => {
		const plan = { ...PLAN, services: [{ id: 'cut', title: 'Стрижка', durationMinutes: 60, bufferAfterMinutes: 15 }] };
		valueOf(await crm({ plan }).createAppointment(WISH, 'one'));
		expect(reasonOf(await crm({ plan }).createAppointment({ ...WISH, clientId: 'b', start: `${DAY}T13:00:00+03:00` }, 'two'))).toBe('slot_taken');
		expect(reasonOf(await crm({ plan }).createAppointment({ ...WISH, clientId: 'b', start: `${DAY}T11:00:00+03:00` }, 'three'))).toBe('slot_taken');
		expect((await crm({ plan }).createAppointment({ ...WISH, clientId: 'b', start: `${DAY}T13:15:00+03:00` }, 'four')).kind).toBe('ok');
	});

	it('lets a client bring a guest, but not be at two places', async () => {
		valueOf(await crm().createAppointment(WISH, 'one'));
		expect(reasonOf(await crm().createAppointment({ ...WISH, staffId: 'maria' }, 'two'))).toBe('self_overlap');
		expect(valueOf(await crm().createAppointment({ ...WISH, staffId: 'maria', guestName: 'Дочь' }, 'three')).guestName).toBe('Дочь');
	});

	it('refuses a blocked client, and one that is not', async () => {
		const clients = (id: string) => (id === 'bad' ? ok({ id, name: 'X', phone: null, blocked: true }) : refused('not_found', 'no client'));
		expect(reasonOf(await crm({ clients }).createAppointment({ ...WISH, clientId: 'bad' }, 'one'))).toBe('client_blocked');
		expect(reasonOf(await crm({ clients }).createAppointment({ ...WISH, clientId: 'none' }, 'two'))).toBe('not_found');
	});

	it('finishes what belongs to a visit only when it stays, and is unknown when that fails', async () => {
		const source = vendor.source();
		const finish = jest.fn(async (held: Parameters<NonNullable<typeof source.finish>>[0]) => ok(held));
		vendor.source = () => ({ ...source, finish });
		valueOf(await crm().createAppointment(WISH, 'key'));
		expect(finish).toHaveBeenCalledTimes(1);
		vendor.source = () => ({ ...source, finish: async () => UNCLEAR });
		expect((await crm().createAppointment({ ...WISH, start: LATER }, 'other')).kind).toBe('unknown');
		vendor.source = () => ({ ...source, finish });
		expect((await crm().createAppointment({ ...WISH, start: LATER }, 'other')).kind).toBe('ok');
		expect(finish).toHaveBeenCalledTimes(2);
	});
});

describe('a lock', () => {
	it('lets fifty who want one time in one by one: one is written', async () => {
		const lock = createMemoryLock();
		const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => crm({ lock }).createAppointment({ ...WISH, clientId: `c${index}` }, `key ${index}`)));
		expect(outcomes.map(reasonOf).sort()).toEqual(['ok', ...Array.from({ length: 49 }, () => 'slot_taken')]);
		expect(vendor.calls.filter((call) => call === 'write')).toHaveLength(1);
	});

	it('that is lost stops the write', async () => {
		const lock = { run: <T>(_: readonly string[], work: (lease: { keep(): Promise<boolean> }) => Promise<T>) => work({ keep: async () => false }) };
		const visit = vendor.put({ staffId: 'anna', clientId: 'vera', start: LATER, end: `${DAY}T17:00:00+03:00` });
		expect((await crm({ lock }).createAppointment(WISH, 'key')).kind).toBe('unavailable');
		expect((await crm({ lock }).rescheduleAppointment(visit.id, { start: START }, 'move')).kind).toBe('unavailable');
		expect((await crm({ lock }).cancelAppointment(visit.id, 'end')).kind).toBe('unavailable');
		expect(vendor.calls.filter((call) => ['write', 'move', 'cancel'].includes(call))).toEqual([]);
	});

	it('that cannot be had is no booking', async () => {
		const lock = createMemoryLock({ waitMs: 5 });
		let leave = (): void => undefined;
		const holder = lock.run(['x', 'y'], () => new Promise<Outcome<null>>((resolve) => (leave = () => resolve(ok(null)))));
		expect((await lock.run(['y', 'z'], async () => ok(null))).kind).toBe('unavailable');
		expect((await lock.run(['z'], async () => ok(null))).kind).toBe('ok');
		leave();
		await holder;
		expect((await lock.run(['y'], async () => ok(null))).kind).toBe('ok');
	});

	it('never lets two wait for each other', async () => {
		const lock = createMemoryLock();
		const order = ['a', 'b', 'c'];
		const work = async () => {
			await new Promise((resolve) => setImmediate(resolve));
			return ok(null);
		};
		const runs = Array.from({ length: 60 }, (_, index) => lock.run([order[index % 3] ?? 'a', order[(index * 2 + 1) % 3] ?? 'b'], work));
		expect(new Set((await Promise.all(runs)).map(({ kind }) => kind))).toEqual(new Set(['ok']));
	});
});
