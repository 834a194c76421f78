import type { ChatModel, ModelRequest } from '../../../core/conversation/model/port';
import { openHouse, type House } from '../reception';
import { rngOf } from '../rng';
import { SALON_SERVICES, SALON_STAFF } from '../scenarios/salon';
import { DOUBLE_COMPANY } from '../../support/double-salon';
import { DOUBLES, modelOf, oracle, readPrompt } from './index';
import { saneIn } from './sane';

const sane = saneIn({ company: DOUBLE_COMPANY, services: SALON_SERVICES, staff: SALON_STAFF }, () => '2026-11-23T09:00:00+03:00');

let house: House;
beforeAll(async () => {
	house = await openHouse();
});
afterAll(() => house.close());

/** Requests as the assistant really makes them. */
async function realRequests(): Promise<readonly ModelRequest[]> {
	const requests: ModelRequest[] = [];
	const honest = oracle(() => ({ lang: 'ru', acts: [{ type: 'smalltalk', kind: 'other' }] }));
	const reception = house.open({ wording: 'model', models: [{ name: honest.name, complete: (request) => (requests.push(request), honest.complete(request)) }] });
	await reception.write('ну что-то настроения нет, посоветуйте, как поднять');
	return requests;
}

describe('the model doubles', () => {
	it('are numbered as in section 18.1, each once', () => {
		expect(DOUBLES.map(({ number }) => number).sort((left, right) => left - right)).toEqual(Array.from({ length: 16 }, (_unused, index) => index + 2));
	});

	it('tell an understanding from a wording, and hear the client in both', async () => {
		const prompts = (await realRequests()).map((request) => readPrompt(request, 0));
		expect(prompts.map(({ purpose }) => purpose)).toEqual(['understand', 'compose']);
		expect(prompts.every(({ text, lang }) => text === 'ну что-то настроения нет, посоветуйте, как поднять' && lang === 'ru')).toBe(true);
		expect(prompts[1]?.draft).not.toBe('');
	});

	it.each(DOUBLES)('$number, $name, is the same for the same chance and other for another', async (double) => {
		const requests = await realRequests();
		const said = async (seed: number): Promise<string> => {
			const model = modelOf(double, rngOf(seed, 1), sane);
			const answers = await Promise.all([...requests, ...requests, ...requests].map((request) => model.complete(request).catch((error: unknown) => String(error))));
			return JSON.stringify(answers);
		};
		expect(await said(1)).toBe(await said(1));
		expect(new Set(await Promise.all([1, 2, 3, 4, 5, 6].map(said))).size).toBeGreaterThan(1);
	});

	it('11, in its worst form, never answers at all: the client is answered by rules', async () => {
		const hanging: ChatModel = { name: 'double:hanging', complete: () => new Promise(() => undefined) };
		const reception = house.open({ wording: 'model', models: [hanging], parts: { limits: { attemptMs: 400, turnMs: 500 } } });
		reception.crm.addClient('Кристина', reception.phone);
		const started = performance.now();
		const reply = await reception.write('ну запишите, что ли, на педикюр как-нибудь завтра в 12:00');
		expect(reply).toContain('12:00');
		expect(performance.now() - started).toBeLessThan(5000);
	});

	it.each(DOUBLES)('$number, $name, leaves the client an answer', async (double) => {
		const reception = house.open({ wording: 'model', models: [modelOf(double, rngOf(8, 8), sane)] });
		for (const text of ['ну мне бы что-то с бровями сделать, завтра вечерком', 'посоветуйте что-нибудь', 'а вот и не знаю даже']) {
			const result = await reception.send(reception.message(text));
			expect(result.kind === 'replied' || reception.results.some(({ handoff }) => handoff !== null)).toBe(true);
			reception.nowMs += 30_000;
		}
	});
});
