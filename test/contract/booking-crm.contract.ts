import type { Appointment, BookingCrm, Capabilities, Client, Outcome, Slot, WallRange, Zone } from '../../core/booking';
import { parsePhone } from '../../core/language/phone';

/** The salon a contract run needs; every CRM under test sets it up in its own way. */
export interface SalonSpec {
	readonly zone: Zone;
	readonly country: string;
	readonly currency: string;
	readonly bookingNoticeMinutes: number;
	readonly bookingHorizonDays: number;
	readonly changeNoticeMinutes: number;
	readonly stepMinutes: number;
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	/** Everybody works these hours every day. */
	readonly hours: WallRange;
	readonly staff: readonly { readonly name: string; readonly services: readonly string[] }[];
}

/** A salon that stands, and what the contract needs beyond the port. */
export interface CrmUnderTest {
	readonly crm: BookingCrm;
	/** Ids the CRM gave to the services and people of the spec, by name. */
	readonly serviceId: (name: string) => string;
	readonly staffId: (name: string) => string;
	/** Sets the moment that decides what is past. */
	readonly setNow: (instant: string) => void;
	/** Blocks a client as the front desk does; absent when the CRM knows no blocked clients. */
	readonly blockClient?: (clientId: string) => Promise<void>;
	/** The same spec for another account of the same vendor. */
	readonly other: () => Promise<CrmUnderTest>;
	/** The same account while the CRM cannot be reached. */
	readonly unreachable: () => Promise<BookingCrm>;
}

export type CrmFactory = (spec: SalonSpec) => Promise<CrmUnderTest>;

const NOW = '2026-11-20T09:00:00+03:00';
const DAY = '2026-11-24';
const SALON: SalonSpec = {
	zone: 'Europe/Moscow',
	country: 'RU',
	currency: 'RUB',
	bookingNoticeMinutes: 60,
	bookingHorizonDays: 30,
	changeNoticeMinutes: 120,
	stepMinutes: 30,
	services: [
		{ name: 'cut', minutes: 60, price: 200_000 },
		{ name: 'color', minutes: 90, price: 450_000 },
		{ name: 'nails', minutes: 60, price: 130_000 },
	],
	hours: { from: '10:00', to: '20:00' },
	staff: [
		{ name: 'Anna', services: ['cut', 'color'] },
		{ name: 'Maria', services: ['cut'] },
	],
};
const PHONES = ['+79161234501', '+79161234502', '+79161234503'] as const;
/** One number as people write it. */
const SPELLINGS: readonly string[] = [
	'+79161234501', '79161234501', '89161234501', '9161234501', '8 (916) 123-45-01', '+7 916 123 45 01',
	'+7(916)123-45-01', '8-916-123-45-01', '8 916 1234501', '７９１６１２３４５０１', '79161234501@c.us', '+7–916–123–45–01',
];

let keys = 0;
/** A key no other write of the run has. */
const newKey = (): string => `contract-${process.pid}-${Date.now()}-${(keys += 1)}`;

