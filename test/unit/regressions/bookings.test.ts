import { mixed, modelOf, type Double } from '../../eval/doubles';
import { fuzz } from '../../eval/doubles/fuzz';
import { reading } from '../../eval/doubles/prompt';
import { saneIn } from '../../eval/doubles/sane';
import { openHouse, type House } from '../../eval/reception';
import { rngOf } from '../../eval/rng';
import { SALON_SERVICES, SALON_STAFF, startAt } from '../../eval/scenarios/salon';
import { DOUBLE_COMPANY } from '../../support/double-salon';

const sane = saneIn({ company: DOUBLE_COMPANY, services: SALON_SERVICES, staff: SALON_STAFF }, () => '2026-11-23T09:00:00+03:00');

let house: House;
beforeAll(async () => {
	house = await openHouse();
});
afterAll(() => house.close());

/** A double that gives one answer to every understanding. */
function always(name: string, acts: readonly unknown[]): Double {
	return { number: 8, name, answer: (prompt) => (prompt.purpose === 'compose' ? prompt.draft : reading(acts)) };
}

describe('what was booked and should have been otherwise', () => {
	it('2025-08-01: «утро 10» is ten in the morning, not the tenth', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		expect(await reception.write('педикюр завтра, утро 10')).toMatch(/24.ноября, 10:00/);
		await reception.write('да');
		expect(reception.standing[0]?.start).toBe(startAt('11-24 10:00'));
	});

	it('2025-07-29: a write leaves only with a whole start, person, client and services', async () => {
		for (let seed = 0; seed < 25; seed++) {
			const rng = rngOf(5, seed);
			const reception = house.open({ models: [mixed(rng, sane, `double:regression:${seed}`, [fuzz])], wording: 'model' });
			reception.crm.addClient('Кристина', reception.phone);
			for (const text of ['ну запишите куда-нибудь', 'хочу на педикюр, наверное', 'как получится завтра', 'в 12:00', 'да', 'перенесите как вам удобно', 'в 15:00', 'да']) await reception.write(text);
			for (const { call, args } of reception.tap.calls) {
				if (call !== 'createAppointment' && call !== 'rescheduleAppointment') continue;
				const target = (call === 'createAppointment' ? args[0] : args[1]) as { start: string; staffId?: string };
				expect(target.start).toMatch(/^2026-1[12]-\d{2}T\d{2}:\d{2}:00\+03:00$/);
				expect(SALON_STAFF.map(({ id }) => id)).toContain(target.staffId);
				expect(JSON.stringify(args)).not.toMatch(/undefined|null|NaN/);
			}
		}
	});

	it('2025-10-22: who asks for service A is not booked for the habitual service B', async () => {
		const habit = always('habitual', [{ type: 'book', serviceText: 'массаж спины', serviceRef: 'v10', whenText: 'завтра в 11:00' }]);
		const reception = house.open({ models: [modelOf(habit, rngOf(6, 6), sane)] });
		const card = reception.crm.addClient('Кристина', reception.phone);
		for (const day of ['01', '05', '10', '15', '20']) reception.crm.put({ clientId: card.id, serviceIds: ['massage'], staffId: 'vera', start: startAt(`11-${day} 12:00`) });
		const summary = await reception.write('мне бы коррекцию бровей завтра в 11:00, если можно конечно');
		expect(summary).toMatch(/Коррекция бровей/);
		expect(summary).not.toMatch(/Массаж/);
		await reception.write('да');
		expect(reception.standing.at(-1)).toMatchObject({ serviceIds: ['brows'] });
	});

	it('2025-07-30: the name of a service never becomes the name of a client', async () => {
		const naming = always('naming', [{ type: 'fill', nameText: 'Педикюр', serviceText: 'педикюр' }]);
		const reception = house.open({ phone: null, models: [modelOf(naming, rngOf(7, 7), sane)] });
		await reception.write('педикюр завтра в 12:00');
		await reception.write('Педикюр');
		await reception.write('ну педикюр же, говорю вам');
		await reception.write('Кристина 8 916 111-22-33');
		await reception.write('да');
		expect(reception.crm.clients.map(({ name }) => name)).toEqual(['Кристина']);
	});

	it('2025-07-28: a visit booked a minute ago can be moved', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		await reception.write('педикюр завтра в 12:00');
		await reception.write('да');
		expect(await reception.write('перенесите мою запись на 16:00')).toMatch(/16:00/);
		await reception.write('да');
		expect(reception.standing).toMatchObject([{ start: startAt('11-24 16:00') }]);
	});

	it('2025-09-24: seven in the evening is free after a visit that ends at seven, and is not offered when it is taken', async () => {
		const reception = house.open();
		const stranger = reception.crm.addClient('Аделаида', '+79990001122');
		reception.crm.addClient('Кристина', reception.phone);
		reception.crm.put({ clientId: stranger.id, serviceIds: ['massage'], staffId: 'vera', start: startAt('11-24 18:00') });
		expect(await reception.write('массаж спины завтра в 19:00')).toMatch(/19:00[^]*(записать|верно)/i);
		const later = house.open();
		later.crm.addClient('Кристина', later.phone);
		later.crm.put({ clientId: 'x', serviceIds: ['massage'], staffId: 'vera', start: startAt('11-24 19:00') });
		expect(await later.write('массаж спины завтра в 19:00')).not.toMatch(/24.ноября, 19:00/);
		const asked = [...reception.tap.calls, ...later.tap.calls].filter(({ call }) => call === 'slots').map(({ args }) => args[0]);
		expect(asked.length).toBeGreaterThan(0);
		for (const query of asked) expect(query).toMatchObject({ serviceIds: ['massage'] });
	});

	it('2025-09-11: «вечером» is the evening, up to the last start of the day', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		const times = [...(await reception.write('коррекция бровей завтра вечером')).matchAll(/(?<!\d)(\d{2}):\d{2}/g)].map(([time]) => time);
		expect(times.length).toBeGreaterThan(1);
		expect(times.every((time) => time >= '17:00')).toBe(true);
		expect(times).toContain('19:30');
	});
});
