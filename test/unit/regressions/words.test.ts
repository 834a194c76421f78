import type { ChatModel, ModelRequest } from '../../../core/conversation/model/port';
import { claimsBooked } from '../../eval/doubles/claims-booked';
import { greets } from '../../eval/doubles/greets';
import { inventsServices } from '../../eval/doubles/invents-services';
import { modelOf } from '../../eval/doubles';
import { reading } from '../../eval/doubles/prompt';
import { CLAIMS_OF_EFFECT, FAVOURS, GREETINGS, INVENTED } from '../../eval/detectors';
import { openHouse, type House } from '../../eval/reception';
import { rngOf } from '../../eval/rng';
import { SALON_SERVICES, SALON_STAFF } from '../../eval/scenarios/salon';
import { saneIn } from '../../eval/doubles/sane';
import { DOUBLE_COMPANY } from '../../support/double-salon';

const sane = saneIn({ company: DOUBLE_COMPANY, services: SALON_SERVICES, staff: SALON_STAFF }, () => '2026-11-23T09:00:00+03:00');
const WORDINGS = ['lead', 'model'] as const;

let house: House;
beforeAll(async () => {
	house = await openHouse();
});
afterAll(() => house.close());

/** Thirty things a client may say, none of which the rules alone are sure of. */
const SMALL_TALK = Array.from({ length: 30 }, (_unused, index) => `а вот скажите, ${['если я приду пораньше', 'у вас уютно', 'подруга хвалила', 'волнуюсь немного', 'давно не была у вас'][index % 5]}, номер моей мысли ${index}`);

describe('what was said and should not have been', () => {
	it.each(WORDINGS)('2025-08-02 and 2025-08-05: greets once in thirty turns, whatever the model writes (%s)', async (wording) => {
		const reception = house.open({ wording, models: [modelOf(greets, rngOf(1, 1), sane)] });
		for (const text of SMALL_TALK) await reception.write(text);
		expect(reception.replies.length).toBeGreaterThan(2);
		expect(reception.replies[0]?.text).toMatch(/доброе утро/i);
		expect(reception.said.match(GREETINGS)).toHaveLength(1);
	});

	it.each(WORDINGS)('2025-08-26: «записал вас» is told only by the commit (%s)', async (wording) => {
		const reception = house.open({ wording, models: [modelOf(claimsBooked, rngOf(2, 2), sane)] });
		reception.crm.addClient('Кристина', reception.phone);
		const summary = await reception.write('ну хочу на педикюр как-нибудь завтра в 12:00, если честно');
		await reception.write('а вы точно хорошо делаете, подруга сомневается?');
		for (const claim of CLAIMS_OF_EFFECT) expect(reception.said).not.toMatch(claim);
		expect(summary).toContain('12:00');
		expect(reception.standing).toHaveLength(0);
		expect(await reception.write('да')).toMatch(/вы записаны/i);
		expect(reception.standing).toHaveLength(1);
	});

	it.each(WORDINGS)('2025-08-24: no service, person, price or favour that the salon does not have (%s)', async (wording) => {
		for (let seed = 0; seed < 8; seed++) {
			const reception = house.open({ wording, models: [modelOf(inventsServices, rngOf(3, seed), sane)] });
			for (const text of ['а что посоветуете для лица, мне скоро замуж', 'сколько стоит педикюр?', 'что-нибудь необычное есть, как думаете', 'хочу на педикюр завтра в 12:00']) await reception.write(text);
			for (const pattern of [INVENTED, FAVOURS]) expect(reception.said).not.toMatch(pattern);
			expect([...reception.said.matchAll(/([\d\u00A0]+)\u00A0₽/g)].every(([, digits]) => SALON_SERVICES.some(({ price }) => price?.min === Number(digits?.replace(/\D/g, '')) * 100))).toBe(true);
		}
	});

	it('2025-08-24: a prompt holds the salon\'s own catalogue and no sample of another', async () => {
		const requests: ModelRequest[] = [];
		const curious: ChatModel = {
			name: 'double:curious',
			complete: async (request) => {
				requests.push(request);
				return { kind: 'ok', text: reading([{ type: 'none' }]), usage: null };
			},
		};
		const reception = house.open({ models: [curious], wording: 'model' });
		for (const text of SMALL_TALK.slice(0, 4)) await reception.write(text);
		expect(requests.length).toBeGreaterThan(0);
		const prompts = requests.flatMap(({ messages }) => messages.map(({ content }) => content)).join('\n');
		expect(prompts).not.toMatch(/₽|\d+ ?руб|\d{2}:\d{2} ?(–|-)|ботокс|стрижка "?модельная/i);
		for (const [word] of prompts.matchAll(/(?:маникюр|педикюр|стрижка|окрашивание|массаж|укладка|брови)[а-яё ]*/gi)) {
			expect(SALON_SERVICES.some(({ title }) => title.toLowerCase().includes(word.trim().toLowerCase().slice(0, 6)))).toBe(true);
		}
	});

	it('2025-08-24: a service past the tenth is known like the first', async () => {
		const many = Array.from({ length: 40 }, (_unused, index) => ({ ...SALON_SERVICES[0], id: `care-${index}`, title: `Уход ${'абвгдежзиклмнопрстуфхцчшэюя'[index % 27]}${index < 27 ? 'льфа' : 'мега'}`, aliases: [] }));
		const rare = { ...SALON_SERVICES[7], id: 'spa-feet', title: 'Парафинотерапия стоп', aliases: [], price: { min: 123_400, max: 123_400, currency: 'RUB' } };
		const services = [...many, rare].map((service) => ({ ...SALON_SERVICES[0], ...service })) as typeof SALON_SERVICES;
		const reception = house.open({ services, staff: SALON_STAFF.map((person) => ({ ...person, services: services.map(({ id }) => ({ serviceId: id })) })) });
		expect(await reception.write('сколько стоит парафинотерапия стоп?')).toMatch(/1.234.₽/);
	});
});