function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`);
	return outcome.value;
}

function reasonOf(outcome: Outcome<unknown>): string {
	return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
}

interface Bench extends CrmUnderTest {
	readonly client: Client;
	slots(service: string, staff?: string, day?: string): Promise<readonly Slot[]>;
	book(slot: Slot, client?: Client, key?: string): Promise<Outcome<Appointment>>;
	visits(client: Client): Promise<readonly Appointment[]>;
}

async function bench(factory: CrmFactory, changes: Partial<SalonSpec> = {}, now = NOW): Promise<Bench> {
	const under = await factory({ ...SALON, ...changes });
	under.setNow(now);
	const client = valueOf(await under.crm.createClient({ name: 'Вера Иванова', phone: PHONES[0] }));
	return {
		...under,
		client,
		slots: async (service, staff, day = DAY) =>
			valueOf(await under.crm.slots({ serviceIds: [under.serviceId(service)], staffId: staff === undefined ? undefined : under.staffId(staff), from: day, to: day })),
		book: (slot, by = client, key = newKey()) =>
			under.crm.createAppointment({ clientId: by.id, serviceIds: slot.serviceIds, staffId: slot.staffId, start: slot.start }, key),
		visits: async (by) => valueOf(await under.crm.appointments({ clientId: by.id, from: '2026-01-01T00:00:00Z', to: '2027-12-31T00:00:00Z' })),
	};
}

function at(slots: readonly Slot[], time: string): Slot {
	const slot = slots.find((one) => one.start.slice(11, 16) === time);
	if (slot === undefined) throw new Error(`no slot at ${time}`);
	return slot;
}

function shifted(instant: string, minutes: number): string {
	return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

/**
 * What every CRM behind the port has to keep. `capabilities` are the ones the CRM declares: a test of an absent one is
 * replaced by a test that the operation is refused as `unsupported`.
 */
export function describeBookingCrm(name: string, capabilities: Capabilities, factory: CrmFactory): void {
	const when = (able: boolean, what: string, run: () => Promise<void>, otherwise?: () => Promise<void>): void => {
		if (able) it(what, run);
		else if (otherwise !== undefined) it(`refuses as unsupported: ${what}`, otherwise);
		else process.stdout.write(`${name}: not able, by its capabilities: ${what}\n`);
	};

	describe(`${name} keeps the booking contract`, () => {
		it('declares the capabilities it is tested by', async () => {
			expect((await bench(factory)).crm.capabilities).toEqual(capabilities);
		});

		it('reads the company, the services and the staff', async () => {
			const { crm, serviceId, staffId } = await bench(factory);
			expect(valueOf(await crm.company())).toMatchObject({ zone: 'Europe/Moscow', currency: 'RUB' });
			const cut = valueOf(await crm.services()).find((service) => service.id === serviceId('cut'));
			expect(cut).toMatchObject({ durationMinutes: 60, price: { min: 200_000, max: 200_000, currency: 'RUB' }, active: true });
			const maria = valueOf(await crm.staff()).find((member) => member.id === staffId('Maria'));
			expect(maria?.services.map((cell) => cell.serviceId)).toEqual([serviceId('cut')]);
		});

		it('offers sorted unique slots with end, person and price', async () => {
			const { slots, serviceId } = await bench(factory);
			const offered = await slots('cut');
			const order = offered.map((slot) => `${new Date(slot.start).toISOString()} ${slot.staffId}`);
			expect(order).toEqual([...new Set(order)].sort());
			expect(offered).toHaveLength(38);
			expect(offered[0]).toMatchObject({ start: `${DAY}T10:00:00+03:00`, end: `${DAY}T11:00:00+03:00`, serviceIds: [serviceId('cut')], price: { min: 200_000 } });
			expect(offered.at(-1)?.start).toBe(`${DAY}T19:00:00+03:00`);
		});

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

		it('finds a client by one number in twelve spellings, and nobody by another', async () => {
			const { crm, client } = await bench(factory);
			for (const spelling of SPELLINGS) {
				const phone = parsePhone(spelling, 'RU')?.phone ?? 'unread';
				expect({ spelling, found: valueOf(await crm.findClient(phone)).map(({ id }) => id) }).toEqual({ spelling, found: [client.id] });
			}
			expect(await crm.findClient(PHONES[2])).toEqual({ kind: 'ok', value: [] });
		});

		when(capabilities.updateClient, 'changes only the named fields of a client', async () => {
			const { crm, client } = await bench(factory);
			expect(valueOf(await crm.updateClient(client.id, { name: 'Вера Петрова' }))).toMatchObject({ id: client.id, name: 'Вера Петрова', phone: PHONES[0] });
			expect(valueOf(await crm.findClient(PHONES[0]))).toMatchObject([{ name: 'Вера Петрова' }]);
		});

		it('tells an empty answer from no answer', async () => {
			const { crm, client, serviceId, unreachable } = await bench(factory);
			const query = { serviceIds: [serviceId('cut')], from: '2026-11-01', to: '2026-11-10' };
			expect(await crm.slots(query)).toEqual({ kind: 'ok', value: [] });
			expect(await crm.appointments({ clientId: client.id, from: NOW, to: shifted(NOW, 60) })).toEqual({ kind: 'ok', value: [] });
			const down = await unreachable();
			const reads = await Promise.all([down.company(), down.services(), down.staff(), down.slots(query), down.availableDates(query), down.findClient(PHONES[0]), down.appointments({ from: NOW, to: shifted(NOW, 60) })]);
			expect(reads.map(({ kind }) => kind)).toEqual(reads.map(() => 'unavailable'));
			const write = await down.createAppointment({ clientId: client.id, serviceIds: [serviceId('cut')], staffId: 'x', start: `${DAY}T12:00:00+03:00` }, newKey());
			expect(['unavailable', 'unknown']).toContain(write.kind);
		});

		when(capabilities.severalServices, 'sums several services with one person and offers only who does them all', async () => {
			const { crm, serviceId, staffId, client } = await bench(factory);
			const serviceIds = [serviceId('cut'), serviceId('color')];
			const offered = valueOf(await crm.slots({ serviceIds, from: DAY, to: DAY }));
			expect(new Set(offered.map((slot) => slot.staffId))).toEqual(new Set([staffId('Anna')]));
			expect(offered.at(-1)).toMatchObject({ start: `${DAY}T17:30:00+03:00`, end: `${DAY}T20:00:00+03:00`, price: { min: 650_000 } });
			const visit = valueOf(await crm.createAppointment({ clientId: client.id, serviceIds, staffId: staffId('Anna'), start: `${DAY}T10:00:00+03:00` }, newKey()));
			expect(visit.serviceIds).toEqual(serviceIds);
			expect(Date.parse(visit.end) - Date.parse(visit.start)).toBe(150 * 60_000);
		});

		it('offers no wall time that the clock jumps over, and one time for one that comes twice', async () => {
			const berlin = { zone: 'Europe/Berlin', country: 'DE', currency: 'EUR', hours: { from: '00:00', to: '06:00' } };
			const spring = await bench(factory, berlin, '2026-03-25T09:00:00+01:00');
			const starts = (await spring.slots('cut', 'Anna', '2026-03-29')).map(({ start }) => start.slice(11));
			expect(starts.slice(0, 6)).toEqual(['00:00:00+01:00', '00:30:00+01:00', '01:00:00+01:00', '01:30:00+01:00', '03:00:00+02:00', '03:30:00+02:00']);
			const late = at(await spring.slots('cut', 'Anna', '2026-03-29'), '01:30');
			expect(Date.parse(late.end) - Date.parse(late.start)).toBe(60 * 60_000);
			expect(Date.parse(valueOf(await spring.book(late)).start)).toBe(Date.parse('2026-03-29T00:30:00Z'));
			const autumn = await bench(factory, berlin, '2026-10-20T09:00:00+02:00');
			const doubled = (await autumn.slots('cut', 'Anna', '2026-10-25')).filter(({ start }) => start.slice(11, 13) === '02').map(({ start }) => start.slice(11));
			expect(doubled).toEqual(['02:00:00+02:00', '02:30:00+02:00']);
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

		it('refuses a card without a name and a phone that is none', async () => {
			const { crm } = await bench(factory);
			expect(reasonOf(await crm.createClient({ name: '  ', phone: PHONES[1] }))).toBe('name_missing');
			expect(reasonOf(await crm.createClient({ name: 'Вера', phone: '+7916123' }))).toBe('phone_invalid');
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

		it('streams every record once, in pages, from where it stopped', async () => {
			const { crm, slots, book } = await bench(factory);
			const visit = valueOf(await book(at(await slots('cut', 'Anna'), '12:00')));
			for (const stream of capabilities.streams) {
				const ids: string[] = [];
				for await (const page of crm.stream(stream, {})) ids.push(...valueOf(page).records.map(({ id }) => id));
				expect(ids).toEqual([...new Set(ids)]);
				if (stream === 'visits') expect(ids).toEqual([visit.id]);
				if (stream === 'services') expect(ids).toHaveLength(3);
			}
		});
	});
}
