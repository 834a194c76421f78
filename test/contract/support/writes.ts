import { at, bench, DAY, newKey, NOW, PHONES, reasonOf, shifted, valueOf, type CrmFactory, type WhenAble } from './bench';
import type { Capabilities } from '../../../core/booking';

/** What every CRM keeps about writes: one visit a slot, one effect a key, nothing half moved, refusals by their reason. */
export function declareWrites(name: string, capabilities: Capabilities, factory: CrmFactory, when: WhenAble): void {
	it('books what it offered, and the time is gone from slots and dates', async () => {
		const { crm, slots, book, client, visits, serviceId, staffId } = await bench(factory);
		const visit = valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
		expect(visit).toMatchObject({ clientId: client.id, serviceIds: [serviceId('cut')], staffId: staffId('Anna'), status: 'booked' });
		expect(Date.parse(visit.start)).toBe(Date.parse(`${DAY}T12:00:00+03:00`));
		expect((await visits(client)).map(({ id }) => id)).toEqual([visit.id]);
		const left = (await slots('cut', 'Anna')).map((slot) => slot.start.slice(11, 16));
		expect(left).toContain('11:00');
		expect(left).toContain('13:00');
		for (const taken of ['11:30', '12:00', '12:30']) expect(left).not.toContain(taken);
		expect(valueOf(await crm.availableDates({ serviceIds: [serviceId('cut')], from: DAY, to: '2026-11-25' }))).toEqual([DAY, '2026-11-25']);
	});

	it('books a slot once for fifty who want it at the same moment', async () => {
		const { crm, slots, book } = await bench(factory);
		const slot = at(await slots('cut', 'Anna'), '15:00');
		const clients = await Promise.all(
			Array.from({ length: 50 }, async (_, index) => valueOf(await crm.createClient({ name: 'Гость', phone: `+7916200${String(1000 + index)}` }))),
		);
		const outcomes = await Promise.all(clients.map((client) => book(slot, client)));
		expect(outcomes.filter((outcome) => outcome.kind === 'ok')).toHaveLength(1);
		expect(outcomes.filter((outcome) => reasonOf(outcome) === 'slot_taken')).toHaveLength(49);
		const visits = valueOf(await crm.appointments({ staffId: slot.staffId, from: `${DAY}T00:00:00+03:00`, to: `${DAY}T23:59:00+03:00` }));
		expect(visits).toHaveLength(1);
	});

	when(capabilities.idempotentWrites, 'has one effect for one key, also when the key comes ten times at once', async () => {
		const { slots, book, client, visits } = await bench(factory);
		const slot = at(await slots('cut', 'Anna'), '12:00');
		const key = newKey();
		const first = valueOf(await book(slot, client, key));
		const repeats = await Promise.all(Array.from({ length: 10 }, () => book(slot, client, key)));
		for (const repeat of repeats) expect(valueOf(repeat).id).toBe(first.id);
		const fresh = newKey();
		const other = at(await slots('cut', 'Anna'), '16:00');
		const racing = await Promise.all(Array.from({ length: 10 }, () => book(other, client, fresh)));
		expect(new Set(racing.map((outcome) => valueOf(outcome).id)).size).toBe(1);
		expect(await visits(client)).toHaveLength(2);
	});

	when(capabilities.findByOperation, 'finds the visit of an operation, and null for one that never was', async () => {
		const { crm, slots, book } = await bench(factory);
		const key = newKey();
		const visit = valueOf(await book(at(await slots('cut'), '12:00'), undefined, key));
		expect(valueOf(await crm.findByOperation(key))?.id).toBe(visit.id);
		expect(valueOf(await crm.findByOperation(newKey()))).toBeNull();
	}, async () => {
		expect(reasonOf(await (await bench(factory)).crm.findByOperation(newKey()))).toBe('unsupported');
	});

	when(capabilities.reschedule, 'moves a visit, frees the old time and changes the version', async () => {
		const { crm, slots, book, client, visits } = await bench(factory);
		const visit = valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
		const moved = valueOf(await crm.rescheduleAppointment(visit.id, { start: `${DAY}T12:30:00+03:00`, version: visit.version }, newKey()));
		expect(Date.parse(moved.start)).toBe(Date.parse(`${DAY}T12:30:00+03:00`));
		expect(moved.version).not.toBe(visit.version);
		expect(await visits(client)).toHaveLength(1);
		const left = (await slots('cut', 'Anna')).map((slot) => slot.start.slice(11, 16));
		expect(left).toContain('11:30');
		expect(left).not.toContain('13:00');
	});

	when(capabilities.reschedule, 'refuses a move onto taken time and keeps the visit as it was', async () => {
		const { crm, slots, book, visits, client } = await bench(factory);
		const free = await slots('cut', 'Anna');
		const visit = valueOf(await book(at(free, '12:00')));
		const neighbour = valueOf(await crm.createClient({ name: 'Соседка', phone: PHONES[1] }));
		valueOf(await book(at(free, '15:00'), neighbour));
		expect(reasonOf(await crm.rescheduleAppointment(visit.id, { start: `${DAY}T14:30:00+03:00` }, newKey()))).toBe('slot_taken');
		expect(await visits(client)).toEqual([visit]);
		expect(reasonOf(await book(at(free, '12:00'), neighbour))).toBe('slot_taken');
	});

	when(capabilities.reschedule, 'refuses a move of a version that is gone', async () => {
		const { crm, slots, book } = await bench(factory);
		const visit = valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
		valueOf(await crm.rescheduleAppointment(visit.id, { start: `${DAY}T16:00:00+03:00`, version: visit.version }, newKey()));
		expect(reasonOf(await crm.rescheduleAppointment(visit.id, { start: `${DAY}T17:00:00+03:00`, version: visit.version }, newKey()))).toBe('version_conflict');
	});

	when(capabilities.cancel, 'cancels once, frees the time and hides the visit', async () => {
		const { crm, slots, book, visits, client } = await bench(factory);
		const slot = at(await slots('cut', 'Anna'), '12:00');
		const visit = valueOf(await book(slot));
		expect(valueOf(await crm.cancelAppointment(visit.id, newKey())).status).toBe('cancelled');
		expect(reasonOf(await crm.cancelAppointment(visit.id, newKey()))).toBe('already_cancelled');
		expect(await visits(client)).toEqual([]);
		expect((await slots('cut', 'Anna')).map(({ start }) => start)).toContain(slot.start);
		expect(valueOf(await book(slot)).id).not.toBe(visit.id);
	});

	it('keeps notice and horizon to the minute and the day, both inclusive', async () => {
		const { slots, book, setNow } = await bench(factory);
		const slot = at(await slots('cut', 'Anna'), '12:00');
		setNow(shifted(slot.start, -59));
		expect((await slots('cut', 'Anna')).map(({ start }) => start)).not.toContain(slot.start);
		expect(reasonOf(await book(slot))).toBe('too_soon');
		setNow(shifted(slot.start, 1));
		expect(reasonOf(await book(slot))).toBe('slot_in_past');
		setNow(shifted(slot.start, -60));
		expect((await slots('cut', 'Anna')).map(({ start }) => start)).toContain(slot.start);
		expect((await book(slot)).kind).toBe('ok');
		setNow(NOW);
		const last = at(await slots('cut', 'Anna', '2026-12-20'), '12:00');
		expect(await slots('cut', 'Anna', '2026-12-21')).toEqual([]);
		expect(reasonOf(await book({ ...last, start: shifted(last.start, 1440) }))).toBe('too_far');
		expect((await book(last)).kind).toBe('ok');
	});

	when(capabilities.cancel, 'keeps the change notice to the minute', async () => {
		const { crm, slots, book, setNow } = await bench(factory);
		const visit = valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
		setNow(shifted(visit.start, -119));
		expect(reasonOf(await crm.cancelAppointment(visit.id, newKey()))).toBe('too_late_to_change');
		if (capabilities.reschedule) {
			expect(reasonOf(await crm.rescheduleAppointment(visit.id, { start: `${DAY}T18:00:00+03:00` }, newKey()))).toBe('too_late_to_change');
		}
		setNow(shifted(visit.start, -120));
		expect((await crm.cancelAppointment(visit.id, newKey())).kind).toBe('ok');
	});

	it('refuses times outside hours, people who cannot, and ids that are not', async () => {
		const { crm, client, serviceId, staffId } = await bench(factory);
		const wish = { clientId: client.id, serviceIds: [serviceId('cut')], staffId: staffId('Anna'), start: `${DAY}T12:00:00+03:00` };
		const refusal = async (changes: Partial<typeof wish>): Promise<string> => reasonOf(await crm.createAppointment({ ...wish, ...changes }, newKey()));
		expect(await refusal({ start: `${DAY}T19:30:00+03:00` })).toBe('outside_hours');
		expect(await refusal({ start: `${DAY}T09:30:00+03:00` })).toBe('outside_hours');
		expect(await refusal({ staffId: staffId('Maria'), serviceIds: [serviceId('color')] })).toBe('staff_unqualified');
		expect(await refusal({ clientId: 'no-such-client' })).toBe('not_found');
		expect(await refusal({ start: 'tomorrow' })).toBe('invalid_request');
		expect(await refusal({ serviceIds: [] })).toBe('invalid_request');
		expect(reasonOf(await crm.slots({ serviceIds: [serviceId('cut')], from: DAY, to: '2026-12-31' }))).toBe('invalid_request');
	});

	it('refuses a visit of a client over the client’s own', async () => {
		const { slots, book } = await bench(factory);
		valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
		expect(reasonOf(await book(at(await slots('cut', 'Maria'), '12:30')))).toBe('self_overlap');
		expect((await book(at(await slots('cut', 'Maria'), '13:00'))).kind).toBe('ok');
	});

	it('refuses a blocked client', async () => {
		const { slots, book, client, blockClient, crm } = await bench(factory);
		if (blockClient === undefined) {
			process.stdout.write(`${name}: knows no blocked clients\n`);
			return;
		}
		const slot = at(await slots('cut', 'Anna'), '12:00');
		await blockClient(client.id);
		expect(valueOf(await crm.findClient(PHONES[0]))[0]?.blocked).toBe(true);
		expect(reasonOf(await book(slot))).toBe('client_blocked');
	});

	it('keeps two accounts apart', async () => {
		const one = await bench(factory);
		const other = await one.other();
		other.setNow(NOW);
		const visit = valueOf(await one.book(at(await one.slots('cut', 'Anna'), '12:00')));
		expect(valueOf(await other.crm.findClient(PHONES[0]))).toEqual([]);
		expect(valueOf(await other.crm.appointments({ from: NOW, to: shifted(NOW, 60 * 24 * 30) }))).toEqual([]);
		const theirs = valueOf(await other.crm.slots({ serviceIds: [other.serviceId('cut')], staffId: other.staffId('Anna'), from: DAY, to: DAY }));
		expect(theirs.map(({ start }) => start)).toContain(visit.start);
		expect(reasonOf(await other.crm.cancelAppointment(visit.id, newKey()))).toBe('not_found');
		expect((await one.visits(one.client)).map(({ status }) => status)).toEqual(['booked']);
	});
}
