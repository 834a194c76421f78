import fc from 'fast-check';
import { createRulesUnderstander, understandByRules } from '../../../core/conversation/understand/rules';
import { CATALOGUE } from './catalogue';
import { AT, input } from './harness';
import { startCpuClock } from '../../support/cpu';

const places = fc.constantFrom(...Object.values(AT));
const pieces = fc.constantFrom(
	'завтра', 'в 15:00', 'на маникюр', 'стрижку', 'к Ане', 'отмените', 'перенесите', 'запишите', 'дочку', '8 916 123-45-67', 'Анна', 'меня зовут', 'не', 'а', 'и', ',', '?', '\n', '2', 'второй', 'сколько стоит', 'да', 'нет', 'лучше', 'или', '👍', 'book', 'tomorrow', 'пятницу', 'спасибо', '{o1}', 'o1', 'привет', 'ещё',
);
const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.array(pieces, { maxLength: 15 }).map((list) => list.join(' ')));

describe('the rules on any text', () => {
	test('give one to four acts, and every handle was shown', () => {
		fc.assert(
			fc.property(texts, places, (text, place) => {
				const { acts, source, confidence } = understandByRules(input(text, place));
				expect(acts.length).toBeGreaterThanOrEqual(1);
				expect(acts.length).toBeLessThanOrEqual(4);
				expect(source).toBe('rules');
				expect(confidence).toBeGreaterThanOrEqual(0);
				expect(confidence).toBeLessThanOrEqual(1);
				const shown = input(text, place);
				const options = shown.question !== null && 'options' in shown.question ? shown.question.options.length : 2;
				const handles = [...shown.offers, ...shown.records].map(({ ref }) => ref);
				for (const act of acts) {
					if (act.type !== 'pick') continue;
					const index = Number(act.ref.slice(1));
					expect(/^[vs]/.test(act.ref) ? index >= 1 && index <= options : handles.includes(act.ref)).toBe(true);
				}
			}),
			{ verbose: 1, numRuns: 1500 },
		);
	});

	test('«yes» never comes with anything else', () => {
		fc.assert(
			fc.property(texts, (text) => {
				const { acts } = understandByRules(input(text, AT.confirming));
				expect(acts.some((act) => act.type === 'yes') && acts.length > 1).toBe(false);
			}),
			{ verbose: 1, numRuns: 500 },
		);
	});

	test('«yes» in a message beside a question is not a yes', () => {
		const question = fc.constantFrom('сколько стоит?', 'а где вы находитесь?', '{o1} ?', 'до скольки работаете?', 'how much is it?', 'карты принимаете?');
		const yes = fc.constantFrom('да', 'Да!', 'ага', 'yes', 'ок', '👍', 'подтверждаю');
		fc.assert(
			fc.property(question, yes, fc.boolean(), fc.constantFrom('\n', ' \n ', '\nпривет\n'), (asked, said, first, between) => {
				const text = first ? `${said}${between}${asked}` : `${asked}${between}${said}`;
				expect(understandByRules(input(text, AT.confirming)).acts.map(({ type }) => type)).not.toContain('yes');
			}),
			{ verbose: 1, numRuns: 300 },
		);
	});

	test('the promise of the understander holds the same reading', async () => {
		const understanding = await createRulesUnderstander().understand(input('маникюр завтра'));
		expect(understanding).toEqual(understandByRules(input('маникюр завтра')));
	});
});

describe('the work of a turn', () => {
	const utterances = ['Хочу записаться на маникюр завтра в 15:00', 'да', '2', 'Анна, 8 916 123-45-67', 'сколько стоит женская стрижка?', 'перенесите запись на пятницу после обеда', 'маникюр завтра и стрижку в пятницу', 'спасибо', 'не завтра, а послезавтра', 'здравствуйте, есть окошко на педикюр к Ане в субботу утром?'];

	test('is about a millisecond', () => {
		for (const text of utterances) understandByRules(input(text, AT.offering));
		const rounds = 30;
		const spent = startCpuClock();
		for (let round = 0; round < rounds; round++) for (const text of utterances) understandByRules(input(text, AT.offering));
		const milliseconds = spent() / (rounds * utterances.length);
		console.info(`a turn is understood in ${milliseconds.toFixed(3)} ms on average`);
		// The bar is one millisecond on an idle machine; a busy one gets room.
		expect(milliseconds).toBeLessThan(5);
	});

	test.each([
		['one long word', 'а'.repeat(50_000)], ['digits', '1'.repeat(50_000)], ['spaced digits', '1 '.repeat(25_000)], ['dates', 'завтра в 15 '.repeat(4000)], ['services', 'маникюр и '.repeat(5000)], ['names', 'к Ане '.repeat(8000)], ['punctuation', '?!,.'.repeat(12_000)], ['greetings', 'привет '.repeat(7000)], ['line feeds', '\n'.repeat(50_000)], ['combining marks', 'е\u0301'.repeat(25_000)],
	])('stays bounded on %s', (_name, text) => {
		const spent = startCpuClock();
		understandByRules(input(text));
		expect(spent()).toBeLessThan(1500);
	});

	test('a new catalogue of three hundred services is read quickly too', () => {
		const services = Array.from({ length: 300 }, (_, index) => ({ ...CATALOGUE.services[index % 14]!, id: `x${index}`, title: `${CATALOGUE.services[index % 14]!.title} ${index}` }));
		const spent = startCpuClock();
		understandByRules(input('хочу на стрижку к Марии завтра в 15:00', { catalogue: { ...CATALOGUE, services } }));
		expect(spent()).toBeLessThan(500);
	});
});
