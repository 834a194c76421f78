import * as fc from 'fast-check';
import type { BookingCrm, Outcome } from '../../core/booking';
import { type BuiltinSalon, type CompanySettings, createBuiltinCrm, createBuiltinSalon } from '../../core/crm/builtin';
import { isKeyTaken } from '../../core/crm/builtin/context';
import { insertRows } from '../../core/crm/builtin/taken-time';
import type { Store } from '../../core/store';
import { describeEngines } from '../support/engines';

const NOW = '2026-11-20T09:00:00+03:00';
const DAY = '2026-11-24';
const PLAN = { hours: [{ from: '10:00', to: '20:00' }] };
const WEEK = { '1': PLAN, '2': PLAN, '3': PLAN, '4': PLAN, '5': PLAN, '6': PLAN, '7': PLAN };

async function valueOf<T>(answer: Promise<Outcome<T>>): Promise<T> {
	const outcome = await answer;
	if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
	return outcome.value;
}

const reasonOf = async (answer: Promise<Outcome<unknown>>): Promise<string> => {
	const outcome = await answer;
	return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
};

let counter = 0;
const next = (): string => String((counter += 1));

describeEngines((_dialect, engine) => {
	let store: Store;
	let tenant: string;
	let salon: BuiltinSalon;
	let crm: BookingCrm;

	beforeAll(async () => {
		store = await engine.open();
	});

	beforeEach(async () => {
		tenant = `salon-${next()}`;
		salon = createBuiltinSalon(store, tenant, () => NOW);
		crm = createBuiltinCrm(store, tenant, () => NOW);
		await valueOf(salon.saveSettings({ name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB' }));
	});

	const service = (title: string, more: object = {}): Promise<{ id: string }> => valueOf(salon.createService({ title, durationMinutes: 60, ...more }));
	const person = async (name: string, ...serviceIds: string[]): Promise<string> => {
		const { id } = await valueOf(salon.createStaff({ name, services: serviceIds.map((serviceId) => ({ serviceId })) }));
		await valueOf(salon.setSchedule(id, WEEK));
		return id;
	};
	const guest = async (): Promise<string> => (await valueOf(crm.createClient({ name: 'Гость', phone: `+7916300${1000 + Number(next())}` }))).id;
	const book = (clientId: string, serviceId: string, staffId: string, time: string, more: object = {}) =>
		crm.createAppointment({ clientId, serviceIds: [serviceId], staffId, start: `${DAY}T${time}:00+03:00`, ...more }, `key-${next()}`);
	const times = async (serviceId: string, staffId?: string): Promise<string[]> =>
		(await valueOf(crm.slots({ serviceIds: [serviceId], staffId, from: DAY, to: DAY }))).map((slot) => slot.start.slice(11, 16));

	describe('taken time', () => {
		it('is refused by the key of the database itself', async () => {
			const row = { calendar_id: 'staff:anna', granule: 1, seat: 0, shared_by: null };
			await store.write((trx) => insertRows(trx, tenant, 'one', [row]));
			const second = store.write((trx) => insertRows(trx, tenant, 'other', [row])).catch((error: unknown) => isKeyTaken(error));
			expect(await second).toBe(true);
		});

		it('holds the buffers of both visits', async () => {
			const { id } = await service('Окрашивание', { bufferBeforeMinutes: 10, bufferAfterMinutes: 15 });
			const anna = await person('Анна', id);
			await valueOf(book(await guest(), id, anna, '12:00'));
			expect(await reasonOf(book(await guest(), id, anna, '13:20'))).toBe('slot_taken');
			expect(await reasonOf(book(await guest(), id, anna, '13:25'))).toBe('ok');
			expect(await reasonOf(book(await guest(), id, anna, '10:40'))).toBe('slot_taken');
		});

		it('counts the heads of a group service and keeps other services out', async () => {
			const yoga = await service('Йога', { capacity: 3 });
			const cut = await service('Стрижка');
			const anna = await person('Анна', yoga.id, cut.id);
			const clients = await Promise.all([guest(), guest(), guest(), guest()]);
			const outcomes = await Promise.all(clients.map((client) => book(client, yoga.id, anna, '12:00')));
			expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind)).sort()).toEqual(['ok', 'ok', 'ok', 'slot_taken']);
			expect(await times(yoga.id)).not.toContain('12:00');
			expect(await times(cut.id)).not.toContain('12:00');
			expect(await reasonOf(book(await guest(), cut.id, anna, '12:30'))).toBe('slot_taken');
			const first = outcomes.find((outcome) => outcome.kind === 'ok');
			if (first?.kind !== 'ok') throw new Error('nobody got in');
			await valueOf(crm.cancelAppointment(first.value.id, `key-${next()}`));
			expect(await times(yoga.id)).toContain('12:00');
			expect(await reasonOf(book(await guest(), cut.id, anna, '12:00'))).toBe('slot_taken');
			expect(await reasonOf(book(await guest(), yoga.id, anna, '12:00'))).toBe('ok');
		});

		it('keeps one device to one visit while both people are free', async () => {
			const laser = await valueOf(salon.createResource({ title: 'Лазер' }));
			const { id } = await service('Лазер', { resourceIds: [laser.id] });
			const [anna, maria] = [await person('Анна', id), await person('Мария', id)];
			await valueOf(book(await guest(), id, anna, '12:00'));
			expect(await times(id, maria)).not.toContain('12:30');
			expect(await reasonOf(book(await guest(), id, maria, '12:30'))).toBe('resource_busy');
			await valueOf(salon.updateResource(laser.id, { capacity: 2 }));
			expect(await reasonOf(book(await guest(), id, maria, '12:30'))).toBe('ok');
			await valueOf(salon.archiveResource(laser.id));
			expect(await times(id)).toEqual([]);
		});

		it('lets a client book for a guest at the same time', async () => {
			const { id } = await service('Стрижка');
			const [anna, maria] = [await person('Анна', id), await person('Мария', id)];
			const client = await guest();
			await valueOf(book(client, id, anna, '12:00'));
			expect(await reasonOf(book(client, id, maria, '12:00'))).toBe('self_overlap');
			expect(await valueOf(book(client, id, maria, '12:00', { guestName: 'Миша' }))).toMatchObject({ guestName: 'Миша' });
		});
	});

	describe('management', () => {
		it('uses the person’s own length and price, and keeps the price of the booking', async () => {
			const { id } = await service('Стрижка', { price: { min: 100_000, max: 150_000 } });
			const anna = await person('Анна', id);
			await valueOf(salon.updateStaff(anna, { services: [{ serviceId: id, durationMinutes: 90, price: { min: 200_000, max: 200_000 } }] }));
			const visit = await valueOf(book(await guest(), id, anna, '12:00'));
			expect(visit).toMatchObject({ end: `${DAY}T13:30:00+03:00`, price: { min: 200_000, max: 200_000 } });
			await valueOf(salon.updateStaff(anna, { services: [{ serviceId: id, price: { min: 300_000, max: 300_000 } }] }));
			const moved = await valueOf(crm.rescheduleAppointment(visit.id, { start: `${DAY}T15:00:00+03:00` }, `key-${next()}`));
			expect(moved.price).toEqual({ min: 200_000, max: 200_000, currency: 'RUB' });
			expect((await valueOf(salon.getAppointment(visit.id))).price).toEqual(moved.price);
		});

		it('takes breaks, exceptions and days off into account', async () => {
			const { id } = await service('Стрижка');
			const anna = await person('Анна', id);
			await valueOf(salon.setSchedule(anna, { '2': { hours: [{ from: '10:00', to: '13:00' }], breaks: [{ from: '11:00', to: '11:30' }] } }));
			expect(await times(id)).toEqual(['10:00', '11:30', '12:00']);
			expect(await reasonOf(book(await guest(), id, anna, '10:30'))).toBe('outside_hours');
			await valueOf(salon.setException(anna, DAY, { hours: [{ from: '18:00', to: '19:00' }] }));
			expect(await times(id)).toEqual(['18:00']);
			await valueOf(salon.setException(anna, DAY, { hours: [] }));
			expect(await times(id)).toEqual([]);
			await valueOf(salon.setException(anna, DAY, null));
			expect(await times(id)).toHaveLength(3);
		});

		it('archives services and people for new visits only', async () => {
			const { id } = await service('Стрижка');
			const anna = await person('Анна', id);
			const visit = await valueOf(book(await guest(), id, anna, '12:00'));
			await valueOf(salon.archiveService(id));
			expect(await reasonOf(crm.slots({ serviceIds: [id], from: DAY, to: DAY }))).toBe('service_inactive');
			await valueOf(salon.updateService(id, { active: true }));
			await valueOf(salon.archiveStaff(anna));
			expect(await reasonOf(book(await guest(), id, anna, '14:00'))).toBe('staff_inactive');
			expect((await valueOf(salon.getAppointment(visit.id))).status).toBe('booked');
			expect(await reasonOf(crm.cancelAppointment(visit.id, `key-${next()}`))).toBe('ok');
		});

		it('changes only the named fields of a service', async () => {
			const { id } = await service('Стрижка', { aliases: ['подстричь'], category: 'Волосы', price: { min: 1, max: 2 } });
			const changed = await valueOf(salon.updateService(id, { durationMinutes: 45 }));
			expect(changed).toMatchObject({ title: 'Стрижка', aliases: ['подстричь'], category: 'Волосы', durationMinutes: 45, price: { min: 1, max: 2 } });
			expect((await valueOf(salon.updateService(id, { price: null, category: null })))).toMatchObject({ price: null, category: null });
		});

		it('finds clients by parts of name and phone, with ё as е, in any case', async () => {
			const { id } = await valueOf(crm.createClient({ name: 'Алёна Королёва', phone: '8 916 777-55-33' }));
			await valueOf(crm.createClient({ name: 'Пётр 100% Иванов', phone: '+79167770000' }));
			const search = async (text: string): Promise<string[]> => (await valueOf(salon.listClients({ search: text }))).map((card) => card.id);
			for (const text of ['алена', 'АЛЁНА', 'короле', 'королёва алёна', '77755', '8 916 777-55', '+7 (916) 777-55-33']) expect(await search(text)).toEqual([id]);
			expect(await search('0%')).toHaveLength(1);
			expect(await search('%')).toHaveLength(1);
			expect(await search('_')).toEqual([]);
		});

		it('opens one card for one name and phone, and another for a relative', async () => {
			const cards = await Promise.all(Array.from({ length: 10 }, () => valueOf(crm.createClient({ name: 'Вера', phone: '+79161112233' }))));
			expect(new Set(cards.map(({ id }) => id)).size).toBe(1);
			const daughter = await valueOf(crm.createClient({ name: 'Соня', phone: '+79161112233' }));
			expect((await valueOf(crm.findClient('+79161112233'))).map(({ id }) => id).sort()).toEqual([cards[0]?.id, daughter.id].sort());
			await valueOf(salon.setClientFlags(cards[0]?.id ?? '', { blocked: true }));
			expect(await reasonOf(crm.createClient({ name: 'Ещё Вера', phone: '+79161112233' }))).toBe('client_blocked');
			const { id } = await service('Стрижка');
			expect(await reasonOf(book(daughter.id, id, await person('Анна', id), '12:00'))).toBe('client_blocked');
		});

		it('erases a person and keeps the figures', async () => {
			const { id } = await service('Стрижка');
			const anna = await person('Анна', id);
			const client = await valueOf(crm.createClient({ name: 'Вера Тайная', phone: '+79161112233' }));
			const visit = await valueOf(book(client.id, id, anna, '12:00', { comment: 'позвонить Вере', guestName: 'Соня' }));
			await valueOf(salon.setClientFlags(client.id, { notes: 'любит кофе' }));
			expect(await valueOf(salon.eraseClient(client.id))).toMatchObject({ name: null, phone: null, notes: null });
			expect(await valueOf(crm.findClient('+79161112233'))).toEqual([]);
			expect(await valueOf(salon.listClients({ search: 'тайная' }))).toEqual([]);
			expect(await valueOf(salon.getAppointment(visit.id))).toMatchObject({ comment: null, guestName: null, clientId: client.id });
			expect(await reasonOf(salon.eraseClient('nobody'))).toBe('not_found');
		});

		it('marks visits and filters them', async () => {
			const { id } = await service('Стрижка');
			const anna = await person('Анна', id);
			const one = await valueOf(book(await guest(), id, anna, '12:00'));
			const two = await valueOf(book(await guest(), id, anna, '14:00'));
			expect((await valueOf(salon.setAppointmentStatus(one.id, 'confirmed'))).version).not.toBe(one.version);
			await valueOf(crm.cancelAppointment(two.id, `key-${next()}`));
			expect(await reasonOf(salon.setAppointmentStatus(two.id, 'arrived'))).toBe('already_cancelled');
			expect((await valueOf(salon.listAppointments({ status: 'cancelled' }))).map((visit) => visit.id)).toEqual([two.id]);
			expect((await valueOf(salon.listAppointments({ serviceId: id, order: 'desc' }))).map((visit) => visit.id)).toEqual([two.id, one.id]);
			await valueOf(salon.setAppointmentStatus(one.id, 'arrived'));
			expect(await reasonOf(crm.cancelAppointment(one.id, `key-${next()}`))).toBe('too_late_to_change');
		});

		it('sells goods to clients that exist', async () => {
			const clientId = await guest();
			const sale = await valueOf(salon.createGoodsSale({ clientId, lines: [{ title: 'Шампунь', quantity: 2, unitPrice: 50_000 }] }));
			expect(sale).toMatchObject({ total: 100_000, currency: 'RUB', clientId });
			expect(await reasonOf(salon.createGoodsSale({ clientId: 'nobody', lines: [{ title: 'Шампунь', quantity: 1, unitPrice: 1 }] }))).toBe('not_found');
			expect(await reasonOf(salon.createGoodsSale({ lines: [] }))).toBe('invalid_request');
		});

		it('refuses settings that would break the calendar', async () => {
			const good = { name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB' };
			const bad: readonly object[] = [{ zone: 'Moscow' }, { currency: 'рубль' }, { stepMinutes: 7 }, { bookingHorizonDays: -1 }, { phone: '12' }, { workingHours: { '8': [] } }, { extra: 1 }];
			for (const one of bad) {
				expect(await reasonOf(salon.saveSettings({ ...good, ...one } as CompanySettings))).toBe('invalid_request');
			}
			expect(await reasonOf(salon.createService({ title: 'Стрижка', durationMinutes: 47 }))).toBe('invalid_request');
			expect(await reasonOf(salon.createStaff({ name: 'Анна', services: [{ serviceId: 'nothing' }] }))).toBe('not_found');
		});
	});

	it('answers a tenant that is not set up, and any input, without a throw or an echo', async () => {
		const stranger = createBuiltinCrm(store, 'nobody', () => NOW);
		expect(await reasonOf(stranger.company())).toBe('not_found');
		expect(await reasonOf(stranger.services())).toBe('not_found');
		const seed = Date.now() % 2_147_483_647;
		process.stdout.write(`hostile input: seed ${seed}\n`);
		const anything = fc.anything() as fc.Arbitrary<never>;
		await fc.assert(
			fc.asyncProperty(anything, async (input) => {
				const answers = await Promise.all([
					crm.slots(input),
					crm.findClient(input),
					crm.createClient(input),
					crm.appointments(input),
					crm.createAppointment(input, 'key'),
					crm.cancelAppointment('none', input),
					salon.createService(input),
					salon.listClients(input),
				]);
				for (const answer of answers) expect(['refused', 'ok']).toContain(answer.kind);
			}),
			{ seed, numRuns: 60 },
		);
	});
});
