import { modelOf, type Double } from '../../eval/doubles';
import { malformed } from '../../eval/doubles/malformed';
import { reading } from '../../eval/doubles/prompt';
import { saneIn } from '../../eval/doubles/sane';
import { silence } from '../../eval/doubles/silence';
import { openHouse, type House } from '../../eval/reception';
import { rngOf } from '../../eval/rng';
import { SALON_SERVICES, SALON_STAFF } from '../../eval/scenarios/salon';
import { DOUBLE_COMPANY } from '../../support/double-salon';

const sane = saneIn({ company: DOUBLE_COMPANY, services: SALON_SERVICES, staff: SALON_STAFF }, () => '2026-11-23T09:00:00+03:00');

let house: House;
beforeAll(async () => {
	house = await openHouse();
});
afterAll(() => house.close());

/** Answers as if the message had said nothing of what was known before. */
const forgetful: Double = { number: 8, name: 'forgetful', answer: (prompt) => (prompt.purpose === 'compose' ? prompt.draft : reading([{ type: 'fill', serviceText: '', whenText: '' }, { type: 'none' }])) };

describe('what was said before and must not be lost', () => {
	it.each([malformed, silence, forgetful])('2025-07-29, 2025-08-20 and 2025-08-26: service, day and time survive from message to message ($name)', async (double) => {
		const reception = house.open({ models: [modelOf(double, rngOf(4, double.number), sane)] });
		reception.crm.addClient('Кристина', reception.phone);
		await reception.write('хочу на педикюр');
		await reception.write('в четверг');
		const summary = await reception.write('в 15:00');
		expect(summary).toMatch(/Педикюр[^]*26.ноября, 15:00/);
		await reception.write('а где вы находитесь?');
		await reception.write('да');
		expect(reception.standing).toMatchObject([{ serviceIds: ['pedicure'], start: '2026-11-26T15:00:00+03:00' }]);
	});

	it('2025-08-01: a second message during the first one\'s turn is answered together with it', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		let second: Promise<unknown> = Promise.resolve();
		reception.tap.hooks.set('slots', async () => {
			reception.nowMs += 18_000;
			second = reception.send(reception.message('ой, лучше в 16:00'));
			while ((await reception.conversations.transcript(reception.chat, 9)).filter(({ direction }) => direction === 'in').length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
		});
		const first = await reception.send(reception.message('педикюр завтра в 12:00'));
		await second;
		expect([...reception.results.map(({ kind }) => kind)].sort()).toEqual(['merged', 'replied']);
		expect(first.reply?.text).toMatch(/16:00/);
		expect(first.reply?.text).not.toMatch(/12:00/);
	});

	it('2025-07-23: grouped messages outlive the process that took them', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		const texts = ['хочу записаться', 'на педикюр', 'завтра в 15:00'];
		for (const text of texts) {
			const { messageId, receivedAt } = reception.message(text);
			await reception.conversations.accept(reception.chat, { messageId, payload: JSON.stringify({ ...reception.message(text), messageId }), receivedAt });
		}
		reception.nowMs += 3_600_000;
		const result = await reception.assistant.answerWaiting(reception.chat, reception.channel);
		expect(result.reply?.text).toMatch(/Педикюр[^]*15:00/);
		expect((await reception.assistant.answerWaiting(reception.chat, reception.channel)).kind).toBe('silent');
	});

	it('2025-08-06: one change told four times is one change', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		await reception.write('педикюр завтра в 12:00');
		reception.nowMs += 30_000;
		const yes = reception.message('да');
		for (let delivery = 0; delivery < 4; delivery++) await reception.send(yes);
		expect(reception.results.slice(-4).map(({ kind }) => kind)).toEqual(['replied', 'repeated', 'repeated', 'repeated']);
		expect(reception.results.slice(-4).flatMap(({ events }) => events).filter(({ type }) => type === 'booked')).toHaveLength(1);
		expect(reception.standing).toHaveLength(1);
	});

	it('2025-07-31: a webhook resent while its answer is slow starts nothing twice', async () => {
		const reception = house.open();
		reception.crm.addClient('Кристина', reception.phone);
		await reception.write('педикюр завтра в 12:00');
		reception.nowMs += 30_000;
		const yes = reception.message('да');
		const again: Promise<unknown>[] = [];
		reception.tap.hooks.set('createAppointment', async () => {
			for (let delivery = 0; delivery < 5; delivery++) again.push(reception.send(yes));
			await new Promise((resolve) => setTimeout(resolve, 20));
		});
		await reception.send(yes);
		await Promise.all(again);
		expect(reception.results.filter(({ kind }) => kind === 'replied')).toHaveLength(2);
		expect(reception.crm.count('createAppointment')).toBe(1);
		expect(reception.standing).toHaveLength(1);
	});
});
