import { at, bench, DAY, newKey, NOW, PHONES, reasonOf, shifted, valueOf, type CrmFactory, type WhenAble } from './bench';
import type { Capabilities } from '../../../core/booking';
import { parsePhone } from '../../../core/language/phone';

/** One number as people write it. */
const SPELLINGS: readonly string[] = [
	'+79161234501', '79161234501', '89161234501', '9161234501', '8 (916) 123-45-01', '+7 916 123 45 01',
	'+7(916)123-45-01', '8-916-123-45-01', '8 916 1234501', '７９１６１２３４５０１', '79161234501@c.us', '+7–916–123–45–01',
];


/** What every CRM keeps about answers: slots, clock changes, clients, empty against unreachable, streams. */
export function declareReads(capabilities: Capabilities, factory: CrmFactory, when: WhenAble): void {
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

	it('refuses a card without a name and a phone that is none', async () => {
		const { crm } = await bench(factory);
		expect(reasonOf(await crm.createClient({ name: '  ', phone: PHONES[1] }))).toBe('name_missing');
		expect(reasonOf(await crm.createClient({ name: 'Вера', phone: '+7916123' }))).toBe('phone_invalid');
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
}
